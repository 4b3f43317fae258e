"""What is to be given back through a bank, and for which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twiza.domain.orders.models import OrderGroup
from twiza.domain.payments.models import Payment, PaymentEvent, Refund
from twiza.domain.payments.selectors import refunds_through_bank


@dataclass(frozen=True)
class RefundToGive:
    """`bank_references`: under which the bank knows the money that came; no `group` for money that was nobody's."""

    refund: Refund
    group: OrderGroup | None
    bank_references: tuple[str, ...]

    @property
    def is_surplus(self) -> bool:
        return self.refund.allocation.payment.surplus_of_id is not None


def refunds_to_give(limit: int = 100) -> Sequence[RefundToGive]:
    """Those whose day comes first, first."""
    refunds = list(refunds_through_bank().filter(paid_at__isnull=True).order_by("due_on", "pk")[:limit])
    paid_for = {refund.pk: refund.allocation.payment.surplus_of or refund.allocation.payment for refund in refunds}
    groups = OrderGroup.objects.in_bulk({number for one in paid_for.values() if (number := _group_id(one))})
    told: dict[tuple[int, bool], list[PaymentEvent]] = {}
    for event in PaymentEvent.objects.filter(payment__in=paid_for.values(), kind__in=["captured", "surplus"]):
        told.setdefault((event.payment_id, event.kind == "surplus"), []).append(event)
    rows = []
    for refund in refunds:
        payment, is_surplus = paid_for[refund.pk], refund.allocation.payment.surplus_of_id is not None
        events = told.get((payment.pk, is_surplus), [])
        own = [event for event in events if not is_surplus or refund.reference == f"surplus:{event.pk}"]
        rows.append(RefundToGive(refund, groups.get(_group_id(payment)), tuple(event.provider_reference for event in own)))
    return rows


def _group_id(payment: Payment) -> int:
    kind, _, number = payment.reference.partition(":")
    return int(number) if kind == "group" else 0
