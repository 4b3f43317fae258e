"""From basket to doorstep.

Owns: Cart, CartLine, CartDelivery, CartGiftBasket, Coupon, LeastOrder, OrderGroup, Order, OrderLine, Chase, Call,
PartialOffer, PartialOfferLine, Checklist, Fulfilment, ParcelNews, ParcelDriver, Errand, CarrierWord, Step,
OrderCounter, OrderMail.
Emits: OrderPlaced, PaymentAwaited, OrderLapsed, OrderConfirmed, OrderUnconfirmed, OrderAccepted, OrderDeclined,
PartOffered, PartAnswerGiven, AnswerChased, OrderWeighed, OrderReady, FulfilmentHandedOver, FulfilmentDelivered,
DeliveryMissed, FulfilmentRefused, FulfilmentLost, CarrierBooked, CarrierNotBooked.
May know: storefronts, inventory, catalogue, delivery, payments, directory.
"""
