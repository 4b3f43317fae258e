"""What cooperatives make and sell.

Owns: ProductKind, Product, Variant, Photo, ProductRecording, ProductMove, ProductClaim.
Emits: ProductPublished, PriceChanged.
May know: directory.
"""
