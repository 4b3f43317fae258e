"""What of a line was not given back yet, and what went back of an order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from twiza.domain.aftersales.models import Complaint, Return, ReturnedLine
from twiza.domain.aftersales.rules import share_of
from twiza.domain.aftersales.states import GIVES_BACK, IS_BACK
from twiza.domain.orders.models import OrderLine
from twiza.domain.payments.models import Refund


@dataclass(frozen=True)
class MoneyBack:
    """What goes back by one return or complaint, in centimes: to the buyer, and what the market bore of a coupon for it."""

    reference: str
    decided_at: datetime
    goods_centimes: int
    delivery_centimes: int = 0
    borne_centimes: int = 0


def left_to_refund(line: OrderLine) -> int:
    """What the buyer paid for it less what goes back for it by returns and complaints, in centimes.

    What is only offered does not count.
    """
    returned = ReturnedLine.objects.filter(line=line, returned__state__in=GIVES_BACK).aggregate(all=Sum("refund_centimes"))
    return line.total_centimes - line.discount_centimes - (returned["all"] or 0) - _given_back_for(line)


def _given_back_for(line: OrderLine) -> int:
    """What goes back for it by complaints that were settled."""
    settled = Complaint.objects.filter(line=line, refund_due_on__isnull=False)
    sums = settled.aggregate(answered=Sum("answer_centimes", filter=Q(decision="")), decided=Sum("decision_centimes"))
    return (sums["answered"] or 0) + (sums["decided"] or 0)


def money_back_of(order_ids: Collection[int]) -> Mapping[int, Sequence[MoneyBack]]:
    """All that goes back of each order that arrived, by id, in the order in which it was decided. What was only asked for is not
    in it: what is in it stays, and what comes later comes after it."""
    found: dict[int, list[MoneyBack]] = {order_id: [] for order_id in order_ids}
    for returned in Return.objects.filter(order__in=order_ids, state__in=IS_BACK).prefetch_related("lines__line"):
        found[returned.order_id].append(_money_of(returned))
    refunds = Refund.objects.filter(allocation__reference__in=[f"order:{order_id}" for order_id in order_ids])
    for refund in refunds.filter(reference__startswith="complaint:").select_related("allocation"):
        order_id = int(refund.allocation.reference.removeprefix("order:"))
        found[order_id].append(MoneyBack(refund.reference, refund.owed_at, refund.amount_centimes))
    return {order_id: sorted(rows, key=lambda one: (one.decided_at, one.reference)) for order_id, rows in found.items()}


def _money_of(returned: Return) -> MoneyBack:
    goods = sum(one.refund_centimes for one in returned.lines.all())
    borne = sum(
        share_of(_borne_by_market(one.line), one.line, one.quantity, before=one.pieces_before) for one in returned.lines.all()
    )
    decided_at = returned.received_at or returned.asked_at
    return MoneyBack(returned.reference, decided_at, goods, returned.refund_centimes - goods, borne)


def _borne_by_market(line: OrderLine) -> int:
    return line.discount_centimes - line.cooperative_discount_centimes
