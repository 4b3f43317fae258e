"""Taking a list of products back: what nobody has touched since goes, what somebody changed later stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.services import retire_product, revise_product, set_price
from twiza.domain.catalogue.services.picturing import forget_photos_of, remove_photo
from twiza.domain.inventory.errors import KeptProduct, ProductImportNotFound
from twiza.domain.inventory.locking import lock_levels, lock_product_import
from twiza.domain.inventory.models import ImportedProduct, ProductImport, StockLevel, StockMovement
from twiza.domain.inventory.services.importing.planning import current_value
from twiza.domain.inventory.services.importing.writing import TEXTS, details_of
from twiza.domain.inventory.services.stock import count_stock
from twiza.domain.inventory.states import ProductImportState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.search.services import note_change, note_changes
from twiza.kit.clock import now
from twiza.kit.folding import fold_words

MOST_NAMED = 100
COUNTED_BY_HAND = (StockMovement.Kind.COUNTED, StockMovement.Kind.RECEIVED, StockMovement.Kind.DISCARDED)
# What no list says: whoever wrote it has made the product theirs.
SAID_ELSEWHERE = (
    "ingredients_fr", "ingredients_ar", "storage_fr", "storage_ar", "season_months", "made_to_order_days", "preorder_ships_by",
)  # fmt: skip


@dataclass(frozen=True)
class ProductUndoOutcome:
    """`removed` products and sizes are gone; `restored` say again what they said before; `kept` stay as they are."""

    batch: int
    removed: int
    restored: int
    kept: int
    kept_products: tuple[KeptProduct, ...]
    was_undone_before: bool


def undo_product_import(batch_id: int, *, by: User | None, dry_run: bool = False) -> ProductUndoOutcome:
    """What is sold is as if this list had not been read, but for what was edited and ordered since.

    A product it brought that somebody ordered is taken off sale. A second undoing changes nothing.
    Raises ProductImportNotFound.
    """
    with transaction.atomic():
        product_import = lock_product_import(batch_id)
        # One that broke off in the middle can be taken back too.
        if product_import is None or not (product_import.imported_at or product_import.products.exists()):
            raise ProductImportNotFound(batch=batch_id)
        undoing = _Undoing(product_import, by)
        was_undone_before = product_import.undone_at is not None
        if not was_undone_before:
            undoing.run()
            _remember(product_import, undoing.outcome(was_undone_before=False), by)
        outcome = undoing.outcome(was_undone_before=was_undone_before)
        transaction.set_rollback(dry_run)
    return outcome


def _remember(product_import: ProductImport, outcome: ProductUndoOutcome, by: User | None) -> None:
    counts = {"removed": outcome.removed, "restored": outcome.restored, "kept": outcome.kept}
    product_import.state = ProductImportState.UNDONE
    product_import.undone_at, product_import.undone_by = now(), by
    product_import.undone = {**counts, "kept_products": [vars(one) for one in outcome.kept_products]}
    product_import.save()
    record("inventory.undo_import", subject=f"product-import:{product_import.pk}", by=by, details=counts)


@dataclass
class _Undoing:
    """The counts of one undoing, from its last row to its first."""

    product_import: ProductImport
    by: User | None
    removed: int = 0
    restored: int = 0
    kept: dict[int, KeptProduct] = field(default_factory=dict)

    def run(self) -> None:
        rows = ImportedProduct.objects.filter(product_import=self.product_import)
        made = list(rows.filter(made_product=True).order_by("-pk").values_list("variant__product", flat=True))
        for product_id in made:
            self._take_back_product(Product.objects.select_related("cooperative", "kind").get(pk=product_id))
        others = rows.exclude(variant__product__in=made).select_related("variant__product__cooperative", "variant__product__kind")
        for row in others.order_by("-pk").iterator(chunk_size=500):
            self._take_back_row(row)

    def outcome(self, *, was_undone_before: bool) -> ProductUndoOutcome:
        named = tuple(list(self.kept.values())[:MOST_NAMED])
        return ProductUndoOutcome(self.product_import.pk, self.removed, self.restored, len(self.kept), named, was_undone_before)

    def _take_back_product(self, product: Product) -> None:
        rows = list(ImportedProduct.objects.filter(product_import=self.product_import, variant__product=product))
        variants = list(product.variants.all())
        lock_levels([variant.pk for variant in variants])
        is_in_its_state = product.state == (
            Product.State.PUBLISHED if self.product_import.is_put_on_sale else Product.State.DRAFT
        )
        if self._is_in_other_list(variants):
            self._keep(product, "other_list")
        elif not is_in_its_state or not _is_as_brought(product, variants, rows):
            self._keep(product, "edited")
        elif _remove(product, variants):
            self.removed += 1
        else:
            retire_product(product, by=None)
            self._keep(product, "in_use")

    def _take_back_row(self, row: ImportedProduct) -> None:
        product = row.variant.product
        product.refresh_from_db()
        lock_levels([row.variant_id])
        if row.made_variant and not self._take_back_size(row):
            return
        if not row.changed or row.made_variant:
            return
        if _restore(row):
            self.restored += 1
        else:
            self._keep(product, "edited")

    def _take_back_size(self, row: ImportedProduct) -> bool:
        variant, product = row.variant, row.variant.product
        if self._is_in_other_list([variant]) or not _is_size_as_brought(variant, row):
            self._keep(product, "edited")
            return False
        if _remove(None, [variant]):
            self.removed += 1
        else:
            variant.retired_at = now()
            variant.save(update_fields=["retired_at"])
            self._keep(product, "in_use")
        note_change("product", product.pk)
        return True

    def _is_in_other_list(self, variants: Iterable[Variant]) -> bool:
        counting = ImportedProduct.objects.filter(
            variant__in=[variant.pk for variant in variants], product_import__undone_at=None
        )
        return counting.exclude(product_import=self.product_import).exists()

    def _keep(self, product: Product, reason: str) -> None:
        self.kept.setdefault(product.pk, KeptProduct(product.slug, product.name, reason))


def _is_as_brought(product: Product, variants: list[Variant], rows: list[ImportedProduct]) -> bool:
    """Nobody has changed a word, a price, a number or a photo of it, nor said more of it."""
    by_variant = {row.variant_id: row for row in rows}
    photos = {row.photo_id for row in rows if row.photo_id}
    said = {name: value for row in rows for name, value in row.said.items() if name in TEXTS}
    return (
        set(by_variant) == {variant.pk for variant in variants}
        and set(product.photos.values_list("pk", flat=True)) == photos
        and all(_says(product, name, value) for name, value in said.items())
        and not any(getattr(product, name) for name in SAID_ELSEWHERE)
        and all(_is_size_as_brought(variant, by_variant[variant.pk]) for variant in variants)
    )


def _is_size_as_brought(variant: Variant, row: ImportedProduct) -> bool:
    """One number of pieces was counted, by us; what was sold since is no edit of it."""
    own = 1 if row.said.get("stock") else 0
    by_hand = StockMovement.objects.filter(level__variant=variant, kind__in=COUNTED_BY_HAND).count()
    return variant.price_centimes == row.said["price"] and by_hand == own and not variant.lots.exists()


def _says(product: Product, name: str, value: Any) -> bool:
    now_said = current_value(name, product, None)
    return bool(now_said == value) or (name in {"name_fr", "name_ar"} and fold_words(now_said) == fold_words(value))


def _remove(product: Product | None, variants: Iterable[Variant]) -> bool:
    """All that was brought is gone; or nothing, when somebody ordered it or it lies in a basket."""
    ids = [variant.pk for variant in variants]
    try:
        with transaction.atomic():
            ImportedProduct.objects.filter(variant__in=ids).delete()
            StockMovement.objects.filter(level__variant__in=ids).delete()
            StockLevel.objects.filter(variant__in=ids).delete()
            Variant.objects.filter(pk__in=ids).delete()
            if product is not None:
                cooperative_id = product.cooperative_id
                note_change("product", product.pk)
                forget_photos_of(product)
                product.delete()
                note_changes("cooperative", [cooperative_id], alone=True)
    except ProtectedError:
        return False
    return True


def _restore(row: ImportedProduct) -> bool:
    """What the row changed is as before, where nobody changed it since; says whether anything is."""
    variant, product = row.variant, row.variant.product
    back = {
        name: before for name, (before, after, *_rest) in row.changed.items() if name in TEXTS and _says(product, name, after)
    }
    if back:
        revise_product(product, details_of(product, back), by=None)
    is_price_ours = "price" in row.changed and variant.price_centimes == row.changed["price"][1]
    if is_price_ours:
        set_price(variant, row.changed["price"][0], by=None)
    photo = row.photo
    if photo is not None:
        remove_photo(photo, by=None)
    return any([back, is_price_ours, _restore_stock(row), photo])


def _restore_stock(row: ImportedProduct) -> bool:
    """The pieces that the list added or took are taken or added again, unless somebody counted since."""
    if "stock" not in row.changed:
        return False
    before, after, movement = row.changed["stock"]
    level = lock_levels([row.variant_id])[row.variant_id]
    since = level.movements.filter(pk__gt=movement, kind__in=COUNTED_BY_HAND)
    becomes = level.on_hand - (after - before)
    if since.exists() or becomes < level.allocated:
        return False
    count_stock(row.variant_id, becomes, by=None, reason=row.product_import.file_name)
    return True
