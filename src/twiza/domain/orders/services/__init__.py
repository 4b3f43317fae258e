"""What one may do with baskets and orders."""

from twiza.domain.orders.services.answering import accept_order, confirm_group, confirm_with_code, decline_order
from twiza.domain.orders.services.baskets import (
    Address,
    begin_checkout,
    choose_deliveries,
    keep_address,
    put_in_cart,
    set_quantities,
    start_cart,
)
from twiza.domain.orders.services.fulfilling import hand_over_order, mark_order_ready, record_delivery
from twiza.domain.orders.services.joining import join_baskets
from twiza.domain.orders.services.placing import place_order
from twiza.domain.orders.services.weighing import weigh_order

__all__ = [
    "Address",
    "accept_order",
    "begin_checkout",
    "choose_deliveries",
    "confirm_group",
    "confirm_with_code",
    "decline_order",
    "hand_over_order",
    "join_baskets",
    "keep_address",
    "mark_order_ready",
    "place_order",
    "put_in_cart",
    "record_delivery",
    "set_quantities",
    "start_cart",
    "weigh_order",
]
