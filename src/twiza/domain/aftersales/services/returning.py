"""A buyer sends something back, and the cooperative gives the money back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction

from twiza.domain.aftersales.errors import NothingToReturn, ReturnSettled, ReturnTooLate
from twiza.domain.aftersales.events import ReturnApproved, ReturnAsked, ReturnRefunded, ReturnRejected
from twiza.domain.aftersales.locking import lock_return
from twiza.domain.aftersales.models import Return, ReturnedLine
from twiza.domain.aftersales.rules import REFUND_DAYS, refund_for
from twiza.domain.aftersales.selectors import given_back_for, return_offers
from twiza.domain.aftersales.states import RETURN
from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import CameBack, LossReason, take_back_stock
from twiza.domain.orders.errors import LossUnexplained, MoreThanSent
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.payments.services import owe_refund, record_refund
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def ask_return(order: Order, line_ids: Collection[int]) -> Return:
    """The buyer changed their mind about these lines; the cooperative is told (ReturnAsked). No reason is asked for.

    Whoever calls has the buyer's own link to the order. What is refunded, and until when, is fixed now.
    Raises ReturnTooLate, NothingToReturn.
    """
    order = lock_order(order.pk)
    offer = return_offers([order]).get(order.pk)
    if offer is None:
        raise ReturnTooLate(number=order.number)
    lines = [line for line in offer.lines if line.pk in line_ids]
    if not lines or len(lines) != len(set(line_ids)):
        raise NothingToReturn
    returned = Return.objects.create(
        order=order,
        refund_centimes=refund_for(order, lines) - given_back_for(lines),
        asked_at=clock.now(),
        refund_due_on=clock.today() + timedelta(days=REFUND_DAYS),
    )
    ReturnedLine.objects.bulk_create(ReturnedLine(returned=returned, line=line) for line in lines)
    publish(ReturnAsked(return_id=returned.pk))
    return returned


@transaction.atomic
def approve_return(returned: Return, *, by: User) -> Return:
    """The cooperative waits for it; the buyer is told where to send it (ReturnApproved). Raises ReturnSettled, NotFound."""
    returned = _lock(returned, Return.State.APPROVED, by)
    returned.answered_at = clock.now()
    _become(returned, Return.State.APPROVED, by, "answered_at")
    publish(ReturnApproved(return_id=returned.pk))
    return returned


@transaction.atomic
def reject_return(returned: Return, *, reason: str, by: User) -> Return:
    """The cooperative need not take it back; the buyer is told why (ReturnRejected). `reason` is a Return.Reason.

    Raises ReturnSettled, NotFound.
    """
    returned = _lock(returned, Return.State.REJECTED, by)
    returned.answered_at, returned.reason = clock.now(), Return.Reason(reason).value
    _become(returned, Return.State.REJECTED, by, "answered_at", "reason")
    publish(ReturnRejected(return_id=returned.pk))
    return returned


@transaction.atomic
def receive_return(returned: Return, sellable: Mapping[int, int], *, reason: str = "", by: User) -> Return:
    """The cooperative has it again: `sellable` pieces by line are on hand once more, the rest is lost for `reason`.

    The refund is owed from now on, whatever is lost. Lines that are not named come back whole.
    Raises ReturnSettled, MoreThanSent, LossUnexplained, RefundAboveReceived, NotFound.
    """
    returned = _lock(returned, Return.State.RECEIVED, by)
    back = [_came_back(one.line, sellable) for one in returned.lines.select_related("line")]
    if any(one.lost for one in back) and reason not in LossReason:
        raise LossUnexplained
    take_back_stock(back, reason=reason, by=by)
    part = f"order:{returned.order_id}"
    if returned.refund_centimes:
        owe_refund(part, reference=returned.reference, amount_centimes=returned.refund_centimes, due_on=returned.refund_due_on)
    returned.received_at = clock.now()
    _become(returned, Return.State.RECEIVED, by, "received_at")
    return returned


@transaction.atomic
def record_refund_of(returned: Return, *, how: str, by: User) -> Return:
    """The cooperative gave the money back; the buyer is told (ReturnRefunded). `how` is a Refund.How.

    Raises ReturnSettled, NotFound.
    """
    returned = _lock(returned, Return.State.REFUNDED, by)
    if returned.refund_centimes:
        record_refund(returned.reference, how=how, told={"by": by.pk})
    returned.refunded_at = clock.now()
    _become(returned, Return.State.REFUNDED, by, "refunded_at")
    publish(ReturnRefunded(return_id=returned.pk))
    return returned


def _lock(returned: Return, target: str, by: User) -> Return:
    """The return, locked, which may become this by this person."""
    if not answers_for(by, returned.order.cooperative):
        raise NotFound
    returned = lock_return(returned.pk)
    if target not in RETURN[returned.state]:
        raise ReturnSettled(state=returned.get_state_display())
    return returned


def _become(returned: Return, state: str, by: User, *fields: str) -> None:
    returned.state = state
    returned.save(update_fields=["state", *fields])
    details = {"refund_centimes": returned.refund_centimes, "reason": returned.reason}
    record(f"aftersales.return_{state}", subject=f"order:{returned.order_id}", by=by, details=details)


def _came_back(line: OrderLine, sellable: Mapping[int, int]) -> CameBack:
    kept = sellable.get(line.pk, line.quantity)
    if not 0 <= kept <= line.quantity:
        raise MoreThanSent(product=line.name, sent=line.quantity)
    return CameBack(line.variant_id, line.quantity, line.quantity - kept, f"order-line:{line.pk}")
