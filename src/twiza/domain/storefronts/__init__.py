"""The windows through which a part of the catalogue is shown.

Owns: Storefront, StorefrontCooperative, StorefrontRule, StorefrontProduct, StorefrontQuota, StorefrontWays, FreeDelivery,
FreeDeliveryConsent, StorefrontPage,
StorefrontLook, StorefrontHome, StorefrontFeatured, ProductReview, StorefrontTrust, StorefrontHost,
GiftBasket, GiftBasketComponent; port `envoy.py`.
Emits: StorefrontOpened, ProductRefused, HostLost.
May know: catalogue, delivery, directory, payments.
"""
