"""What orders came to, as the rules want it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import F, Sum

from twiza.domain.aftersales.selectors import MoneyBack
from twiza.domain.ledger.models import CommissionLine
from twiza.domain.ledger.rules import Back, Commission, OrderSums, commission_back, commission_on
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.storefronts.models import Storefront


def sums_of(order_ids: Collection[int]) -> Mapping[int, OrderSums]:
    """What each order came to, by id, as its lines are now: it does not change any more once it is delivered."""
    rows = OrderLine.objects.filter(order__in=order_ids).values_list("order_id").order_by()
    borne = dict(rows.annotate(own=Sum("cooperative_discount_centimes")))
    free = F("fulfilment__free_centimes") - F("fulfilment__free_cooperative_centimes")
    orders = Order.objects.filter(pk__in=order_ids).annotate(free=free).order_by("pk")
    operators = _operators_of([order.pk for order in orders if order.free])
    return {
        order.pk: OrderSums(
            order_id=order.pk,
            cooperative_id=order.cooperative_id,
            items_centimes=order.items_centimes,
            delivery_centimes=order.delivery_centimes,
            discount_centimes=order.discount_centimes,
            cooperative_discount_centimes=borne.get(order.pk, 0),
            free_delivery_centimes=order.free,
            operator_id=operators.get(order.pk),
        )
        for order in orders
    }


def kept_of(sums: OrderSums, line: CommissionLine | None) -> Commission:
    """What the market keeps of an order that came to so much, by what was fixed when it was placed."""
    return commission_on(line, sums.base_centimes(includes_delivery=line.includes_delivery)) if line else Commission()


def back_of(sums: OrderSums, line: CommissionLine | None, all_of_it: Collection[MoneyBack], reference: str) -> Back:
    """What goes back by `reference`, after what went back before it: each takes its own part of the commission with it."""
    counts_delivery = line is not None and line.includes_delivery
    base = sums.base_centimes(includes_delivery=counts_delivery)
    before = 0
    for one in all_of_it:
        share = one.goods_centimes + one.borne_centimes + (one.delivery_centimes if counts_delivery else 0)
        if one.reference == reference:
            kept = commission_back(kept_of(sums, line), base, before_centimes=before, back_centimes=share)
            return Back(sums.cooperative_id, one.goods_centimes + one.delivery_centimes, one.borne_centimes, kept)
        before += share
    raise LookupError(reference)


def _operators_of(order_ids: Collection[int]) -> Mapping[int, int | None]:
    """Who runs the storefront each was chosen in: what is sent free is chosen in one alone."""
    chosen = OrderLine.objects.filter(order__in=order_ids).order_by().values_list("order_id", "storefront_id").distinct()
    where = dict(chosen)
    run_by = dict(Storefront.objects.filter(pk__in=where.values()).values_list("pk", "operator_id"))
    return {order_id: run_by.get(storefront_id) for order_id, storefront_id in where.items()}
