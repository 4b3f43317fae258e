"""What a plan says becomes true, by the same services as the buttons: one row, one transaction."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction

from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.services import (
    PRODUCT_TEXTS,
    ProductDetails,
    VariantDetails,
    add_variant,
    describe_product,
    publish_product,
    revise_product,
    set_price,
)
from twiza.domain.catalogue.services.picturing import add_photo
from twiza.domain.inventory.models import ImportedProduct, ProductImport, StockMovement
from twiza.domain.inventory.services.importing.planning import Plan, current_value
from twiza.domain.inventory.services.stock import count_stock, open_level

TEXTS = frozenset({"name_fr", "name_ar", "story_fr", "story_ar", "kind"})


@transaction.atomic
def write(plan: Plan, product_import: ProductImport) -> ImportedProduct:
    """The row's product and size are there and say what the row says; what was changed is remembered.

    Raises a DomainError, changing nothing, when something came between the plan and this.
    """
    variant, product = plan.matched.variant, plan.matched.product
    # What a list says of a photo counts once the photo is shown.
    said = {name: value for name, value in {**plan.said_before, **plan.said}.items() if name not in plan.news or name != "photo"}
    if variant is None or product is None:
        return _make(plan, product_import, said)
    known = ImportedProduct.objects.filter(product_import=product_import, variant=variant).first()
    if known is not None:
        return known  # this import was begun before, and came as far as here
    changed = _revise(product, variant, plan, product_import)
    return ImportedProduct.objects.create(
        product_import=product_import, variant=variant, line=plan.row.line, said=said, changed=changed
    )


def _make(plan: Plan, product_import: ProductImport, said: dict[str, Any]) -> ImportedProduct:
    by, product, row = product_import.by, plan.matched.product, plan.row
    size = VariantDetails(row.content.amount, row.content.unit, row.price_centimes, name_fr=row.content.name)
    if product is None:
        made = describe_product(plan.matched.cooperative, _details(plan), size, by=by)
        variant = made.variants.get()
    else:
        made = product
        news = {name: value for name, value in plan.news.items() if name in TEXTS}
        _revise_texts(product, news, product_import)
        variant = add_variant(product, size, by=by)
    open_level(variant.pk)
    if row.stock:
        count_stock(variant.pk, row.stock, by=by, reason=product_import.file_name)
    if product is None and product_import.is_put_on_sale:
        publish_product(made, by=by)
    return ImportedProduct.objects.create(
        product_import=product_import,
        variant=variant,
        line=row.line,
        said=said,
        made_product=product is None,
        made_variant=True,
    )


def _revise(product: Product, variant: Variant, plan: Plan, product_import: ProductImport) -> dict[str, Any]:
    """Says what changed, as field → [before, after]; of the stock also the last movement that is ours."""
    by, news = product_import.by, plan.news
    changed = {name: [current_value(name, product, variant), value] for name, value in news.items() if name != "photo"}
    _revise_texts(product, {name: value for name, value in news.items() if name in TEXTS}, product_import)
    if "price" in news:
        set_price(variant, news["price"], by=by)
    if "stock" in news:
        level = count_stock(variant.pk, news["stock"], by=by, reason=product_import.file_name)
        changed["stock"].append(StockMovement.objects.filter(level=level).values_list("pk", flat=True).first())
    return changed


def _revise_texts(product: Product, news: dict[str, Any], product_import: ProductImport) -> None:
    if news:
        revise_product(product, details_of(product, news), by=product_import.by)


def details_of(product: Product, news: dict[str, Any]) -> ProductDetails:
    """What is said of the product today, with this instead."""
    kind = ProductKind.objects.get(pk=news["kind"]) if "kind" in news else product.kind
    texts = {name: news.get(name, getattr(product, name)) for name in PRODUCT_TEXTS}
    return ProductDetails(kind, **texts, withdrawal="" if "kind" in news else product.withdrawal)


def _details(plan: Plan) -> ProductDetails:
    assert plan.kind is not None  # noqa: S101 -- the plan refuses a new product of no kind
    return ProductDetails(plan.kind, **plan.row.names, **plan.row.stories)


def show_photo(plan: Plan, imported: ImportedProduct, product_import: ProductImport) -> bool:
    """The product is shown by the row's photo, unless a list brought this very picture before; says whether it is new.

    Outside the row's transaction: a picture takes a while to be made small. Raises PhotoRefused.
    """
    product, sha256 = imported.variant.product, plan.said["photo"]
    counting = ImportedProduct.objects.filter(variant__product=product, product_import__undone_at=None)
    is_shown = counting.filter(said__photo=sha256).exclude(photo=None).exists()
    if not is_shown:
        imported.photo = add_photo(product, io.BytesIO(plan.photo), by=product_import.by, is_first=True)
        imported.changed = {**imported.changed, "photo": [None, sha256]}
    imported.said = {**imported.said, "photo": sha256}
    imported.save(update_fields=["said", "photo", "changed"])
    return not is_shown
