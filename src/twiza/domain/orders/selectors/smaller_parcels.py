"""What a parcel costs to bring when less is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twiza.domain.delivery.selectors import Package, delivery_options
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.orders.rules import is_paid_on_delivery, part_of


def delivery_of_smaller(order: Order, lines: Sequence[OrderLine], kept: Mapping[int, int]) -> int:
    """By today's price of the way that was chosen, in centimes; never more than the buyer agreed to, also when that way is
    offered no more. `kept`: so many by line. Select the lines' variants and storefronts."""
    sent = [line for line in lines if kept[line.pk]]
    operators = {line.storefront.operator_id for line in sent}
    revision = order.cooperative.published_revision
    package = Package(
        order.cooperative_id,
        revision.commune if revision else None,
        sum(part_of(line, kept[line.pk]).weight_grams for line in sent),
        operators.pop() if len(operators) == 1 else None,
        sum(line.price_centimes * kept[line.pk] for line in sent),
        None,
        sum(kept[line.pk] * (line.variant.packed_cm3 or 0) for line in sent),
    )
    options = delivery_options([package], order.group.commune, is_paid_on_delivery=is_paid_on_delivery(order))
    asked = [one.total_centimes for one in options[order.cooperative_id] if one.code == order.fulfilment.option_code]
    return min([order.delivery_centimes, *asked])
