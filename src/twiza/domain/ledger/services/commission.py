"""What the market keeps of an order is fixed as of the moment it was placed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from twiza.domain.ledger.models import CommissionLine
from twiza.domain.ledger.models.commission import RATE_FIELDS
from twiza.domain.ledger.rules import OrderSums, commission_on, rate_for
from twiza.domain.ledger.selectors.facts import sums_of
from twiza.domain.ledger.selectors.rates import RateBook, rate_book
from twiza.domain.orders.models import Order, OrderLine

NOTHING = {
    "percent_basis_points": 0,
    "includes_delivery": False,
    "floor_centimes": 0,
    "cap_centimes": None,
    "vat_basis_points": 0,
}


def fix_commissions(order_ids: Collection[int]) -> None:
    """The rate that held when an order was placed holds for it for ever. Asked twice, it is fixed once.

    Where no rate fitted, nothing is kept of it, whatever rates come later.
    """
    known = set(CommissionLine.objects.filter(order__in=order_ids).values_list("order_id", flat=True))
    fresh = [order_id for order_id in order_ids if order_id not in known]
    if not fresh:
        return
    book, sums, chosen = rate_book(), sums_of(fresh), _storefronts_of(fresh)
    orders = Order.objects.filter(pk__in=fresh).select_related("group").order_by("pk")
    lines = [_line_of(order, sums[order.pk], chosen.get(order.pk, frozenset()), book) for order in orders]
    CommissionLine.objects.bulk_create(lines, ignore_conflicts=True)


def _line_of(order: Order, sums: OrderSums, chosen: frozenset[int], book: RateBook) -> CommissionLine:
    group = order.group
    rates = book.at(group.placed_at)
    rate = rate_for(rates, cooperative_id=order.cooperative_id, storefront_ids=chosen, pay_with=group.pay_with)
    terms = {field: getattr(rate, field) for field in RATE_FIELDS} if rate else NOTHING
    line = CommissionLine(order=order, rate=rate, **terms)
    line.base_centimes = sums.base_centimes(includes_delivery=line.includes_delivery)
    kept = commission_on(line, line.base_centimes)
    line.amount_centimes, line.vat_centimes = kept.centimes, kept.vat_centimes
    return line


def _storefronts_of(order_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Where what is in each order was chosen."""
    rows = OrderLine.objects.filter(order__in=order_ids).order_by().values_list("order_id", "storefront_id").distinct()
    found: dict[int, set[int]] = {}
    for order_id, storefront_id in rows:
        found.setdefault(order_id, set()).add(storefront_id)
    return {order_id: frozenset(ids) for order_id, ids in found.items()}
