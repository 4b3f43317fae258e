"""Describing, pricing, publishing and retiring what a cooperative makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify

from twiza.domain.catalogue.errors import ImplausiblePrice, NameMissing, PriceChangedMeanwhile, PromiseTooFar, SizeSoldAlready
from twiza.domain.catalogue.events import PriceChanged, ProductPublished
from twiza.domain.catalogue.locking import lock_cooperative, lock_variant
from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.rules import SaleTerms, may_edit, terms_of, withdrawal_under
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.foundation.search.services import note_change, note_changes
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words
from twiza.kit.money import plain

LEAST_PRICE_CENTIMES = 50
MOST_PRICE_CENTIMES = 5_000_000
# Paper, jar and box around a product whose packed weight nobody gave.
PACKAGING_PERCENT = 115
# What a product says in each language of the site.
PRODUCT_TEXTS = tuple(f"{field}_{code}" for field in ("name", "story") for code in ("fr", "ar", "zgh", "en"))
LONGEST_PROMISE = timedelta(days=366)


@dataclass(frozen=True)
class VariantDetails:
    """`net_content` in `net_unit` (g, ml, piece); the packed weight is estimated when it is 0, the size is not."""

    net_content: Decimal
    net_unit: str
    price_centimes: int
    gross_weight_grams: int = 0
    name_fr: str = ""
    name_ar: str = ""
    sale_mode: str = Variant.SaleMode.PACK
    packed_cm3: int | None = None


@dataclass(frozen=True)
class ProductDetails:
    kind: ProductKind
    name_fr: str = ""
    name_ar: str = ""
    name_zgh: str = ""
    name_en: str = ""
    story_fr: str = ""
    story_ar: str = ""
    story_zgh: str = ""
    story_en: str = ""
    withdrawal: str = ""


@dataclass(frozen=True)
class ProductFacts:
    """What a label says. `allergens` None: nobody said; empty: it holds none."""

    ingredients_fr: str = ""
    ingredients_ar: str = ""
    allergens: tuple[str, ...] | None = None
    storage_fr: str = ""
    storage_ar: str = ""
    shelf_life_days: int | None = None
    origin_fr: str = ""
    origin_ar: str = ""


@transaction.atomic
def describe_product(cooperative: Organisation, details: ProductDetails, variant: VariantDetails, *, by: User | None) -> Product:
    """The cooperative has a product, not on sale yet, under the next short number it can use in text messages.

    Raises NotFound when `by` does not speak for the cooperative; NameMissing; ImplausiblePrice.
    """
    _refuse_strangers(by, cooperative)
    if not (details.name_fr or details.name_ar):
        raise NameMissing
    lock_cooperative(cooperative.pk)
    product = Product.objects.create(
        cooperative=cooperative,
        kind=details.kind,
        slug=_free_slug(details.name_fr or details.name_ar, cooperative),
        short_number=_next_short_number(cooperative),
        withdrawal=details.withdrawal or details.kind.withdrawal,
        folded_names=_folded(details),
        **_texts(details),
    )
    add_variant(product, variant, by=by)
    record("catalogue.describe", subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{cooperative.pk}")
    return product


@transaction.atomic
def revise_product(product: Product, details: ProductDetails, *, by: User | None) -> Product:
    """The product reads as described. Orders already placed keep their words. Raises NotFound, NameMissing."""
    _refuse_strangers(by, product.cooperative)
    if not (details.name_fr or details.name_ar):
        raise NameMissing
    for field, text in _texts(details).items():
        setattr(product, field, text)
    product.kind = details.kind
    product.withdrawal = details.withdrawal or withdrawal_under(terms_of(product), details.kind.withdrawal)
    product.folded_names = _folded(details)
    product.save(update_fields=[*_texts(details), "kind", "withdrawal", "folded_names"])
    _note(product)
    record("catalogue.revise", subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")
    return product


@transaction.atomic
def state_facts(product: Product, facts: ProductFacts, *, by: User) -> Product:
    """The product's page says this of what is in it, how to keep it and where it is from. Raises NotFound."""
    if not may_edit(by, product):
        raise NotFound
    stated = {**vars(facts), "allergens": None if facts.allergens is None else list(facts.allergens)}
    for field, value in stated.items():
        setattr(product, field, value)
    product.save(update_fields=list(stated))
    record("catalogue.state_facts", subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")
    return product


@transaction.atomic
def set_sale_terms(product: Product, terms: SaleTerms, *, by: User) -> Product:
    """It is sold in these months and in this way from now on; what is made to order is not taken back.

    Orders already placed keep their promise. Raises NotFound, PromiseTooFar.
    """
    if not may_edit(by, product):
        raise NotFound
    check_promise(terms)
    product.season_months = sorted(terms.season_months)
    product.made_to_order_days = terms.made_to_order_days
    product.preorder_ships_by = terms.preorder_ships_by
    product.withdrawal = withdrawal_under(terms, product.kind.withdrawal)
    product.save(update_fields=["season_months", "made_to_order_days", "preorder_ships_by", "withdrawal"])
    _remember_addition("catalogue.set_sale_terms", product, by)
    return product


@transaction.atomic
def add_variant(product: Product, details: VariantDetails, *, by: User | None) -> Variant:
    """The product can also be had like this. Raises NotFound, ImplausiblePrice, SizeSoldAlready."""
    _refuse_strangers(by, product.cooperative)
    check_price(details.price_centimes)
    lock_cooperative(product.cooperative_id)
    same = product.variants.filter(retired_at=None, net_content=details.net_content, net_unit=details.net_unit)
    known = same.filter(name_fr=details.name_fr, name_ar=details.name_ar).first()
    if known is not None:
        raise SizeSoldAlready(product=product.name, content=known.content or "1")
    weighed = details if details.gross_weight_grams else replace(details, gross_weight_grams=_packed_weight(details))
    # What it costs at least may be another sum from now on.
    note_change("product", product.pk)
    _remember_addition("catalogue.add_variant", product, by)
    return Variant.objects.create(product=product, position=product.variants.count(), **vars(weighed))


@transaction.atomic
def publish_product(product: Product, *, by: User | None) -> Product:
    """The product is on sale. Others hear of it the first time (ProductPublished). Raises NotFound."""
    _refuse_strangers(by, product.cooperative)
    if product.state != Product.State.PUBLISHED:
        product.state = Product.State.PUBLISHED
        product.published_at = product.published_at or clock.now()
        product.save(update_fields=["state", "published_at"])
        record("catalogue.publish", subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")
        publish(ProductPublished(product_id=product.pk))
        _note(product)
    return product


@transaction.atomic
def retire_product(product: Product, *, by: User | None) -> Product:
    """The product is on sale no more. Placed orders are unaffected. Raises NotFound."""
    _refuse_strangers(by, product.cooperative)
    product.state = Product.State.RETIRED
    product.save(update_fields=["state"])
    record("catalogue.retire", subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")
    _note(product)
    return product


@transaction.atomic
def set_price(variant: Variant, price_centimes: int, *, by: User | None, seen_centimes: int | None = None) -> Variant:
    """From now on it costs this; baskets show the change before anybody pays (PriceChanged).

    Raises NotFound, ImplausiblePrice; PriceChangedMeanwhile when it does not cost `seen_centimes`, where that is said.
    """
    variant = lock_variant(variant.pk)
    _refuse_strangers(by, variant.product.cooperative)
    check_price(price_centimes)
    was = variant.price_centimes
    if seen_centimes not in {None, was}:
        raise PriceChangedMeanwhile(price=plain(was))
    if was != price_centimes:
        variant.price_centimes = price_centimes
        variant.save(update_fields=["price_centimes"])
        record(
            "catalogue.set_price",
            subject=f"variant:{variant.pk}",
            by=by,
            on_behalf_of=f"organisation:{variant.product.cooperative_id}",
            details={"was": was, "is": price_centimes},
        )
        publish(PriceChanged(variant_id=variant.pk, was_centimes=was, is_centimes=price_centimes))
        _note(variant.product)
    return variant


def _refuse_strangers(by: User | None, cooperative: Organisation) -> None:
    """Nobody (None) is whoever keeps the server, by a command."""
    if by is not None and not speaks_for(by, cooperative):
        raise NotFound


def _remember_addition(action: str, product: Product, by: User | None) -> None:
    record(action, subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")


def _note(product: Product) -> None:
    """It is found anew, and its cooperative by it; the cooperative's other products are as they were."""
    note_change("product", product.pk)
    note_changes("cooperative", [product.cooperative_id], alone=True)


@transaction.atomic
def follow_kind(kind: ProductKind) -> int:
    """What is of this kind, or of a kind of this family, is found by its names of today; says how many products."""
    products = list(Product.objects.filter(Q(kind=kind) | Q(kind__family=kind)).select_related("kind").order_by("pk"))
    for product in products:
        product.folded_names = _folded(product)
    Product.objects.bulk_update(products, ["folded_names"], batch_size=1_000)
    note_changes("product", [product.pk for product in products])
    note_changes("cooperative", sorted({product.cooperative_id for product in products}), alone=True)
    return len(products)


def check_price(price_centimes: int) -> None:
    """Raises ImplausiblePrice for what nobody asks for a product."""
    if not LEAST_PRICE_CENTIMES <= price_centimes <= MOST_PRICE_CENTIMES:
        raise ImplausiblePrice(least=f"{LEAST_PRICE_CENTIMES / 100:.2f}", most=MOST_PRICE_CENTIMES // 100)


def check_promise(terms: SaleTerms) -> None:
    """Raises PromiseTooFar for a day that is over, or that nobody waits for."""
    ships_by, today = terms.preorder_ships_by, clock.today()
    if ships_by is not None and not today <= ships_by <= today + LONGEST_PROMISE:
        raise PromiseTooFar(days=LONGEST_PROMISE.days)


def _packed_weight(details: VariantDetails) -> int:
    """A millilitre weighs about a gram; a piece of unknown weight counts as a pound."""
    net = details.net_content if details.net_unit in {"g", "ml"} else details.net_content * 500
    return int(net * PACKAGING_PERCENT / 100) + 1


def _texts(details: ProductDetails) -> dict[str, str]:
    return {name: getattr(details, name) for name in PRODUCT_TEXTS}


def _folded(details: ProductDetails | Product) -> str:
    kind = details.kind
    words = (details.name_fr, details.name_ar, details.name_zgh, details.name_en, kind.name_fr, kind.name_ar, kind.name_en)
    return fold_words(" ".join(words))


def _next_short_number(cooperative: Organisation) -> int:
    last = Product.objects.filter(cooperative=cooperative).aggregate(last=Max("short_number"))["last"]
    return (last or 0) + 1


def _free_slug(name: str, cooperative: Organisation) -> str:
    base = f"{slugify(name) or 'product'}-{cooperative.slug}"[:110].strip("-")
    taken = set(Product.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 1000))) if slug not in taken)
