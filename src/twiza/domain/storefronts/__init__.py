"""The windows through which a part of the catalogue is shown.

Owns: Storefront, StorefrontCooperative, StorefrontRule, StorefrontProduct, StorefrontQuota, StorefrontWays, StorefrontPage,
StorefrontLook, StorefrontHome, StorefrontFeatured.
Emits: StorefrontOpened.
May know: catalogue, delivery, directory.
"""
