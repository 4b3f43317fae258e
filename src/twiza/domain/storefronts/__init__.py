"""The windows through which a part of the catalogue is shown.

Owns: Storefront, StorefrontCooperative, StorefrontRule, StorefrontProduct, StorefrontQuota, StorefrontWays, StorefrontPage,
StorefrontLook, StorefrontHome, StorefrontFeatured, ProductReview, StorefrontTrust.
Emits: StorefrontOpened, ProductRefused.
May know: catalogue, delivery, directory.
"""
