"""The shelf of whoever writes, as the reader wants it and as the services do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.inventory.selectors import ShelfRow, shelf_of
from twiza.domain.stalls.selectors import numbers_of
from twiza.entrypoints.sms.sales import in_words
from twiza.entrypoints.sms.senders import Sender
from twiza.entrypoints.sms.shelf import Item, Shelf
from twiza.kit.quantities import shown_content

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant
    from twiza.domain.directory.models import Organisation

# What is sold by the kilo or litre may be counted in them; everything else by the piece.
_BY_MEASURE = {"kg", "l"}


@dataclass(frozen=True)
class OwnShelf:
    """One cooperative's: `rows` by the number a text names them with."""

    cooperative: Organisation
    rows: Mapping[str, ShelfRow]

    @property
    def items(self) -> Shelf:
        return Shelf(tuple(_item(code, row.variant) for code, row in self.rows.items()))

    def named(self, codes: Sequence[str], sender: Sender) -> str:
        """`1A Miel de thym 500 g, 1B Miel de thym 1 kg`."""
        return ", ".join(f"{code} {in_words(self.rows[code].variant, sender.language)}" for code in codes)


def shelves_of(sender: Sender) -> list[OwnShelf]:
    """Of each cooperative the sender runs; of most people none or one."""
    if sender.person is None or not sender.sells:
        return []
    return [_shelf_of(cooperative) for cooperative in cooperatives_run_by(sender.person)]


def _shelf_of(cooperative: Organisation) -> OwnShelf:
    rows = shelf_of(cooperative.pk)
    numbers = numbers_of(row.variant for row in rows)
    return OwnShelf(cooperative, {numbers[row.variant.pk]: row for row in rows})


def _item(code: str, variant: Variant) -> Item:
    product, kind = variant.product, variant.product.kind
    names = (product.name_fr, product.name_ar, product.name_en, kind.name_fr, kind.name_ar, variant.name_fr)
    amount, unit = shown_content(variant.net_content, variant.net_unit)
    is_measured = unit in _BY_MEASURE and Decimal(amount) == 1
    return Item(code, tuple(name for name in names if name), unit if is_measured else "piece", f"{amount} {unit}")
