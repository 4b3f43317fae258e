"""What cooperatives make and sell.

Owns: ProductKind, Product, Variant, Photo, ProductMove.
Emits: ProductPublished, PriceChanged.
May know: directory.
"""
