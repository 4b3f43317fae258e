"""What cooperatives make and sell.

Owns: ProductKind, Product, Variant, Photo, ProductRecording, ProductMove, ProductClaim, Maker, ProductMaker, ProductRating.
Emits: ProductPublished, PriceChanged, MakerAsked.
May know: directory.
"""
