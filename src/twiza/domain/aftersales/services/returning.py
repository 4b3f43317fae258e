"""A buyer sends something back, and the cooperative gives the money back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction

from twiza.domain.aftersales.errors import GivenBackByTheMarket, NothingToReturn, ReturnSettled, ReturnTooLate
from twiza.domain.aftersales.events import ReturnApproved, ReturnAsked, ReturnRefunded, ReturnRejected
from twiza.domain.aftersales.locking import lock_return
from twiza.domain.aftersales.models import Return, ReturnedLine
from twiza.domain.aftersales.rules import REFUND_DAYS, is_given_back_by_the_market, share_of
from twiza.domain.aftersales.selectors import OfferedLine, ReturnOffer, left_to_refund, return_offers
from twiza.domain.aftersales.states import GIVES_BACK, RETURN
from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import CameBack, LossReason, take_back_stock
from twiza.domain.orders.errors import LossUnexplained, MoreThanSent
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Order
from twiza.domain.payments.services import owe_refund, record_refund
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def ask_return(order: Order, pieces: Mapping[int, int]) -> Return:
    """The buyer changed their mind about so many pieces by line; the cooperative is told (ReturnAsked). No reason is asked for.

    Whoever calls has the buyer's own link to the order. What is refunded, and until when, is fixed now.
    Raises ReturnTooLate, NothingToReturn.
    """
    order = lock_order(order.pk)
    offer = return_offers([order]).get(order.pk)
    if offer is None:
        raise ReturnTooLate(number=order.number)
    lines = _lines_of(offer, {pk: asked for pk, asked in pieces.items() if asked})
    returned = Return.objects.create(
        order=order,
        refund_centimes=sum(one.refund_centimes for one in lines) + _delivery_back(order, lines),
        asked_at=clock.now(),
        refund_due_on=clock.today() + timedelta(days=REFUND_DAYS),
    )
    for one in lines:
        one.returned = returned
    ReturnedLine.objects.bulk_create(lines)
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
    back = [_came_back(one, sellable) for one in returned.lines.select_related("line")]
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

    Raises GivenBackByTheMarket when it was paid by card, ReturnSettled, NotFound.
    """
    returned = _lock(returned, Return.State.REFUNDED, by)
    if returned.refund_centimes:
        if is_given_back_by_the_market(returned.order):
            raise GivenBackByTheMarket
        record_refund(returned.reference, how=how, told={"by": by.pk})
    _end_refunded(returned, by)
    return returned


@transaction.atomic
def end_return_given_back(return_id: int) -> None:
    """The market gave its money back on the card; the buyer is told (ReturnRefunded). Heard twice, it counts once."""
    returned = lock_return(return_id)
    if returned.state == Return.State.RECEIVED:
        _end_refunded(returned, None)


def _end_refunded(returned: Return, by: User | None) -> None:
    returned.refunded_at = clock.now()
    _become(returned, Return.State.REFUNDED, by, "refunded_at")
    publish(ReturnRefunded(return_id=returned.pk))


def _lock(returned: Return, target: str, by: User) -> Return:
    """The return, locked, which may become this by this person."""
    if not answers_for(by, returned.order.cooperative):
        raise NotFound
    returned = lock_return(returned.pk)
    if target not in RETURN[returned.state]:
        raise ReturnSettled(state=returned.get_state_display())
    return returned


def _become(returned: Return, state: str, by: User | None, *fields: str) -> None:
    returned.state = state
    returned.save(update_fields=["state", *fields])
    details = {"refund_centimes": returned.refund_centimes, "reason": returned.reason}
    record(f"aftersales.return_{state}", subject=f"order:{returned.order_id}", by=by, details=details)


def _lines_of(offer: ReturnOffer, pieces: Mapping[int, int]) -> list[ReturnedLine]:
    """What is asked for, not saved yet, with what goes back for it: its exact part, less what went back by a complaint.

    Raises NothingToReturn.
    """
    offered = {one.line.pk: one for one in offer.lines}
    if not pieces or any(pk not in offered or not 1 <= asked <= offered[pk].left for pk, asked in pieces.items()):
        raise NothingToReturn
    return [_line_of(offered[pk], asked) for pk, asked in pieces.items()]


def _line_of(offered: OfferedLine, pieces: int) -> ReturnedLine:
    line = offered.line
    share = share_of(line.total_centimes - line.discount_centimes, line, pieces, before=offered.before)
    refund = min(share, left_to_refund(line))
    return ReturnedLine(line=line, quantity=pieces, pieces_before=offered.before, refund_centimes=refund)


def _delivery_back(order: Order, lines: Collection[ReturnedLine]) -> int:
    """What the way to the buyer cost, once nothing of the parcel is kept."""
    back = Counter({one.line_id: one.quantity for one in lines})
    before = ReturnedLine.objects.filter(returned__order=order, returned__state__in=GIVES_BACK)
    for pk, quantity in before.values_list("line_id", "quantity"):
        back[pk] += quantity
    return order.delivery_centimes if all(back[line.pk] == line.quantity for line in order.lines.all()) else 0


def _came_back(one: ReturnedLine, sellable: Mapping[int, int]) -> CameBack:
    line, kept = one.line, sellable.get(one.line_id, one.quantity)
    if not 0 <= kept <= one.quantity:
        raise MoreThanSent(product=line.name, sent=one.quantity)
    return CameBack(line.variant_id, one.quantity, one.quantity - kept, f"order-line:{line.pk}", f"return:{one.returned_id}")
