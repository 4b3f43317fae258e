"""Lots: receiving what was made on one day, calling it back, throwing away what may not be sold."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.formats import date_format

from twiza.domain.catalogue.rules import may_edit
from twiza.domain.catalogue.selectors import labels_carried
from twiza.domain.inventory.errors import LotNotRecalled, MadeTomorrow, PastItsDate, PromisedMore
from twiza.domain.inventory.events import LotRecalled, RecallWithdrawn
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import Lot, RecallReason, StockMovement, WhyWithdrawn, WithdrawnRecall
from twiza.domain.inventory.services.changing import change, fit_of, let_holds_give_way, remember
from twiza.domain.inventory.services.stock import open_level
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def receive_lot(variant_id: int, quantity: int, *, produced_on: date, best_before: date | None, by: User | None) -> Lot:
    """So many more are on hand, made together and saleable until the end of `best_before` (always, without one).

    Raises MadeTomorrow, PastItsDate.
    """
    _refuse_impossible_dates(produced_on, best_before)
    open_level(variant_id)
    level = lock_levels([variant_id])[variant_id]
    product_id = level.variant.product_id
    labels = labels_carried([product_id]).get(product_id, [])
    lot = Lot.objects.create(variant_id=variant_id, produced_on=produced_on, best_before=best_before, labels=labels)
    change(level, StockMovement.Kind.RECEIVED, on_hand=quantity, by=by, lots=[(lot, quantity)])
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
    let_holds_give_way(level, remaining)
    change(level, StockMovement.Kind.DISCARDED, on_hand=-left, by=by, lots=[(lot, -left)])
    remember("inventory.throw_away", level, by)
    return left


@transaction.atomic
def recall_lot(lot: Lot, reason: str, *, is_wide: bool = False, by: User) -> Lot:
    """No piece of it is sold from now on, and whoever was sent one is told (LotRecalled); when `is_wide`, whoever was sent
    any of its kind since the lot was received. Recalling it again changes nothing.

    `reason` is a RecallReason. Holds of checkouts give way; promises stay, to be kept with other pieces or refused.
    Raises NotFound when `by` does not speak for the cooperative.
    """
    level = lock_levels([lot.variant_id])[lot.variant_id]
    product = level.variant.product
    if not may_edit(by, product):
        raise NotFound
    lot.refresh_from_db()
    if lot.is_recalled:
        return lot
    lot.recalled_at, lot.recalled_by = clock.now(), by
    lot.recall_reason, lot.recall_is_wide = RecallReason(reason), is_wide
    lot.save(update_fields=["recalled_at", "recalled_by", "recall_reason", "recall_is_wide"])
    let_holds_give_way(level, fit_of(level))
    remember("inventory.recall", level, by, lot=lot.code, reason=lot.recall_reason, is_wide=is_wide)
    publish(LotRecalled(lot_id=lot.pk))
    return lot


@transaction.atomic
def withdraw_recall(lot: Lot, why: str, *, by: User) -> WithdrawnRecall:
    """The lot is not recalled any more: what is left may be sold while its date allows. Whoever was told hears so
    (RecallWithdrawn), and its page remembers both.

    `why` is a WhyWithdrawn. Raises NotFound when `by` does not speak for the cooperative, LotNotRecalled.
    """
    level = lock_levels([lot.variant_id])[lot.variant_id]
    if not may_edit(by, level.variant.product):
        raise NotFound
    lot.refresh_from_db()
    if lot.recalled_at is None or lot.recalled_by is None:
        raise LotNotRecalled
    withdrawn = WithdrawnRecall.objects.create(
        lot=lot,
        recalled_at=lot.recalled_at,
        recalled_by=lot.recalled_by,
        recall_reason=lot.recall_reason,
        recall_was_wide=lot.recall_is_wide,
        withdrawn_by=by,
        why=WhyWithdrawn(why),
    )
    lot.recalled_at, lot.recalled_by, lot.recall_reason, lot.recall_is_wide = None, None, "", False
    lot.save(update_fields=["recalled_at", "recalled_by", "recall_reason", "recall_is_wide"])
    remember("inventory.withdraw_recall", level, by, lot=lot.code, reason=withdrawn.recall_reason, why=withdrawn.why)
    publish(RecallWithdrawn(withdrawal_id=withdrawn.pk))
    return withdrawn


def _refuse_impossible_dates(produced_on: date, best_before: date | None) -> None:
    today = clock.today()
    if produced_on > today:
        raise MadeTomorrow(produced_on=date_format(produced_on))
    if best_before is not None and best_before < today:
        raise PastItsDate(best_before=date_format(best_before))
