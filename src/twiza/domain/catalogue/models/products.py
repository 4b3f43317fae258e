"""What cooperatives make: kinds shared by all, products owned by one, variants with a price."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models import StoryRecording
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.pictures.models import Picture
from twiza.foundation.pictures.states import PictureState
from twiza.kit.quantities import named_content, unit_price
from twiza.kit.translations import translated

MOST_STEPS = 3  # prices for many of one size


class Withdrawal(models.TextChoices):
    """Whether a buyer may send it back within the legal days (law 31-08)."""

    STANDARD = "standard", _("may be returned within 7 days")
    PERISHABLE = "perishable", _("cannot be returned: it perishes")
    MADE_TO_ORDER = "made_to_order", _("cannot be returned: made to order")


class Way(models.TextChoices):
    """How somebody who orders it comes to it."""

    SHELF = "shelf", _("ready to leave")
    MADE_TO_ORDER = "made_to_order", _("made to order")
    PREORDER = "preorder", _("reserved before it is there")


class Allergen(models.TextChoices):
    """The fourteen that food names on its label."""

    GLUTEN = "gluten", _("wheat, barley, rye or oats (gluten)")
    MILK = "milk", _("milk")
    EGGS = "eggs", _("eggs")
    NUTS = "nuts", _("almonds, walnuts and other nuts")
    PEANUTS = "peanuts", _("peanuts")
    SESAME = "sesame", _("sesame")
    FISH = "fish", _("fish")
    CRUSTACEANS = "crustaceans", _("shrimps and crabs")
    MOLLUSCS = "molluscs", _("mussels, oysters and snails")
    SOYA = "soya", _("soya")
    CELERY = "celery", _("celery")
    MUSTARD = "mustard", _("mustard")
    LUPIN = "lupin", _("lupin")
    SULPHITES = "sulphites", _("sulphites")


class ProductKind(models.Model):
    """One word for what many cooperatives make. A kind with no parent is a family."""

    code = models.SlugField(max_length=40, primary_key=True)
    family = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="kinds")
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    name_zgh = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80)
    drawing = models.CharField(max_length=30)
    tint = models.CharField(max_length=7)
    withdrawal = models.CharField(max_length=14, choices=Withdrawal, default=Withdrawal.STANDARD)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")
        constraints = [
            models.CheckConstraint(condition=Q(tint__regex=r"^#[0-9a-f]{6}$"), name="kind_tint_is_a_colour"),
            models.CheckConstraint(
                condition=Q(withdrawal__in=["standard", "perishable", "made_to_order"]), name="kind_withdrawal_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")


class Product(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("on sale")
        RETIRED = "retired", _("retired")

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="products")
    kind = models.ForeignKey(ProductKind, on_delete=models.PROTECT, related_name="products")
    slug = models.SlugField(max_length=120, unique=True)
    short_number = models.PositiveSmallIntegerField(help_text="How the cooperative names it in a text message.")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    name_fr = models.CharField(max_length=120, blank=True)
    name_ar = models.CharField(max_length=120, blank=True)
    name_zgh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    story_fr = models.TextField(blank=True)
    story_ar = models.TextField(blank=True)
    story_zgh = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    ingredients_fr = models.CharField(max_length=400, blank=True)
    ingredients_ar = models.CharField(max_length=400, blank=True)
    allergens = ArrayField(
        models.CharField(max_length=11, choices=Allergen),
        null=True,
        blank=True,
        help_text="Empty: it holds none. Null: nobody said.",
    )
    storage_fr = models.CharField(max_length=200, blank=True)
    storage_ar = models.CharField(max_length=200, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(null=True, blank=True)
    origin_fr = models.CharField(max_length=120, blank=True)
    origin_ar = models.CharField(max_length=120, blank=True)
    folded_names = models.TextField(blank=True)
    withdrawal = models.CharField(max_length=14, choices=Withdrawal)
    season_months = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="1 to 12. Empty: sold all year."
    )
    made_to_order_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="It is made when somebody orders, and leaves within so many days."
    )
    preorder_ships_by = models.DateField(
        null=True, blank=True, help_text="It may be reserved until this day, by which it leaves at the latest."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "short_number"], name="product_short_number_once_per_cooperative"),
            models.CheckConstraint(condition=Q(short_number__gte=1, short_number__lte=999), name="product_short_number_is_short"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "retired"]), name="product_state_known"),
            models.CheckConstraint(condition=~Q(name_fr="", name_ar=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=Q(allergens__isnull=True) | Q(allergens__contained_by=Allergen.values), name="product_allergens_known"
            ),
            models.CheckConstraint(
                condition=Q(shelf_life_days__isnull=True) | Q(shelf_life_days__gte=1, shelf_life_days__lte=3650),
                name="product_shelf_life_of_ten_years_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="product_published_at_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawal__in=["standard", "perishable", "made_to_order"]), name="product_withdrawal_known"
            ),
            models.CheckConstraint(
                condition=Q(season_months__contained_by=list(range(1, 13))), name="product_season_of_known_months"
            ),
            models.CheckConstraint(
                condition=Q(made_to_order_days__isnull=True)
                | (Q(made_to_order_days__gte=1, made_to_order_days__lte=120, preorder_ships_by=None) & ~Q(withdrawal="standard")),
                name="product_made_to_order_is_not_returned",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-published_at", "-id"], condition=Q(state="published"), name="product_on_sale_by_kind"),
            models.Index(fields=["-published_at", "-id"], condition=Q(state="published"), name="product_on_sale"),
            GinIndex(fields=["folded_names"], opclasses=["gin_trgm_ops"], name="product_names_trigram"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def story(self) -> str:
        return translated(self, "story")

    @property
    def live_variants(self) -> list[Variant]:
        """Those one can still buy. Prefetch `variants` with the product."""
        return [variant for variant in self.variants.all() if variant.retired_at is None]

    @property
    def shown_photos(self) -> list[Photo]:
        """Those that are ready to be seen, the card's first. Prefetch `photos` with the product."""
        return [photo for photo in self.photos.all() if photo.is_shown]

    @property
    def has_awaited_photo(self) -> bool:
        return any(photo.is_awaited for photo in self.photos.all())

    @property
    def has_failed_photo(self) -> bool:
        return any(photo.state == PictureState.FAILED for photo in self.photos.all())

    @property
    def is_on_sale(self) -> bool:
        """Published, by a cooperative that everybody may see. Select `cooperative` with the product."""
        return self.state == self.State.PUBLISHED and self.cooperative.state in SHOWN_TO_ALL

    @property
    def is_returnable(self) -> bool:
        return self.withdrawal == Withdrawal.STANDARD


class Variant(models.Model):
    """What is put in the basket: a jar of 500 g, a rug of 120 × 180."""

    class SaleMode(models.TextChoices):
        PIECE = "piece", _("by the piece")
        PACK = "pack", _("by the pack")
        WEIGHED = "weighed", _("by weight")

    class Unit(models.TextChoices):
        GRAM = "g", "g"
        MILLILITRE = "ml", "ml"
        PIECE = "piece", _("piece")

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    name_fr = models.CharField(max_length=80, blank=True)
    name_ar = models.CharField(max_length=80, blank=True)
    sale_mode = models.CharField(max_length=7, choices=SaleMode, default=SaleMode.PACK)
    net_content = models.DecimalField(max_digits=12, decimal_places=3, help_text="About how much, of what is weighed.")
    net_unit = models.CharField(max_length=5, choices=Unit)
    gross_weight_grams = models.PositiveIntegerField()
    packed_cm3 = models.PositiveIntegerField(
        null=True, blank=True, help_text="How large one is, packed; empty when nobody measured."
    )
    price_centimes = models.PositiveIntegerField()
    many_from = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="From how many pieces on.")
    many_centimes = ArrayField(
        models.PositiveIntegerField(), default=list, blank=True, help_text="What each piece costs from so many on."
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    size_number = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="Its place among the sizes of its product, retired ones too. The table gives it."
    )

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["product", "size_number"], name="variant_size_number_once_per_product"),
            models.CheckConstraint(condition=Q(size_number__gte=1), name="variant_size_number_above_zero"),
            models.UniqueConstraint(
                fields=["product", "net_content", "net_unit", "name_fr", "name_ar"],
                condition=Q(retired_at__isnull=True),
                name="variant_once_per_product",
            ),
            models.CheckConstraint(condition=Q(price_centimes__gt=0), name="variant_price_above_zero"),
            models.CheckConstraint(
                condition=Q(many_from__len=F("many_centimes__len"), many_from__len__lte=MOST_STEPS), name="variant_many_pairs"
            ),
            models.CheckConstraint(condition=Q(net_content__gt=0), name="variant_content_above_zero"),
            models.CheckConstraint(condition=Q(net_unit__in=["g", "ml", "piece"]), name="variant_unit_known"),
            models.CheckConstraint(condition=Q(sale_mode__in=["piece", "pack", "weighed"]), name="variant_sale_mode_known"),
            models.CheckConstraint(
                condition=~Q(net_unit="g") | Q(gross_weight_grams__gte=F("net_content")), name="variant_gross_weight_holds_net"
            ),
            models.CheckConstraint(condition=~Q(sale_mode="weighed") | Q(net_unit="g"), name="variant_weighed_in_grams"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.content}"

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def content(self) -> str:
        """As on the label, in the reader's language: `500 g`, `rouge, 120 × 180`."""
        return self.content_in(get_language() or "fr")

    def content_in(self, language: str) -> str:
        name = translated(self, "name", language)
        return named_content(name, self.net_content, self.net_unit, language, is_about=self.is_weighed)

    @property
    def is_weighed(self) -> bool:
        """Its real weight is only known when it is packed, and is what the buyer pays."""
        return self.sale_mode == self.SaleMode.WEIGHED

    @property
    def prices_for_many(self) -> list[tuple[int, int]]:
        """(from so many pieces, centimes each), fewest first. One that is no lower than the price by the piece any more is
        passed over until somebody changes it."""
        steps = zip(self.many_from, self.many_centimes, strict=True)
        return [(pieces, centimes) for pieces, centimes in steps if centimes < self.price_centimes]

    def price_for(self, pieces: int) -> int:
        """What each costs in centimes when so many are bought at once."""
        return min([self.price_centimes, *(centimes for least, centimes in self.prices_for_many if pieces >= least)])

    @property
    def unit_price(self) -> tuple[int, str] | None:
        """(centimes, unit) per kilo, litre or piece."""
        return unit_price(self.price_centimes, self.net_content, self.net_unit)


class Photo(Picture):
    """A picture of a product. The first one stands on its card."""

    folder = "products"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")


class ProductRecording(models.Model):
    """How it is made, told by somebody who makes it."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="recording")
    file = models.FileField(upload_to="recordings")
    media_type = models.CharField(max_length=20)
    size_bytes = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty where the file does not say.")
    language = models.CharField(max_length=3, choices=StoryRecording.Language)
    transcript = models.TextField(blank=True, help_text="The same words written, for whoever cannot hear them.")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["ary", "shi", "tzm", "rif", "mey", "ar", "fr"]), name="product_recording_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.language}"


class ProductMove(models.Model):
    """A product that followed its cooperative into another page, and what it was called before in text messages."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="moves")
    merge = models.ForeignKey("directory.Merge", on_delete=models.PROTECT, related_name="+")
    short_number = models.PositiveSmallIntegerField(help_text="Its number before.")
    moved_at = models.DateTimeField(auto_now_add=True)
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["product", "merge"], name="product_moves_once_per_merge")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.merge_id}"


class ProductClaim(models.Model):
    """The cooperative says that the product carries a label. It is shown only while the certificate holds for it."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="claims")
    accreditation = models.ForeignKey("directory.Accreditation", on_delete=models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["product", "accreditation"], name="product_claims_a_label_once")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.accreditation_id}"
