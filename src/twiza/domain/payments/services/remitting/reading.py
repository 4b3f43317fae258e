"""What a carrier's list says, row by row. Which column is what stands in `headings.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from twiza.domain.payments.models.remittance import MOST_TEXT
from twiza.domain.payments.services.remitting.amounts import centimes_written
from twiza.kit.folding import fold_words
from twiza.kit.rows import FileEmpty, FileUnreadable, Row
from twiza.kit.table_headings import HEADINGS_WITHIN, Column, columns_in
from twiza.kit.tables import read_table
from twiza.kit.word_tables import words_by_code

MOST_ROWS = 20_000
_TABLE = words_by_code(Path(__file__).with_name("headings.tsv"))
_TOTALS = frozenset({"total", "totaux", "total general", "sous total", "somme", "sum", "المجموع", "مجموع", "المجموع العام"})


class RemittanceHeadingsUnknown(FileUnreadable):
    code = "remittance_headings_unknown"
    sentence = _(
        "We do not recognise the headings of this list. It needs a column with the parcels' numbers and one with the amounts."
    )


class RemittanceTooLong(FileUnreadable):
    code = "remittance_too_long"
    sentence = _("This list has more than %(most)s rows. Send it in several.")


@dataclass(frozen=True)
class StatedRow:
    """What a row says of one parcel. `is_readable`: its amounts are amounts."""

    row: int
    parcel: str
    collected_centimes: int = 0
    fee_centimes: int = 0
    remitted_centimes: int = 0
    is_readable: bool = True


@dataclass(frozen=True)
class StatedList:
    """`reference`: how the carrier calls it, when the list says so. `fingerprint`: the same for the same file."""

    rows: tuple[StatedRow, ...]
    reference: str
    fingerprint: str


def read_remittance(path: Path, carrier: str) -> StatedList:
    """The list of a carrier with this code. Rows of sums and rows without a parcel and an amount are left out.

    Raises RemittanceHeadingsUnknown, RemittanceTooLong, another FileUnreadable.
    """
    rows = read_table(path)
    columns = _columns(rows, carrier)
    places = {column.field: column.place for column in columns}
    told = [_cells(row, places) for row in islice(rows, MOST_ROWS + 1)]
    if len(told) > MOST_ROWS:
        raise RemittanceTooLong(most=MOST_ROWS)
    read = [one for number, cells in told if (one := _stated(number, cells)) is not None]
    reference = next((cells["reference"] for _number, cells in told if cells.get("reference")), "")
    with path.open("rb") as file:
        return StatedList(tuple(read), reference[:60], file_digest(file, "sha256").hexdigest())


def _columns(rows: Iterator[Row], carrier: str) -> Sequence[Column]:
    above = 0
    for row in islice(rows, HEADINGS_WITHIN):
        above += 1
        columns = columns_in(row.cells, (), _known(f"@{carrier}"), _known(""))
        fields = {column.field for column in columns}
        if "parcel" in fields and fields & {"collected", "remitted"}:
            return columns
    raise RemittanceHeadingsUnknown if above else FileEmpty


def _known(suffix: str) -> Mapping[str, str]:
    """The field by folded heading, of those that all carriers use or of one carrier's own."""
    named = [(code.partition("@"), words) for code, words in _TABLE.items()]
    return {fold_words(word): field for (field, at, own), words in named if f"{at}{own}" == suffix for word in words}


def _cells(row: Row, places: Mapping[str, int]) -> tuple[int, dict[str, str]]:
    return row.number, {name: row.cells[place].strip() if place < len(row.cells) else "" for name, place in places.items()}


def _stated(number: int, cells: Mapping[str, str]) -> StatedRow | None:
    parcel = cells["parcel"].lstrip("'#").strip()[:MOST_TEXT]
    amounts = {name: cells.get(name, "") for name in ("collected", "fee", "remitted")}
    if fold_words(parcel) in _TOTALS or not (parcel or any(amounts.values())):
        return None
    found = {name: centimes_written(text.removeprefix("-") if name == "fee" else text) for name, text in amounts.items() if text}
    if not {"collected", "remitted"} & found.keys() or None in found.values():
        return StatedRow(number, parcel, is_readable=False)
    return _completed(number, parcel, {name: amount or 0 for name, amount in found.items()})


def _completed(number: int, parcel: str, said: Mapping[str, int]) -> StatedRow:
    """What a list leaves out follows from the rest: a parcel's price less what the carrier keeps is what it hands over."""
    if "collected" in said and "remitted" in said:
        fee = said.get("fee", max(said["collected"] - said["remitted"], 0))
        return StatedRow(number, parcel, said["collected"], fee, said["remitted"])
    fee = said.get("fee", 0)
    if "remitted" in said:
        return StatedRow(number, parcel, said["remitted"] + fee, fee, said["remitted"])
    return StatedRow(number, parcel, said["collected"], min(fee, said["collected"]), max(said["collected"] - fee, 0))
