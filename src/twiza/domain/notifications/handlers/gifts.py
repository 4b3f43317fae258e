"""Whoever receives what another bought hears that it comes: from whom, never for how much unless they are to pay."""

from __future__ import annotations

from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers.telling import orders_with_facts, script_of
from twiza.domain.orders.events import FulfilmentHandedOver, OrderReady
from twiza.domain.orders.models import Order
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.services import queue_text
from twiza.kit.money import plain


@on(FulfilmentHandedOver)
def tell_recipient_it_left(event: FulfilmentHandedOver) -> None:
    _tell_recipient(orders_with_facts(pk=event.order_id).get(), "gift_sent")


@on(OrderReady)
def tell_recipient_to_come(event: OrderReady) -> None:
    """Only when it is to be fetched."""
    order = orders_with_facts(pk=event.order_id).get()
    if order.fulfilment.is_fetched:
        _tell_recipient(order, "gift_ready")


def _tell_recipient(order: Order, text: str) -> None:
    group, language = order.group, order.group.language
    if not group.is_for_another:
        return
    tracking = order.fulfilment.tracking
    words = compose(
        f"{text}_cash.recipient" if is_paid_on_delivery(order) else f"{text}.recipient",
        language,
        person=shortened(group.buyer_name, 24),
        cooperative=shortened(order.cooperative.name_in(script_of(language)), 40),
        point=shortened(order.fulfilment.point_name, 70),
        tracking=f" ({tracking})" if tracking else "",
        total=plain(order.total_centimes),
    )
    queue_text(to=group.recipient_phone, text=words, key=f"{text}:{order.pk}", kind="service", language=language)
