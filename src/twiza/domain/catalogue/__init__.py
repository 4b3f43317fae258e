"""What cooperatives make and sell.

Owns: ProductKind, Product, Variant, Photo, ProductMove, ProductClaim.
Emits: ProductPublished, PriceChanged.
May know: directory.
"""
