"""Lots: receiving what was made on one day, throwing away what is past its date."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.formats import date_format

from twiza.domain.inventory.errors import MadeTomorrow, PastItsDate, PromisedMore
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import Lot, StockHold, StockMovement
from twiza.domain.inventory.services.changing import change, drop_holds, remember
from twiza.domain.inventory.services.stock import open_level
from twiza.foundation.accounts.models import User
from twiza.kit import clock


@transaction.atomic
def receive_lot(variant_id: int, quantity: int, *, produced_on: date, best_before: date | None, by: User | None) -> Lot:
    """So many more are on hand, made together and saleable until the end of `best_before` (always, without one).

    Raises MadeTomorrow, PastItsDate.
    """
    _refuse_impossible_dates(produced_on, best_before)
    open_level(variant_id)
    level = lock_levels([variant_id])[variant_id]
    lot = Lot.objects.create(variant_id=variant_id, produced_on=produced_on, best_before=best_before)
    change(level, StockMovement.Kind.RECEIVED, on_hand=quantity, by=by, lot=lot)
    remember("inventory.receive", level, by)
    return lot


@transaction.atomic
def throw_away_lot(lot: Lot, *, by: User | None) -> int:
    """Whatever is left of it is not on hand any more; says how many that were. Doing it again changes nothing.

    Raises PromisedMore when buyers were promised more than would remain. Holds of checkouts give way.
    """
    level = lock_levels([lot.variant_id])[lot.variant_id]
    lot.refresh_from_db()
    left, remaining = lot.on_hand, level.on_hand - lot.on_hand
    if not left:
        return 0
    if remaining < level.allocated:
        raise PromisedMore(product=str(level.variant.product), promised=level.allocated)
    if remaining < level.allocated + level.held:
        drop_holds(level, StockHold.objects.filter(level=level))
    change(level, StockMovement.Kind.DISCARDED, on_hand=-left, by=by, lot=lot)
    remember("inventory.throw_away", level, by)
    return left


def _refuse_impossible_dates(produced_on: date, best_before: date | None) -> None:
    today = clock.today()
    if produced_on > today:
        raise MadeTomorrow(produced_on=date_format(produced_on))
    if best_before is not None and best_before < today:
        raise PastItsDate(best_before=date_format(best_before))
