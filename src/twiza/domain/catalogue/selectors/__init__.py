"""The catalogue's questions."""

from twiza.domain.catalogue.selectors.bands import BANDS, Band, band_of
from twiza.domain.catalogue.selectors.cards import CardPhoto, CardRow, CardVariant, card_rows, card_rows_of
from twiza.domain.catalogue.selectors.finding import Assortment, ProductFilters, ProductList, find_products
from twiza.domain.catalogue.selectors.products import (
    a_choice_of,
    allergen_names,
    families,
    families_and_kinds,
    get_product_for,
    get_product_photo,
    get_variant_for,
    kind_with,
    kinds,
    matching,
    product_by_slug,
    products_of,
    products_on_sale,
    retired_products_of,
    variant_on_sale,
    with_cards,
)
from twiza.domain.catalogue.selectors.tva import TvaClass, kinds_by_tva_class, tva_class_of, tva_class_of_kind

__all__ = [
    "BANDS",
    "Assortment",
    "Band",
    "CardPhoto",
    "CardRow",
    "CardVariant",
    "ProductFilters",
    "ProductList",
    "TvaClass",
    "a_choice_of",
    "allergen_names",
    "band_of",
    "card_rows",
    "card_rows_of",
    "families",
    "families_and_kinds",
    "find_products",
    "get_product_for",
    "get_product_photo",
    "get_variant_for",
    "kind_with",
    "kinds",
    "kinds_by_tva_class",
    "matching",
    "product_by_slug",
    "products_of",
    "products_on_sale",
    "retired_products_of",
    "tva_class_of",
    "tva_class_of_kind",
    "variant_on_sale",
    "with_cards",
]
