"""Files for banks and the post office, by layouts that lie beside as data. The same lines make the same bytes."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from twiza.kit.slugs import slug_of

LAYOUTS = Path(__file__).parent.parent / "layouts"


@dataclass(frozen=True)
class PaidLine:
    """One payment in a file. Amount in centimes; `rib` is empty for a mandate."""

    reference: str
    payee: str
    place: str
    centimes: int
    day: date
    rib: str = ""
    from_rib: str = ""
    from_name: str = ""


@dataclass(frozen=True)
class Column:
    heading: str
    fact: str
    longest: int | None = None


@dataclass(frozen=True)
class Layout:
    """How one bank wants its lines: `decimals` is the sign before centimes, or nothing when amounts are whole centimes."""

    code: str
    way: str
    place: int  # the first of a way is chosen until another one is
    name: str
    separator: str
    decimals: str
    encoding: str
    day_format: str
    has_headings: bool
    columns: tuple[Column, ...]


@cache
def _layouts() -> Mapping[str, Layout]:
    found = {}
    for path in sorted(LAYOUTS.glob("*.toml")):
        said = tomllib.loads(path.read_text("utf-8"))
        columns = tuple(Column(**column) for column in said.pop("columns"))
        found[path.stem] = Layout(code=path.stem, columns=columns, **said)
    return found


def layouts_for(way: str) -> Mapping[str, Layout]:
    """By code, the layouts there are for a way to be paid, the usual one first."""
    its = [layout for layout in _layouts().values() if layout.way == way]
    return {layout.code: layout for layout in sorted(its, key=lambda one: one.place)}


def bytes_of(layout: Layout, lines: Sequence[PaidLine]) -> bytes:
    """The file. Names are in Latin capitals without accents, as banks take them: no cell can be a formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=layout.separator, lineterminator="\r\n")
    if layout.has_headings:
        writer.writerow([column.heading for column in layout.columns])
    for number, line in enumerate(lines, 1):
        writer.writerow([_cell(layout, column, line, number) for column in layout.columns])
    return written.getvalue().encode(layout.encoding)


def _cell(layout: Layout, column: Column, line: PaidLine, number: int) -> str:
    said = str(number) if column.fact == "number" else FACTS[column.fact](layout, line)
    return said[: column.longest]


def latin_capitals(text: str) -> str:
    """As banks take a name: `Coopérative Tizi n'Oucheg` is `COOPERATIVE TIZI NOUCHEG`."""
    return slug_of(text, longest=200).replace("-", " ").upper()


def _amount(layout: Layout, line: PaidLine) -> str:
    whole, rest = divmod(line.centimes, 100)
    return f"{whole}{layout.decimals}{rest:02d}"


FACTS: Mapping[str, Callable[[Layout, PaidLine], str]] = {
    "reference": lambda _layout, line: line.reference,
    "payee": lambda _layout, line: latin_capitals(line.payee),
    "place": lambda _layout, line: latin_capitals(line.place),
    "amount": _amount,
    "currency": lambda _layout, _line: "MAD",
    "rib": lambda _layout, line: line.rib,
    "from_rib": lambda _layout, line: line.from_rib,
    "from_name": lambda _layout, line: latin_capitals(line.from_name),
    "day": lambda layout, line: line.day.strftime(layout.day_format),
    "motive": lambda _layout, line: f"TWIZA {line.reference}",
}
