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
from twiza.domain.orders.services.bordereaux import hear_statuses
from twiza.domain.orders.services.calling import note_call
from twiza.domain.orders.services.carrier_words import hear_from_carrier, mark_word_read
from twiza.domain.orders.services.chasing import chase_answers, decline_unanswered
from twiza.domain.orders.services.checking import ask_to_check, mark_checked_order_ready
from twiza.domain.orders.services.confirming import confirm_by_call, lapse_unconfirmed
from twiza.domain.orders.services.coupons import (
    CouponTerms,
    agree_to_coupon,
    drop_coupon,
    offer_coupon,
    stop_coupon,
    use_coupon,
)
from twiza.domain.orders.services.errands import ask_carrier_again
from twiza.domain.orders.services.fulfilling import DriverDetails, hand_over_order, mark_order_ready, record_delivery
from twiza.domain.orders.services.gift_baskets import put_gift_basket_in_cart, refuse_gift_basket, set_gift_baskets
from twiza.domain.orders.services.gifts import Recipient, keep_it_oneself, keep_recipient
from twiza.domain.orders.services.hearing import (
    News,
    hear_of_parcel,
    record_loss,
    record_missed_delivery,
    record_refusal,
)
from twiza.domain.orders.services.joining import join_baskets
from twiza.domain.orders.services.least_orders import ask_least_order
from twiza.domain.orders.services.offering import lapse_offers, leave_part, offer_part, take_part
from twiza.domain.orders.services.paying import (
    ask_cooperatives,
    choose_payment,
    lapse_order,
    look_after_unpaid,
    pay_at_the_door_instead,
    remember_mail,
    remind_of_unpaid,
)
from twiza.domain.orders.services.placing import place_order
from twiza.domain.orders.services.remittances import import_remittance
from twiza.domain.orders.services.reordering import OrderedAgain, order_again
from twiza.domain.orders.services.returning import take_back_parcel, take_back_unseen
from twiza.domain.orders.services.weighing import weigh_order

__all__ = [
    "Address",
    "CouponTerms",
    "DriverDetails",
    "News",
    "OrderedAgain",
    "Recipient",
    "accept_order",
    "agree_to_coupon",
    "ask_carrier_again",
    "ask_cooperatives",
    "ask_least_order",
    "ask_to_check",
    "begin_checkout",
    "chase_answers",
    "choose_deliveries",
    "choose_payment",
    "confirm_by_call",
    "confirm_group",
    "confirm_with_code",
    "decline_order",
    "decline_unanswered",
    "drop_coupon",
    "hand_over_order",
    "hear_from_carrier",
    "hear_of_parcel",
    "hear_statuses",
    "import_remittance",
    "join_baskets",
    "keep_address",
    "keep_it_oneself",
    "keep_recipient",
    "lapse_offers",
    "lapse_order",
    "lapse_unconfirmed",
    "leave_part",
    "look_after_unpaid",
    "mark_checked_order_ready",
    "mark_order_ready",
    "mark_word_read",
    "note_call",
    "offer_coupon",
    "offer_part",
    "order_again",
    "pay_at_the_door_instead",
    "place_order",
    "put_gift_basket_in_cart",
    "put_in_cart",
    "record_delivery",
    "record_loss",
    "record_missed_delivery",
    "record_refusal",
    "refuse_gift_basket",
    "remember_mail",
    "remind_of_unpaid",
    "set_gift_baskets",
    "set_quantities",
    "start_cart",
    "stop_coupon",
    "take_back_parcel",
    "take_back_unseen",
    "take_part",
    "use_coupon",
    "weigh_order",
]
