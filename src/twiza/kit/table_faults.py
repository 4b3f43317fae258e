"""What can be wrong with a row of a table, in words its owner understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class TableFault:
    """One line of the report. `column` is the heading as the file writes it; `value` what stood there.

    A kind of table subclasses it with the sentences of its codes.
    """

    sentences: ClassVar[Mapping[str, str | Promise]] = {}

    line: int
    column: str
    value: str
    code: str
    severity: str = WARNING
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """In the active language."""
        return str(self.sentences[self.code]) % self.facts


class RowRejected(Exception):
    """Ends the reading of a row."""

    def __init__(self, fault: TableFault) -> None:
        super().__init__(fault.code)
        self.fault = fault
