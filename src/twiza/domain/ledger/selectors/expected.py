"""What is to stand in the journal, worked out from what happened: whoever writes it and whoever looks it over ask here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from twiza.domain.aftersales.models import Return
from twiza.domain.aftersales.selectors import money_back_of
from twiza.domain.aftersales.states import IS_BACK
from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.rules import (
    Back,
    Holder,
    Lines,
    captured,
    collected,
    delivered,
    given_back_by_cooperative,
    given_back_by_market,
    given_back_unsold,
    kept_for_bringing,
    remitted,
    settled,
)
from twiza.domain.ledger.selectors.facts import back_of, kept_of, sums_of
from twiza.domain.ledger.selectors.rates import commission_lines_of
from twiza.domain.orders.models import Order
from twiza.domain.payments.models import CashCollection, HolderKind, Payment, PaymentEvent, Refund, Remittance, RemittanceLine

What = JournalEntry.What
AFTER_SALE = ("return", "complaint")
CAME = ("captured", "surplus")


@dataclass(frozen=True)
class Expected:
    """An entry that is to be there under this key, with these lines; with none, there is to be no entry."""

    key: str
    what: str
    lines: Lines
    order_id: int | None = None
    payment_id: int | None = None
    refund_id: int | None = None
    remittance_id: int | None = None


def captures_expected(payment_ids: Collection[int]) -> Sequence[Expected]:
    """Of what came before anything was sent."""
    payments = Payment.objects.filter(pk__in=payment_ids).order_by("pk")
    told = PaymentEvent.objects.filter(payment__in=payment_ids, kind="captured").order_by("-pk")
    came = dict(told.values_list("payment_id", "amount_centimes"))
    found = []
    for payment in payments:
        is_surplus = payment.surplus_of_id is not None
        centimes = payment.amount_centimes if is_surplus else came.get(payment.pk, 0)
        what = What.SURPLUS if is_surplus else What.CAPTURED
        lines = captured(payment.provider, centimes)
        found.append(Expected(f"captured:{payment.reference}", what, lines, payment_id=payment.pk))
    return found


def deliveries_expected(order_ids: Collection[int]) -> Sequence[Expected]:
    """Of parcels that their buyers have."""
    sums, fixed = sums_of(order_ids), commission_lines_of(order_ids)
    return [
        Expected(f"delivered:{order_id}", What.DELIVERED, delivered(one, kept_of(one, fixed.get(order_id))), order_id)
        for order_id, one in sums.items()
    ]


def collections_expected(collection_ids: Collection[int]) -> Sequence[Expected]:
    """Of cash that buyers paid at the door. What the cooperative took itself is set against what it is owed."""
    found = []
    for cash in CashCollection.objects.filter(pk__in=collection_ids, collected_centimes__gt=0).order_by("pk"):
        holder, order_id = holder_of(cash), int(cash.part.removeprefix("order:"))
        lines = collected(holder, cash.collected_centimes)
        found.append(Expected(f"collected:{order_id}", What.COLLECTED, lines, order_id))
        if holder.is_the_cooperative:
            lines = settled(cash.cooperative_id, cash.collected_centimes)
            found.append(Expected(f"settled:{order_id}", What.SETTLED, lines, order_id))
    return found


def holder_of(cash: CashCollection) -> Holder:
    """Who has it; the cooperative that sold it itself, under the page it was sold by."""
    is_its_own = cash.holder_kind == HolderKind.COOPERATIVE
    return Holder(cash.holder_kind, cash.holder, cash.cooperative_id if is_its_own else None)


def remittances_expected(remittance_ids: Collection[int]) -> Sequence[Expected]:
    """Of cash that was handed over and confirmed: what came in, and of each parcel what was kept for bringing it."""
    confirmed = Remittance.objects.filter(pk__in=remittance_ids, state=Remittance.State.CONFIRMED).order_by("pk")
    found = []
    for one in confirmed:
        lines = remitted(_hands_over(one), one.received_centimes, to_cooperative_id=one.to_id)
        found.append(Expected(f"remitted:{one.pk}", What.REMITTED, lines, remittance_id=one.pk))
    counted = RemittanceLine.objects.filter(remittance__in=confirmed, fee_centimes__gt=0, became__in=RemittanceLine.COUNTED)
    for row in counted.select_related("remittance", "collection").order_by("pk"):
        if row.collection is not None:
            order_id = int(row.collection.part.removeprefix("order:"))
            lines = kept_for_bringing(_hands_over(row.remittance), row.collection.cooperative_id, row.fee_centimes)
            found.append(Expected(f"kept:{row.pk}", What.KEPT, lines, order_id, remittance_id=row.remittance_id))
    return found


def _hands_over(remittance: Remittance) -> Holder:
    is_its_own = remittance.holder_kind == HolderKind.COOPERATIVE
    return Holder(remittance.holder_kind, remittance.holder, remittance.held_by_id if is_its_own else None)


def refunds_expected(refunds: QuerySet[Refund]) -> Sequence[Expected]:
    """Of what was given back, whoever gave it."""
    told = PaymentEvent.objects.filter(payment=OuterRef("allocation__payment"), kind="captured")
    known = refunds.filter(paid_at__isnull=False).annotate(came=Exists(told)).select_related("allocation__payment")
    rows = list(known.order_by("pk"))
    orders = {one.pk: _order_of(one) for one in rows}
    after_sale = {one.reference: orders[one.pk] for one in rows if one.owed_for in AFTER_SALE}
    backs = _backs({reference: order_id for reference, order_id in after_sale.items() if order_id is not None})
    found = []
    for one in rows:
        payment, is_ours = one.allocation.payment, one.came or one.allocation.payment.surplus_of_id is not None
        if one.reference in backs:
            back = backs[one.reference]
            lines = given_back_by_market(back, payment.provider) if is_ours else given_back_by_cooperative(back)
        else:
            lines = given_back_unsold(payment.provider, one.amount_centimes)
        known_as = (f"refunded:{one.reference}", What.REFUNDED, lines)
        found.append(Expected(*known_as, order_id=orders[one.pk], payment_id=payment.pk, refund_id=one.pk))
    return found


def free_returns_expected(return_ids: Collection[int]) -> Sequence[Expected]:
    """Of what came back and had cost its buyer nothing: what the market bore for it."""
    free = Return.objects.filter(pk__in=return_ids, state__in=IS_BACK, refund_centimes=0).order_by("pk")
    after_sale = {one.reference: one.order_id for one in free}
    return [
        Expected(f"refunded:{reference}", What.REFUNDED, given_back_by_cooperative(back), order_id=after_sale[reference])
        for reference, back in _backs(after_sale).items()
    ]


def delivered_orders() -> QuerySet[Order]:
    return Order.objects.filter(status=Order.Status.CLOSED)


def _backs(order_by_reference: Mapping[str, int]) -> Mapping[str, Back]:
    """What goes back by each of these returns and complaints."""
    order_ids = set(order_by_reference.values())
    sums, fixed, back = sums_of(order_ids), commission_lines_of(order_ids), money_back_of(order_ids)
    return {
        reference: back_of(sums[order_id], fixed.get(order_id), back[order_id], reference)
        for reference, order_id in order_by_reference.items()
    }


def _order_of(refund: Refund) -> int | None:
    kind, _colon, number = refund.allocation.reference.partition(":")
    return int(number) if kind == "order" else None
