"""What cooperatives make and sell.

Owns: ProductKind, Product, Variant, Photo.
Emits: ProductPublished, PriceChanged.
May know: directory.
"""
