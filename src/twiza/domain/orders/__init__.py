"""From basket to doorstep.

Owns: Cart, CartLine, CartDelivery, Coupon, LeastOrder, OrderGroup, Order, OrderLine,
Fulfilment, ParcelNews, ParcelDriver, Step, OrderCounter.
Emits: OrderPlaced, OrderConfirmed, OrderAccepted, OrderDeclined, OrderWeighed, OrderReady,
FulfilmentHandedOver, FulfilmentDelivered, DeliveryMissed, FulfilmentRefused, FulfilmentLost.
May know: storefronts, inventory, catalogue, delivery, payments, directory.
"""
