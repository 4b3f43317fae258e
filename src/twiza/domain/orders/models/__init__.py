"""Baskets, orders and their way to the door."""

from twiza.domain.orders.models.call import Call
from twiza.domain.orders.models.cart import Cart, CartDelivery, CartGiftBasket, CartLine
from twiza.domain.orders.models.chase import Chase
from twiza.domain.orders.models.checklist import Checklist
from twiza.domain.orders.models.coupon import Coupon
from twiza.domain.orders.models.driver import ParcelDriver
from twiza.domain.orders.models.errand import CarrierWord, Errand
from twiza.domain.orders.models.least_order import LeastOrder
from twiza.domain.orders.models.order import Order, OrderCounter, OrderGroup, OrderLine, OrderMail
from twiza.domain.orders.models.parcel_news import ParcelNews
from twiza.domain.orders.models.partial_offer import PartialOffer, PartialOfferLine
from twiza.domain.orders.models.progress import Fulfilment, Step

__all__ = [
    "Call",
    "CarrierWord",
    "Cart",
    "CartDelivery",
    "CartGiftBasket",
    "CartLine",
    "Chase",
    "Checklist",
    "Coupon",
    "Errand",
    "Fulfilment",
    "LeastOrder",
    "Order",
    "OrderCounter",
    "OrderGroup",
    "OrderLine",
    "OrderMail",
    "ParcelDriver",
    "ParcelNews",
    "PartialOffer",
    "PartialOfferLine",
    "Step",
]
