"""What the cooperatives sell, how much it costs and how much of it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from twiza.demo.cooperatives import Seller
from twiza.demo.tables import rows_of
from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.selectors import kinds, label_choices, products_of
from twiza.domain.catalogue.services import (
    ProductDetails,
    VariantDetails,
    add_variant,
    describe_product,
    publish_product,
    set_sale_terms,
)
from twiza.domain.catalogue.services.labelling import claim_label
from twiza.domain.inventory.services import allow_reservations, count_stock, receive_lot, receive_stock
from twiza.kit import clock

# Packed weight in grams of what is sold by the piece; the rest is weighed by its content.
PIECE_GRAMS = {
    "rug": 4500,
    "hanbel": 2500,
    "garment": 900,
    "djellaba": 900,
    "linen": 600,
    "blanket": 1500,
    "cushion": 600,
    "scarf": 300,
    "hat": 150,
    "pottery": 1800,
    "tajine": 1800,
    "jug": 1800,
    "bowls": 450,
    "jewellery": 60,
    "brooch": 60,
    "ring": 60,
    "necklace": 60,
    "eggs": 70,
    "leather": 500,
    "wood": 600,
    "spoon": 150,
    "couscous-dish": 2000,
    "basket": 700,
}
MADE_TO_ORDER_STOCK = 2
# How long, in days, what is followed by lots is good. Long: nothing spoils while somebody looks at the demonstration.
KEEPS_DAYS = {"honey": 730, "olive-oil": 540, "argan-oil": 365, "saffron": 1095, "couscous": 365, "dates": 300}
LOT_AGES_DAYS = (40, 5)


def label_products(sellers: dict[str, Seller]) -> None:
    """Each product claims the labels that its cooperative's certificates cover."""
    for seller in sellers.values():
        for product in products_of(seller.cooperative):
            for choice in label_choices(product):
                if choice.refusal is None:
                    claim_label(product, choice.accreditation, by=seller.president)


def say_when_sold(sellers: dict[str, Seller]) -> None:
    """The lines of `sale_terms.tsv`: in which months, made to order, or reserved before it is there."""
    for row in rows_of("sale_terms"):
        seller = sellers[row["cooperative"]]
        product = next(one for one in products_of(seller.cooperative) if one.name_fr == row["name_fr"])
        months = tuple(int(month) for month in row["months"].split())
        leaves_in = int(row["leaves_in_days"] or 0)
        terms = SaleTerms(
            months, int(row["made_in_days"] or 0) or None, clock.today() + timedelta(leaves_in) if leaves_in else None
        )
        set_sale_terms(product, terms, by=seller.president)
        if leaves_in:
            for variant in product.live_variants:
                count_stock(variant.pk, 0, by=seller.president)
                allow_reservations([variant.pk], int(row["reservable"]), by=seller.president)


class Shelf:
    """Puts the lines of `products.tsv` on sale, one after the other."""

    def __init__(self, sellers: dict[str, Seller], chance: Random) -> None:
        self._sellers = sellers
        self._chance = chance
        self._kinds: dict[str, ProductKind] = {kind.code: kind for kind in kinds()}
        self._made: dict[tuple[str, str], Product] = {}
        self._weighed = {(row["cooperative"], row["name_fr"]) for row in rows_of("sale_terms") if row["weighed"]}

    def put(self, row: dict[str, str]) -> Variant:
        """The product is on sale with its stock; a second line of the same name is another size of it."""
        seller = self._sellers[row["cooperative"]]
        key = (row["cooperative"], row["name_fr"])
        if key in self._made:
            variant = add_variant(self._made[key], self._size(row), by=seller.president)
        else:
            product = describe_product(seller.cooperative, self._details(row), self._size(row), by=seller.president)
            self._made[key] = publish_product(product, by=seller.president)
            variant = product.variants.get()
        _fill(variant, row["kind"], self._stock(int(row["stock"])), seller)
        return variant

    def _details(self, row: dict[str, str]) -> ProductDetails:
        names = {name: row[name] for name in ("name_fr", "name_ar", "name_en", "story_fr", "story_ar")}
        return ProductDetails(self._kinds[row["kind"]], **names)

    def _size(self, row: dict[str, str]) -> VariantDetails:
        size = _variant(row)
        is_weighed = (row["cooperative"], row["name_fr"]) in self._weighed
        return replace(size, sale_mode=Variant.SaleMode.WEIGHED) if is_weighed else size

    def _stock(self, usual: int) -> int:
        """About the usual, a fifth more or less; the one rug there is stays one."""
        return usual if usual <= MADE_TO_ORDER_STOCK else usual + self._chance.randint(-(usual // 5), usual // 5)


def _fill(variant: Variant, kind: str, pieces: int, seller: Seller) -> None:
    """On the shelf: by two lots, made a month apart, where they are followed."""
    keeps = KEEPS_DAYS.get(kind)
    if keeps is None:
        receive_stock(variant.pk, pieces, by=seller.president)
        return
    for age, share in zip(LOT_AGES_DAYS, (pieces // 2, pieces - pieces // 2), strict=True):
        made = clock.today() - timedelta(days=age)
        if share:
            receive_lot(variant.pk, share, produced_on=made, best_before=made + timedelta(days=keeps), by=seller.president)


def _variant(row: dict[str, str]) -> VariantDetails:
    content, is_pieces = Decimal(row["content"]), row["unit"] == "piece"
    return VariantDetails(
        net_content=content,
        net_unit=row["unit"],
        price_centimes=int(Decimal(row["price_dh"]) * 100),
        gross_weight_grams=int(PIECE_GRAMS.get(row["kind"], 500) * content) if is_pieces else 0,
        sale_mode=Variant.SaleMode.PIECE if is_pieces and content == 1 else Variant.SaleMode.PACK,
    )
