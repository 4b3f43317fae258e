"""How a fault of a row is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from twiza.domain.catalogue.models import ProductKind
from twiza.domain.inventory.errors import ProductFault
from twiza.kit.errors import DomainError
from twiza.kit.table_faults import ERROR, WARNING, RowRejected


class CellTrouble(ValueError):
    """Carries the fault's code and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def warning(line: int, column: str, value: str, code: str, /, **facts: Any) -> ProductFault:
    """The row is kept; its owner should know."""
    return ProductFault(line, column, value[:200], code, WARNING, facts)


def rejected(line: int, column: str, value: str, code: str, /, **facts: Any) -> RowRejected:
    """The row is not kept."""
    return RowRejected(ProductFault(line, column, value[:200], code, ERROR, facts))


def told_by(refusal: DomainError) -> dict[str, Any]:
    """The facts of a fault that a refusal explains in its own words."""
    return {"refusal": refusal.code, **refusal.facts}


def told_of(kinds: Iterable[ProductKind], fact: str) -> dict[str, str]:
    """The names of the kinds in each language, for whoever reads the fault later."""
    named = list(kinds)
    return {
        f"{fact}_{language}": ", ".join(getattr(kind, f"name_{language}") for kind in named) for language in ("fr", "ar", "en")
    }
