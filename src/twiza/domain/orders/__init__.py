"""From basket to doorstep.

Owns: Cart, CartLine, CartDelivery, CartGiftBasket, Coupon, LeastOrder, OrderGroup, Order, OrderLine,
Chase, Fulfilment, ParcelNews, ParcelDriver, Step, OrderCounter.
Emits: OrderPlaced, OrderConfirmed, OrderAccepted, OrderDeclined, AnswerChased, OrderWeighed,
OrderReady, FulfilmentHandedOver, FulfilmentDelivered, DeliveryMissed, FulfilmentRefused, FulfilmentLost.
May know: storefronts, inventory, catalogue, delivery, payments, directory.
"""
