"""What an order, its payment's part and its group come to, once something of its lines changed."""

from __future__ import annotations

from twiza.domain.orders.models import Order, OrderGroup, OrderLine
from twiza.domain.orders.services.steps import derive_group
from twiza.domain.payments.services import change_part, shrink_paid_part


def follow_lines(order: Order, delivery_centimes: int | None = None) -> None:
    """The order, the payment's part and the group cost what their lines do; with another delivery when one is given. What was
    paid first and is above that is owed back.

    Call it inside a transaction, with an order locked that is owed. Raises PaidAlready.
    """
    rows = OrderLine.objects.filter(order=order).values_list("total_centimes", "discount_centimes")
    items, discount = (sum(column) for column in zip(*rows, strict=True))
    delivery = order.delivery_centimes if delivery_centimes is None else delivery_centimes
    group = OrderGroup.objects.get(pk=order.group_id)
    group.items_centimes += items - order.items_centimes
    group.delivery_centimes += delivery - order.delivery_centimes
    group.discount_centimes += discount - order.discount_centimes
    total = items + delivery - discount
    # In one step with what is due, which never passes the total.
    group.total_centimes += total - order.total_centimes
    group.due_centimes += total - order.total_centimes
    group.save(update_fields=["items_centimes", "delivery_centimes", "discount_centimes", "total_centimes", "due_centimes"])
    order.items_centimes, order.delivery_centimes = items, delivery
    order.discount_centimes, order.total_centimes = discount, total
    order.save(update_fields=["items_centimes", "delivery_centimes", "discount_centimes", "total_centimes"])
    change = shrink_paid_part if group.is_paid_first else change_part
    change(f"order:{order.pk}", order.total_centimes)
    derive_group(group)
