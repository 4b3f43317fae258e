"""Stock in three words: on hand (what a person can count), allocated (promised to placed orders),
held (in somebody's checkout). Saleable is what remains, less what is past its date.

What is not there yet may be promised too, ahead: made to order, or reserved before a harvest. What arrives is kept for
those first.

Some of what is on hand may be known by lot: made on one day, good until another. The rest is loose.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models import Accreditation
from twiza.domain.inventory.states import ProductImportState
from twiza.kit import clock

# Read out on the telephone and typed from a label: nothing that looks like something else.
_LOT_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_lot_code() -> str:
    """Short enough for a label, long enough that nobody guesses another one."""
    return "".join(secrets.choice(_LOT_CODE_LETTERS) for _place in range(8))


class StockLevel(models.Model):
    variant = models.OneToOneField("catalogue.Variant", on_delete=models.PROTECT, related_name="stock")
    on_hand = models.PositiveIntegerField(default=0)
    allocated = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    in_lots = models.PositiveIntegerField(default=0, help_text="So many of those on hand are known by their lot.")
    ahead = models.PositiveIntegerField(default=0, help_text="Promised to placed orders before they are there.")
    reservable = models.PositiveIntegerField(default=0, help_text="So many more may be reserved before they are there.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0, allocated__gte=0, held__gte=0), name="stock_never_negative"),
            models.CheckConstraint(condition=Q(on_hand__gte=F("allocated") + F("held")), name="stock_promises_are_on_hand"),
            models.CheckConstraint(condition=Q(ahead__gte=0, reservable__gte=0), name="stock_ahead_never_negative"),
            models.CheckConstraint(condition=Q(in_lots__gte=0, in_lots__lte=F("on_hand")), name="stock_lots_are_on_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.on_hand}"


class StockMovement(models.Model):
    """Why a level changed. Rows are added, never changed; their sums are the level."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        COUNTED = "counted", _("counted")
        ALLOCATED = "allocated", _("promised to an order")
        RELEASED = "released", _("promise taken back")
        AHEAD = "ahead", _("promised before it is there")
        DISPATCHED = "dispatched", _("left with a parcel")
        RETURNED = "returned", _("came back with a parcel")
        DISCARDED = "discarded", _("thrown away")
        SOLD = "sold", _("sold at a stall")
        UNSOLD = "unsold", _("a sale at a stall taken back")

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind)
    on_hand_change = models.IntegerField(default=0)
    allocated_change = models.IntegerField(default=0)
    ahead_change = models.IntegerField(default=0)
    reference = models.CharField(max_length=60, blank=True, help_text="The cause, as `order-line:12`.")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference", "level"], condition=~Q(reference=""), name="stock_moves_once_per_cause"
            ),
            models.CheckConstraint(
                condition=~Q(on_hand_change=0, allocated_change=0, ahead_change=0), name="stock_movement_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_hand_change:+d}"


class StockHold(models.Model):
    """Kept for a basket in checkout, until a moment. A basket's holds are replaced, not added to."""

    level = models.ForeignKey(StockLevel, on_delete=models.CASCADE, related_name="holds")
    owner = models.CharField(max_length=60, help_text="As `cart:12`.")
    quantity = models.PositiveIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "level"], name="stock_hold_once_per_owner"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_hold_holds"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="stock_hold_expiry")]

    def __str__(self) -> str:
        return f"{self.owner}: {self.quantity}"


class RecallReason(models.TextChoices):
    """Why pieces that were made together are called back."""

    ALLERGEN = "allergen", _("an allergen is not on the label")
    SPOILT = "spoilt", _("it spoils before its date")
    FOREIGN_BODY = "foreign_body", _("something may be in it that does not belong there")
    WRONG_LABEL = "wrong_label", _("the label is wrong")
    FAILED_TEST = "failed_test", _("it did not pass a test")
    UNSAFE = "unsafe", _("it may be unsafe")


class Lot(models.Model):
    """Pieces made together. The code is on their labels and in the address of a public page."""

    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="lots")
    code = models.CharField(max_length=8, unique=True, default=new_lot_code)
    produced_on = models.DateField()
    best_before = models.DateField(null=True, blank=True, help_text="The last day it may be sold. Empty when it does not spoil.")
    on_hand = models.PositiveIntegerField(default=0)
    labels = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="What its product carried when it was received, as `aop AOP-7`.",
    )
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recall_reason = models.CharField(max_length=12, blank=True, choices=RecallReason)
    recall_is_wide = models.BooleanField(
        default=False, help_text="Told to whoever was sent the product since the lot was received."
    )

    class Meta:
        ordering = (F("best_before").asc(nulls_last=True), "pk")
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="lot_never_negative"),
            models.CheckConstraint(condition=Q(best_before__gte=F("produced_on")), name="lot_made_before_it_spoils"),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True, recalled_by__isnull=True, recall_reason="", recall_is_wide=False)
                | Q(recalled_at__isnull=False, recalled_by__isnull=False, recall_reason__in=RecallReason.values),
                name="lot_recalled_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.on_hand}"

    @property
    def labels_carried(self) -> list[str]:
        """The labels of that day, in the active language, with their numbers."""
        return [Accreditation.in_words(label) for label in self.labels]

    @property
    def is_past_date(self) -> bool:
        """Whether it may not be sold any more, in Morocco, today."""
        return self.best_before is not None and self.best_before < clock.today()

    @property
    def is_recalled(self) -> bool:
        return self.recalled_at is not None

    @property
    def is_fit(self) -> bool:
        """Whether it may be sold today."""
        return not (self.is_past_date or self.is_recalled)


class WhyWithdrawn(models.TextChoices):
    """Why a recall was one too many."""

    OTHER_LOT = "other_lot", _("another lot was meant")
    TESTED = "tested", _("it was tested, and it is good")
    MISTAKE = "mistake", _("it was recalled by mistake")


class WithdrawnRecall(models.Model):
    """A recall that was taken back: what it said, and why it holds no more. Rows are added, never changed."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="withdrawn_recalls")
    recalled_at = models.DateTimeField()
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recall_reason = models.CharField(max_length=12, choices=RecallReason)
    recall_was_wide = models.BooleanField()
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WhyWithdrawn)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(why__in=WhyWithdrawn.values), name="withdrawn_recall_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.why}"


class LotChange(models.Model):
    """Which lots a movement took from or added to. Rows are added, never changed; their sums are the lots."""

    movement = models.ForeignKey(StockMovement, on_delete=models.PROTECT, related_name="lots")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="changes")
    on_hand_change = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["movement", "lot"], name="lot_change_once_per_movement"),
            models.CheckConstraint(condition=~Q(on_hand_change=0), name="lot_change_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.on_hand_change:+d}"


class ProductImport(models.Model):
    """One list of products, and how far it has come. Once undone it stays, as the memory of what was read.

    Whoever sent it by a screen sees it grow: the file, its photos and its report lie in `folder` until `purged_at`.
    """

    cooperative = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Whose it all is."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    photos_name = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=32, blank=True, help_text="Empty when a command read it where it lay.")
    is_put_on_sale = models.BooleanField(default=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=9, choices=ProductImportState, default=ProductImportState.CHECKING)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the present step was begun.")
    trouble_code = models.CharField(max_length=40, blank=True)
    trouble_facts = models.JSONField(default=dict, blank=True)
    headings = models.JSONField(default=list, blank=True, help_text="By column: heading, first values, what we take it for.")
    column_map = models.JSONField(default=dict, blank=True, help_text="columns: heading → field; encoding, separator.")
    map_name = models.CharField(max_length=80, blank=True, help_text="The saved column map that was found by the headings.")
    rows_expected = models.PositiveIntegerField(null=True, blank=True)
    counts = models.JSONField(
        default=dict, blank=True, help_text="rows, created, updated, unchanged, rejected, warnings, faults."
    )
    first_faults = models.JSONField(default=list, blank=True)
    columns_not_read = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone = models.JSONField(default=dict, blank=True, help_text="removed, restored, kept, and which were kept why.")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProductImportState.values), name="product_import_state_known"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(trouble_code=""), name="product_import_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def kept_in(self) -> Path:
        return Path(settings.REGISTER_FOLDER) / f"products-{self.folder}"

    @property
    def file(self) -> Path:
        return self.kept_in / "products"

    @property
    def photos(self) -> Path:
        return self.kept_in / "photos"

    @property
    def report(self) -> Path:
        """Every fault of the last reading, a JSON object a line."""
        return self.kept_in / "faults.jsonl"

    @property
    def progress(self) -> Path:
        """How many rows the reading under way has read."""
        return self.kept_in / "progress"


class ImportedProduct(models.Model):
    """What one row of a list said of a variant, and what that changed: so that a list read again changes nothing, and an
    import can be undone without what was edited since."""

    product_import = models.ForeignKey(ProductImport, on_delete=models.PROTECT, related_name="products")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    said = models.JSONField(default=dict, help_text="Field → value, with what earlier lists said of it.")
    changed = models.JSONField(default=dict, blank=True, help_text="Field → [before, after].")
    made_product = models.BooleanField(default=False)
    made_variant = models.BooleanField(default=False)
    photo = models.ForeignKey("catalogue.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["product_import", "variant"], name="imported_product_once_per_import"),
        ]

    def __str__(self) -> str:
        return f"{self.product_import_id}: {self.line}"
