"""Who is told when a cooperative's money leaves, and when it comes back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext, override

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.handlers.telling import script_of, tell_person
from twiza.domain.payouts.events import PayoutReturned, PayoutSent
from twiza.domain.payouts.models import PayoutAttempt, PayoutItem
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain


@on(PayoutSent)
def tell_cooperative_it_is_paid(event: PayoutSent) -> None:
    """So much, for so many orders, on which account, or to be fetched at the post office."""
    _tell("payout_sent" if _attempt(event.payout_id, event.attempt).account else "payout_sent_post", event)


@on(PayoutReturned)
def tell_cooperative_it_came_back(event: PayoutReturned) -> None:
    _tell("payout_returned", event)


def _tell(text: str, event: PayoutSent | PayoutReturned) -> None:
    one = _attempt(event.payout_id, event.attempt)
    payout = one.payout
    items = PayoutItem.objects.filter(payout=payout, posting__entry__order__isnull=False)
    orders = items.order_by().values("posting__entry__order").distinct().count()
    facts: dict[str, Any] = {"total": plain(payout.amount_centimes), "last": one.account_ending}
    for person in people_receiving_texts(payout.cooperative):
        with override(script_of(person.language)):
            said = ngettext("%(number)s order", "%(number)s orders", orders) % {"number": orders}
        tell_person(person, f"{text}.cooperative", f"{text}:{payout.pk}:{one.number}", **facts, orders=said)


def _attempt(payout_id: int, number: int) -> PayoutAttempt:
    tries = PayoutAttempt.objects.select_related("payout__cooperative", "account")
    return tries.get(payout=payout_id, number=number)
