"""Changing what is on a whole shelf at once: each row for itself, and never over what happened since it was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.errors import StockMovedMeanwhile
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.services.stock import count_stock, open_level
from twiza.foundation.accounts.models import User


@dataclass(frozen=True)
class ShelfChange:
    """What somebody wants of one variant, having seen what stood there. None leaves a value as it is."""

    variant_id: int
    seen_on_hand: int
    seen_price_centimes: int
    on_hand: int | None = None
    price_centimes: int | None = None


@transaction.atomic
def change_shelf_row(change: ShelfChange, *, by: User) -> None:
    """There are so many, counted by hand, and one costs this: both, or neither. Ask for the variant through the viewer first.

    Raises StockMovedMeanwhile or PriceChangedMeanwhile when somebody sold, counted or priced it since it was seen;
    PromisedMore; ImplausiblePrice; NotFound.
    """
    if change.on_hand is not None:
        open_level(change.variant_id)
        level = lock_levels([change.variant_id])[change.variant_id]
        if level.on_hand != change.seen_on_hand:
            raise StockMovedMeanwhile(number=level.on_hand)
        count_stock(change.variant_id, change.on_hand, by=by)
    if change.price_centimes is not None:
        variant = Variant(pk=change.variant_id)
        set_price(variant, change.price_centimes, by=by, seen_centimes=change.seen_price_centimes)
