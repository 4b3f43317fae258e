"""Which orders a holder of cash speaks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import F

from twiza.domain.orders.models import Errand, Fulfilment, Order

AT_ONCE = 2000


def parts_named(carrier: str, numbers: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By number as a carrier writes it, the parts of payments (as `order:91`) it may mean: its own code of the parcel, our
    reference, the tracking number, or the order's number, which several cooperatives may have given."""
    written = sorted(numbers)
    found: dict[str, list[str]] = {}
    for start in range(0, len(written), AT_ONCE):
        for number, order_id in _orders_named(carrier, written[start : start + AT_ONCE]):
            parts = found.setdefault(number, [])
            if f"order:{order_id}" not in parts:
                parts.append(f"order:{order_id}")
    return found


def _orders_named(carrier: str, numbers: Sequence[str]) -> list[tuple[str, int]]:
    """The carrier's own names of a parcel before the order's number: a code that is known means one parcel alone."""
    errands, parcels = Errand.objects.filter(carrier=carrier), Fulfilment.objects.filter(carrier=carrier)
    order_id = F("fulfilment__order_id")
    exact = [
        *errands.filter(code__in=numbers).values_list("code", order_id),
        *errands.filter(reference__in=numbers).values_list("reference", order_id),
        *parcels.filter(tracking__in=numbers).values_list("tracking", "order_id"),
    ]
    left = set(numbers) - {number for number, _order in exact}
    orders = Order.objects.filter(fulfilment__carrier=carrier, number__in=left, fulfilment__handed_over_at__isnull=False)
    return [*exact, *orders.values_list("number", "pk")]


def orders_of_parts(parts: Collection[str]) -> Mapping[str, Order]:
    """The orders behind parts of payments (as `order:91`). Ask for the parts through the viewer first."""
    ids = {int(part.removeprefix("order:")) for part in parts if part.startswith("order:")}
    orders = Order.objects.filter(pk__in=ids).select_related("group")
    return {f"order:{order.pk}": order for order in orders}
