"""Money is held back with a reason, for at most 30 days; the cooperative may object, and somebody answers."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.payouts.errors import HeldTooLong, HoldOver, ReasonMissing
from twiza.domain.payouts.locking import lock_hold, lock_what_is_owed
from twiza.domain.payouts.models import PayoutHold
from twiza.domain.payouts.models.hold import LONGEST
from twiza.domain.payouts.rules import for_those_who_pay_out
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound

LONGEST_WORDS = 1000


@transaction.atomic
def hold_payouts(cooperative: Organisation, *, code: str, reason: str, days: int, by: User) -> PayoutHold:
    """Nothing is paid out to this cooperative for so many days, and it reads why.

    Raises NotFound, ReasonMissing, and HeldTooLong: for more than 30 days, or for the same cause again within 30.
    """
    for_those_who_pay_out(by)
    if not reason.strip():
        raise ReasonMissing
    lock_what_is_owed()
    moment = clock.now()
    lately = PayoutHold.objects.filter(cooperative=cooperative, code=code, ends_at__gt=moment - LONGEST)
    if not 1 <= days <= LONGEST.days or lately.exists():
        raise HeldTooLong
    hold = PayoutHold.objects.create(
        cooperative=cooperative,
        code=code,
        reason=reason.strip()[:240],
        placed_by=by,
        placed_at=moment,
        ends_at=moment + timedelta(days=days),
    )
    _remember("payouts.hold", hold, by, code=code, reason=hold.reason, days=days)
    return hold


@transaction.atomic
def lift_hold(hold: PayoutHold, *, by: User) -> PayoutHold:
    """What is owed is in the next batch again. Raises NotFound, HoldOver."""
    for_those_who_pay_out(by)
    current = _live(hold)
    current.lifted_by, current.lifted_at = by, clock.now()
    current.save(update_fields=["lifted_by", "lifted_at"])
    _remember("payouts.lift_hold", current, by)
    return current


@transaction.atomic
def object_to_hold(hold: PayoutHold, *, words: str, by: User) -> PayoutHold:
    """The cooperative says why it should be paid; it waits for an answer. Raises NotFound, ReasonMissing, HoldOver."""
    if not answers_for(by, hold.cooperative):
        raise NotFound
    if not words.strip():
        raise ReasonMissing
    current = _live(hold)
    if current.appeal:
        raise HoldOver
    current.appeal, current.appealed_by, current.appealed_at = words.strip()[:LONGEST_WORDS], by, clock.now()
    current.save(update_fields=["appeal", "appealed_by", "appealed_at"])
    _remember("payouts.object_to_hold", current, by)
    return current


@transaction.atomic
def answer_objection(hold: PayoutHold, *, words: str, is_lifted: bool, by: User) -> PayoutHold:
    """The cooperative has its answer, and its money when the hold is lifted. Raises NotFound, ReasonMissing, HoldOver."""
    for_those_who_pay_out(by)
    if not words.strip():
        raise ReasonMissing
    current = lock_hold(hold.pk)
    if not current.appeal or current.answer:
        raise HoldOver
    current.answer, current.answered_by, current.answered_at = words.strip()[:LONGEST_WORDS], by, clock.now()
    if is_lifted and current.lifted_at is None:
        current.lifted_by, current.lifted_at = by, clock.now()
    current.save()
    _remember("payouts.answer_objection", current, by, lifted=is_lifted)
    return current


def _live(hold: PayoutHold) -> PayoutHold:
    current = lock_hold(hold.pk)
    if current.lifted_at is not None or current.ends_at <= clock.now():
        raise HoldOver
    return current


def _remember(action: str, hold: PayoutHold, by: User, **details: object) -> None:
    behalf = f"organisation:{hold.cooperative_id}"
    record(action, subject=f"payout-hold:{hold.pk}", by=by, on_behalf_of=behalf, details=details)
