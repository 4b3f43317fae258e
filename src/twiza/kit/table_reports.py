"""What a reading tells as it goes: every fault, and how far it is."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from twiza.kit.table_faults import ERROR, TableFault

FIRST = 200
MOST_WRITTEN = 200_000


class FaultBook:
    """All faults go to a file, which takes its place when the reading ends; the first ones are kept, errors before warnings."""

    def __init__(self, path: Path) -> None:
        self.total = 0
        self._path = path
        self._errors: list[dict[str, Any]] = []
        self._warnings: list[dict[str, Any]] = []
        self._file: TextIO | None = None

    def __enter__(self) -> FaultBook:
        self._file = self._written_to.open("w", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file:
            self._file.close()
        if kind is None:
            self._written_to.replace(self._path)
        else:
            self._written_to.unlink(missing_ok=True)

    @property
    def first(self) -> list[dict[str, Any]]:
        return (self._errors + self._warnings)[:FIRST]

    def take(self, fault: TableFault) -> None:
        self.total += 1
        kept = self._errors if fault.severity == ERROR else self._warnings
        line = _plain(fault)
        if len(kept) < FIRST:
            kept.append(line)
        if self._file and self.total <= MOST_WRITTEN:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    @property
    def _written_to(self) -> Path:
        return self._path.with_suffix(".part")


class ProgressFile:
    """The number of rows read, written twice a second at most."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = 0.0

    def take(self, rows: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 0.5
            self._path.write_text(str(rows))


def rows_told(path: Path) -> int:
    """How many rows a reading has read, as its progress file says; 0 when there is none."""
    with suppress(OSError, ValueError):
        return int(path.read_text())
    return 0


def fault_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The faults of a finished reading, one at a time."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _plain(fault: TableFault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "code": fault.code,
        "severity": fault.severity,
        "facts": {name: fact if isinstance(fact, int) else str(fact) for name, fact in fault.facts.items()},
    }
