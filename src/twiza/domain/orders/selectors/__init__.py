"""Questions about baskets and orders."""

from twiza.domain.orders.selectors.baskets import (
    basket_of,
    cart_of,
    cart_with,
    completed_cart_with,
    lines_in,
    lines_of_gift,
)
from twiza.domain.orders.selectors.contents import Basket, BasketGift, BasketLine, BasketPackage
from twiza.domain.orders.selectors.cooperatives import (
    Earnings,
    WorkLeft,
    earnings_of,
    open_orders_for,
    order_for_cooperative_member,
    order_of_cooperative,
    orders_of_cooperative,
    orders_waiting_for,
    short_content,
    work_left,
)
from twiza.domain.orders.selectors.coupons import borne_by_twiza, coupon_of, coupons_of, what_it_is_for
from twiza.domain.orders.selectors.faults import faults_in_orders
from twiza.domain.orders.selectors.groups import (
    group_by_token,
    group_numbered,
    group_paid_by,
    group_waiting_for_confirmation_from,
    groups_from_storefront,
    groups_of,
    groups_paid_by,
    latest_group_from,
)
from twiza.domain.orders.selectors.late_answers import late_answer_in, late_answers_in
from twiza.domain.orders.selectors.least_orders import least_orders_of
from twiza.domain.orders.selectors.lots import LineLots, lots_sent_in, lots_to_pack_in
from twiza.domain.orders.selectors.partial_offers import offer_in, offers_asked_at, offers_waiting_for
from twiza.domain.orders.selectors.quotas import left_of_quotas, left_under, pieces_ordered_at, quotas_and_orders
from twiza.domain.orders.selectors.recalls import BuyerOfLot, buyers_sent, storefronts_that_sold
from twiza.domain.orders.selectors.refunds import RefundToGive, refunds_to_give
from twiza.domain.orders.selectors.troubles import parcels_in_trouble_in, parcels_to_bring
from twiza.domain.orders.selectors.ways_to_pay import may_pay_at_the_door, ways_to_pay

__all__ = [
    "Basket",
    "BasketGift",
    "BasketLine",
    "BasketPackage",
    "BuyerOfLot",
    "Earnings",
    "LineLots",
    "RefundToGive",
    "WorkLeft",
    "basket_of",
    "borne_by_twiza",
    "buyers_sent",
    "cart_of",
    "cart_with",
    "completed_cart_with",
    "coupon_of",
    "coupons_of",
    "earnings_of",
    "faults_in_orders",
    "goods_in",
    "group_by_token",
    "group_numbered",
    "group_paid_by",
    "group_waiting_for_confirmation_from",
    "groups_from_storefront",
    "groups_of",
    "groups_paid_by",
    "late_answer_in",
    "late_answers_in",
    "latest_group_from",
    "least_orders_of",
    "left_of_quotas",
    "left_under",
    "lines_in",
    "lines_of_gift",
    "lots_sent_in",
    "lots_to_pack_in",
    "may_pay_at_the_door",
    "offer_in",
    "offers_asked_at",
    "offers_waiting_for",
    "open_orders_for",
    "order_for_cooperative_member",
    "order_of_cooperative",
    "orders_of_cooperative",
    "orders_waiting_for",
    "parcels_in_trouble_in",
    "parcels_to_bring",
    "pieces_in",
    "pieces_ordered_at",
    "quotas_and_orders",
    "refunds_to_give",
    "short_content",
    "storefronts_that_sold",
    "ways_to_pay",
    "what_it_is_for",
    "work_left",
]
