"""What a bank's statement says came in, whatever its columns. The layouts are data: `statements.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from twiza.domain.payments.errors import NoStatement, WrongAccount
from twiza.domain.payments.rules.amounts import read_day, read_signed
from twiza.kit.folding import fold_words
from twiza.kit.identifiers import digits_of, is_rib
from twiza.kit.rows import Row
from twiza.kit.table_headings import HEADINGS_WITHIN, columns_in

LONGEST_WORDS = 500
MOST_CENTIMES = 2_000_000_000  # twenty million dirhams: more is a number of another column
SUMS = ("solde", "total", "totaux", "report", "balance", "ancien solde", "nouveau solde", "رصيد", "مجموع")
CREDIT_WORDS = ("c", "cr", "credit", "crediteur", "+", "دائن")
AMOUNTS = ("credit", "debit", "amount")


@dataclass(frozen=True)
class MoneyIn:
    """`number` is the line a spreadsheet shows it on; the amount is above nothing."""

    number: int
    on: date
    words: str
    amount_centimes: int


@dataclass(frozen=True)
class LineTrouble:
    """What cannot be read there: `day`, `amount`, or money that went back (`negative`)."""

    number: int
    what: str


Columns = dict[str, tuple[int, ...]]


def lines_of(rows: Iterable[Row], rib: str) -> Iterator[MoneyIn | LineTrouble]:
    """Every line of money that came in, in the file's order; what went out, and sums, are passed over.

    A row of words alone goes on with the line before it. Raises NoStatement when no columns are known, WrongAccount when the
    file names another account than `rib` above them.
    """
    ahead = iter(rows)
    first = list(islice(ahead, HEADINGS_WITHIN))
    columns, start = _columns_of(first)
    _refuse_another_account(first[:start], rib)
    last: MoneyIn | None = None
    is_ours = False
    for row in chain(first[start:], ahead):
        cells = {field: _cell(row, places) for field, places in columns.items()}
        if is_ours and last and _is_more_words(cells):
            last = replace(last, words=_words(f"{last.words} {cells['words']}"))
            continue
        if last:
            yield last
            last = None
        read = _line(row.number, cells)
        is_ours = isinstance(read, MoneyIn)
        if isinstance(read, MoneyIn):
            last = read
        elif read is not None:
            yield read
    if last:
        yield last


def _line(number: int, cells: dict[str, str]) -> MoneyIn | LineTrouble | None:
    """Nothing for what went out, for sums, and for rows without an amount."""
    written = cells.get("credit", "") or cells.get("amount", "")
    day = read_day(cells.get("on", "") or cells.get("valued_on", ""))
    if not written or (day is None and fold_words(cells.get("words", "") or cells.get("on", "")).startswith(SUMS)):
        return None
    amount = read_signed(written)
    if amount is None or abs(amount) > MOST_CENTIMES:
        return LineTrouble(number, "amount")
    if not cells.get("credit"):
        amount = _came_in(amount, cells)
    elif amount < 0:
        return LineTrouble(number, "negative")
    if amount <= 0:
        return None
    return MoneyIn(number, day, _words(cells.get("words", "")), amount) if day else LineTrouble(number, "day")


def _came_in(amount: int, cells: dict[str, str]) -> int:
    """Of one column of amounts: signed, or beside a column that says which way it went."""
    sense = cells.get("sense", "").strip().lower()
    return amount if not sense else abs(amount) if (fold_words(sense) or sense) in CREDIT_WORDS else -abs(amount)


def _columns_of(first: Sequence[Row]) -> tuple[Columns, int]:
    """Which field stands in which places, and where the lines begin."""
    layouts = _layouts()
    for place, row in enumerate(first):
        found: Columns = {}
        for column in columns_in(row.cells, {"words"}, layouts["headings"]):
            found[column.field] = (*found.get(column.field, ()), column.place)
        if _is_enough(found):
            return found, place + 1
    for place, row in enumerate(first):
        for fields in layouts["without_headings"]:
            if _fits(row, fields):
                return {field: (at,) for at, field in enumerate(fields)}, place
    raise NoStatement


def _is_enough(found: Columns) -> bool:
    return ("on" in found or "valued_on" in found) and ("credit" in found or "amount" in found)


def _fits(row: Row, fields: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1] and len(cells) > len(fields):
        cells.pop()
    if len(cells) != len(fields):
        return False
    said = dict(zip(fields, cells, strict=True))
    amounts = [said[field] for field in AMOUNTS if said.get(field)]
    return read_day(said["on"]) is not None and bool(amounts) and all(read_signed(amount) is not None for amount in amounts)


def _refuse_another_account(above: Sequence[Row], rib: str) -> None:
    named = {digits_of(cell)[-24:] for row in above for cell in row.cells if len(digits_of(cell)) in {24, 26}}
    accounts = {number for number in named if is_rib(number)}
    if accounts and rib not in accounts:
        raise WrongAccount


def _is_more_words(cells: dict[str, str]) -> bool:
    return bool(cells.get("words")) and not any(text for field, text in cells.items() if field != "words")


def _cell(row: Row, places: Iterable[int]) -> str:
    return " ".join(row.cells[place].strip() for place in places if place < len(row.cells) and row.cells[place].strip())


def _words(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORDS]


@cache
def _layouts() -> dict[str, Any]:
    told = tomllib.loads((Path(__file__).parent / "statements.toml").read_text("utf-8"))
    headings = {fold_words(heading): field for field, headings in told["columns"].items() for heading in headings}
    return {"headings": headings, "without_headings": [layout["columns"] for layout in told["without_headings"]]}
