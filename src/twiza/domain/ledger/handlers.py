"""What is written into the ledger when something happens. Run twice, it is written once."""

from __future__ import annotations

from twiza.domain.aftersales.events import ComplaintRefunded, ReturnRefunded
from twiza.domain.ledger.services import (
    fix_commissions,
    keep_capture,
    keep_collection,
    keep_delivery,
    keep_refund,
    keep_remittance,
    keep_surplus,
)
from twiza.domain.orders.events import FulfilmentDelivered, OrderPlaced
from twiza.domain.orders.models import Order
from twiza.domain.payments.events import CashCollected, CashRemitted, PaymentCaptured, RefundGiven, RefundOwed
from twiza.foundation.events.subscriptions import on


@on(OrderPlaced)
def fix_its_commission(event: OrderPlaced) -> None:
    fix_commissions(list(Order.objects.filter(group=event.group_id).order_by("pk").values_list("pk", flat=True)))


@on(PaymentCaptured)
def write_what_came(event: PaymentCaptured) -> None:
    keep_capture(event.reference)


@on(FulfilmentDelivered)
def write_what_was_earned(event: FulfilmentDelivered) -> None:
    keep_delivery(event.order_id)


@on(CashCollected)
def write_who_has_the_cash(event: CashCollected) -> None:
    keep_collection(event.collection_id)


@on(CashRemitted)
def write_what_was_handed_over(event: CashRemitted) -> None:
    keep_remittance(event.remittance_id)


@on(RefundOwed)
def write_what_came_for_nothing(event: RefundOwed) -> None:
    keep_surplus(event.refund_id)


@on(RefundGiven)
def write_what_went_back(event: RefundGiven) -> None:
    keep_refund(event.reference)


@on(ReturnRefunded)
def write_what_a_return_cost(event: ReturnRefunded) -> None:
    keep_refund(f"return:{event.return_id}")


@on(ComplaintRefunded)
def write_what_a_complaint_cost(event: ComplaintRefunded) -> None:
    keep_refund(f"complaint:{event.complaint_id}")
