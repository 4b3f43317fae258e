"""From basket to doorstep.

Owns: Cart, CartLine, CartDelivery, OrderGroup, Order, OrderLine, Fulfilment, Step, OrderCounter.
Emits: OrderPlaced, OrderConfirmed, OrderAccepted, OrderDeclined, OrderWeighed, OrderReady,
FulfilmentHandedOver, FulfilmentDelivered.
May know: storefronts, inventory, catalogue, delivery, payments, directory.
"""
