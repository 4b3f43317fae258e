"""What an order asks of its cooperative next."""

from __future__ import annotations

from enum import StrEnum

from twiza.domain.orders.models import Fulfilment, Order


class NextAction(StrEnum):
    ANSWER = "answer"
    PREPARE = "prepare"
    SEND = "send"
    AWAIT_BUYER = "await_buyer"  # packed, and the buyer comes for it
    DELIVER = "deliver"
    NOTHING = "nothing"


def next_action(order: Order) -> NextAction:
    """What the cooperative does next with it. Select the fulfilment with the order."""
    if order.status == Order.Status.PLACED:
        return NextAction.ANSWER
    if order.status != Order.Status.ACCEPTED:
        return NextAction.NOTHING
    if order.fulfilment.status == Fulfilment.Status.PENDING:
        return NextAction.PREPARE
    if order.fulfilment.status == Fulfilment.Status.READY:
        return NextAction.AWAIT_BUYER if order.fulfilment.is_fetched else NextAction.SEND
    return NextAction.DELIVER


def is_paid_on_delivery(order: Order) -> bool:
    """Whoever hands the parcel to the buyer collects its total. Select the group with the order."""
    return bool(order.group.pay_with == "cash_on_delivery")
