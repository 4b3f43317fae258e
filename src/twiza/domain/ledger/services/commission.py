"""What the market keeps of an order is fixed as of the moment it was placed."""

from __future__ import annotations

from twiza.domain.ledger.models import CommissionLine
from twiza.domain.ledger.models.commission import RATE_FIELDS
from twiza.domain.ledger.rules import commission_on, rate_for
from twiza.domain.ledger.selectors.facts import sums_of
from twiza.domain.ledger.selectors.rates import rates_at
from twiza.domain.orders.models import Order

NOTHING = {
    "percent_basis_points": 0,
    "includes_delivery": False,
    "floor_centimes": 0,
    "cap_centimes": None,
    "vat_basis_points": 0,
}


def fix_commission(order_id: int) -> CommissionLine:
    """The rate that held when the order was placed holds for it for ever. Asked twice, it is fixed once.

    Where no rate fitted, nothing is kept of it, whatever rates come later.
    """
    known = CommissionLine.objects.filter(order=order_id).first()
    if known is not None:
        return known
    order = Order.objects.select_related("group").get(pk=order_id)
    rate = rate_for(
        rates_at(order.group.placed_at),
        cooperative_id=order.cooperative_id,
        storefront_ids=frozenset(order.lines.values_list("storefront_id", flat=True)),
        pay_with=order.group.pay_with,
    )
    terms = {field: getattr(rate, field) for field in RATE_FIELDS} if rate else NOTHING
    line = CommissionLine(order=order, rate=rate, **terms)
    line.base_centimes = sums_of([order_id])[order_id].base_centimes(includes_delivery=line.includes_delivery)
    kept = commission_on(line, line.base_centimes)
    known_terms = {"rate": rate, "base_centimes": line.base_centimes, **terms}
    known_terms |= {"amount_centimes": kept.centimes, "vat_centimes": kept.vat_centimes}
    return CommissionLine.objects.get_or_create(order=order, defaults=known_terms)[0]
