"""What is true of every order, payment and shelf at every moment, whatever was done before."""

from __future__ import annotations

from django.db.models import Q, Sum

from twiza.domain.aftersales.models import Complaint, Replacement, Return
from twiza.domain.aftersales.selectors import left_to_refund
from twiza.domain.catalogue.models import Way
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.invoicing.models import Paper
from twiza.domain.invoicing.selectors import invoice_faults
from twiza.domain.invoicing.services import credit_complaint, credit_return, issue_invoice
from twiza.domain.ledger.selectors import balance_of_kind, ledger_faults
from twiza.domain.ledger.services import catch_up
from twiza.domain.orders.models import Order, OrderGroup, OrderLine
from twiza.domain.orders.states import NOT_LEFT, group_status
from twiza.domain.payments.models import Allocation, CashCollection, Payment, Refund

# Where the parcel of such an order may be.
PARCELS = {
    "unpaid": {"pending"},
    "placed": {"pending"},
    "offered": {"pending"},
    "accepted": {"pending", "ready", "handed_over", "in_transit"},
    "closed": {"delivered"},
    "undelivered": {"refused", "lost", "returned"},
    "declined": {"cancelled"},
    "lapsed": {"cancelled"},
}


def everything_holds() -> None:
    for group in OrderGroup.objects.prefetch_related("orders__lines", "orders__fulfilment"):
        orders = list(group.orders.all())
        for order in orders:
            _order_is_its_lines(order)
        _group_is_its_orders(group, orders)
        _payment_is_its_parts(group, orders)
    _cash_is_with_somebody()
    _nothing_goes_back_twice()
    _shelves_hold_what_is_promised()


def every_centime_is_written_down() -> None:
    """The ledger says what happened, and what buyers paid and do not have yet is what it owes them."""
    while catch_up():
        pass
    assert ledger_faults()[1] == []
    closed = [f"order:{pk}" for pk in Order.objects.filter(status="closed").values_list("pk", flat=True)]
    waiting = Allocation.objects.filter(payment__events__kind="captured").exclude(reference__in=closed)
    came = waiting.aggregate(all=Sum("captured_centimes"))["all"] or 0
    surplus = Allocation.objects.filter(payment__surplus_of__isnull=False).aggregate(all=Sum("captured_centimes"))["all"] or 0
    unsold = Refund.objects.filter(paid_at__isnull=False).exclude(reference__startswith="return:")
    back = unsold.exclude(reference__startswith="complaint:").aggregate(all=Sum("amount_centimes"))["all"] or 0
    assert -balance_of_kind("buyer_clearing") == came + surplus - back


def every_paper_says_what_was_paid() -> None:
    """Each parcel that arrived has an invoice of exactly what it cost; what was given back of it is on its credit notes."""
    for order_id in Order.objects.filter(status="closed").values_list("pk", flat=True):
        issue_invoice(order_id)
    for return_id in Return.objects.filter(state="refunded").values_list("pk", flat=True):
        credit_return(return_id)
    for complaint_id in Complaint.objects.filter(outcome="refunded").values_list("pk", flat=True):
        credit_complaint(complaint_id)
    assert invoice_faults()[1] == []
    after_sale = Q(reference__startswith="return:") | Q(reference__startswith="complaint:")
    given = Refund.objects.filter(after_sale, paid_at__isnull=False).aggregate(all=Sum("amount_centimes"))["all"]
    assert Paper.objects.filter(kind="credit_note").aggregate(all=Sum("total_centimes"))["all"] == given


def _order_is_its_lines(order: Order) -> None:
    lines = order.lines.all()
    assert lines, order.number
    assert order.items_centimes == sum(line.total_centimes for line in lines)
    assert order.discount_centimes == sum(line.discount_centimes for line in lines)
    assert order.total_centimes == order.items_centimes + order.delivery_centimes - order.discount_centimes
    assert all(0 <= line.cooperative_discount_centimes <= line.discount_centimes <= line.total_centimes for line in lines)
    parcel = order.fulfilment
    assert parcel.status in PARCELS[order.status], (order.status, parcel.status)
    assert parcel.weight_grams == sum(line.weight_grams for line in lines)
    assert 0 <= parcel.free_cooperative_centimes <= parcel.free_centimes


def _group_is_its_orders(group: OrderGroup, orders: list[Order]) -> None:
    assert group.items_centimes == sum(order.items_centimes for order in orders)
    assert group.delivery_centimes == sum(order.delivery_centimes for order in orders)
    assert group.discount_centimes == sum(order.discount_centimes for order in orders)
    assert group.total_centimes == sum(order.total_centimes for order in orders)
    assert group.due_centimes == sum(order.total_centimes for order in orders if order.is_owed)
    assert group.status == group_status([order.status for order in orders])


def _payment_is_its_parts(group: OrderGroup, orders: list[Order]) -> None:
    payment = Payment.objects.get(reference=group.payment_reference)
    parts = {part.reference: part for part in payment.allocations.prefetch_related("refunds")}
    assert set(parts) == {f"order:{order.pk}" for order in orders}
    live = [part for part in parts.values() if part.cancelled_at is None]
    assert payment.amount_centimes == sum(part.due_centimes for part in live)
    if not live:
        assert payment.state == Payment.State.CANCELLED
    else:
        is_all_there = all(part.captured_centimes == part.due_centimes for part in live)
        assert payment.state == (Payment.State.CAPTURED if is_all_there else Payment.State.PENDING)
    for order in orders:
        _part_is_its_order(order, parts[f"order:{order.pk}"])


def _part_is_its_order(order: Order, part: Allocation) -> None:
    refunds = part.refunds.all()
    refunded = sum(refund.amount_centimes for refund in refunds)
    never_sent = sum(refund.amount_centimes for refund in refunds if refund.owed_for == "partial")
    assert part.captured_centimes in {0, part.due_centimes}
    assert refunded <= part.captured_centimes
    if order.is_owed:
        assert part.cancelled_at is None
        assert part.due_centimes - never_sent == order.total_centimes
        assert order.status != Order.Status.CLOSED or part.captured_centimes == part.due_centimes
    else:
        # Nothing of it was paid, or all of it goes back.
        assert part.cancelled_at is not None or refunded == part.captured_centimes == part.due_centimes


def _cash_is_with_somebody() -> None:
    """Of each parcel that left to be paid at the door, and of no other."""
    states = {"accepted": "expected", "closed": "collected", "undelivered": "refused"}
    left = Order.objects.filter(group__pay_with="cash_on_delivery", total_centimes__gt=0).exclude(
        fulfilment__handed_over_at=None, fulfilment__delivered_at=None
    )
    held = {one.part: one for one in CashCollection.objects.all()}
    assert set(held) == {f"order:{order.pk}" for order in left}
    for order in left:
        cash = held[f"order:{order.pk}"]
        assert (cash.state, cash.expected_centimes) == (states[order.status], order.total_centimes)
        assert cash.collected_centimes == (order.total_centimes if order.status == Order.Status.CLOSED else 0)


def _nothing_goes_back_twice() -> None:
    for line in OrderLine.objects.filter(order__status=Order.Status.CLOSED):
        assert left_to_refund(line) >= 0


def _shelves_hold_what_is_promised() -> None:
    assert stock_faults()[1] == []
    live = {Order.Status.UNPAID, Order.Status.PLACED, Order.Status.OFFERED, Order.Status.ACCEPTED}
    waiting = OrderLine.objects.filter(order__status__in=live, order__fulfilment__status__in=NOT_LEFT)
    ahead = dict(waiting.exclude(way=Way.SHELF).order_by().values_list("variant").annotate(Sum("quantity")))
    promised = dict(waiting.filter(way=Way.SHELF).order_by().values_list("variant").annotate(Sum("quantity")))
    for parcel in Replacement.objects.filter(status=Replacement.Status.PENDING).select_related("complaint__line"):
        variant = parcel.complaint.line.variant_id
        promised[variant] = promised.get(variant, 0) + parcel.quantity
    levels = StockLevel.objects.all()
    assert {level.variant_id: level.allocated for level in levels if level.allocated} == promised
    assert {level.variant_id: level.ahead for level in levels if level.ahead} == ahead
    assert all(level.on_hand >= level.allocated + level.held >= 0 for level in levels)
