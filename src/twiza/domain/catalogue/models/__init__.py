"""What cooperatives make, and who makes it."""

from twiza.domain.catalogue.models.makers import Maker, ProductMaker
from twiza.domain.catalogue.models.products import (
    MOST_STEPS,
    Allergen,
    Photo,
    Product,
    ProductClaim,
    ProductKind,
    ProductMove,
    ProductRecording,
    Variant,
    Way,
    Withdrawal,
)
from twiza.domain.catalogue.models.ratings import ProductRating

__all__ = [
    "MOST_STEPS",
    "Allergen",
    "Maker",
    "Photo",
    "Product",
    "ProductClaim",
    "ProductKind",
    "ProductMaker",
    "ProductMove",
    "ProductRating",
    "ProductRecording",
    "Variant",
    "Way",
    "Withdrawal",
]
