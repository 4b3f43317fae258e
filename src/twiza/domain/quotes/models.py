"""What was asked and what was answered. Everything is copied: a pro-forma does not follow later changes."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy

from twiza.kit import clock
from twiza.kit.countries import HOME, country_name
from twiza.kit.phone import is_mobile
from twiza.kit.quantities import named_content
from twiza.kit.translations import translated

MOST_PIECES = 100_000
MOST_WORDS = 500
ANSWERED = ("answered", "accepted", "sent", "withdrawn")


def unguessable() -> str:
    return secrets.token_urlsafe(16)


class Sending(models.TextChoices):
    """What a cooperative says of a product and a country."""

    SHIPS = "ships", pgettext_lazy("to a country", "we send it there")
    QUOTE = "quote", pgettext_lazy("to a country", "only after a quote")
    NEVER = "never", pgettext_lazy("to a country", "we cannot send it there")


class CountryTerm(models.Model):
    """Whether a product goes to a country, since that moment. Rows are added, never changed: the newest holds."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="country_terms")
    country = models.CharField(max_length=2)
    sending = models.CharField(max_length=5, choices=Sending)
    reason = models.CharField(max_length=240, blank=True, help_text="Why not; whoever asks reads it.")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("country", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(sending__in=["ships", "quote", "never"]), name="country_term_sending_known"),
            models.CheckConstraint(condition=~Q(sending="never") | ~Q(reason=""), name="country_term_never_says_why"),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="country_term_country_iso"),
        ]
        indexes = [models.Index(fields=["product", "country", "-id"], name="country_term_newest")]

    def __str__(self) -> str:
        return f"{self.country}: {self.sending}"

    @property
    def country_name(self) -> str:
        return country_name(self.country, get_language() or "fr")


class Quote(models.Model):
    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a quote", "waiting for an answer")
        ANSWERED = "answered", pgettext_lazy("a quote", "answered")
        REFUSED = "refused", pgettext_lazy("a quote", "refused")
        ACCEPTED = "accepted", pgettext_lazy("a quote", "accepted")
        SENT = "sent", pgettext_lazy("a quote", "sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("a quote", "taken back")

    token = models.CharField(max_length=40, unique=True, default=unguessable)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="quotes")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    name_fr = models.CharField(max_length=120, blank=True)
    name_ar = models.CharField(max_length=120, blank=True)
    variant_name_fr = models.CharField(max_length=80, blank=True)
    variant_name_ar = models.CharField(max_length=80, blank=True)
    net_content = models.DecimalField(max_digits=12, decimal_places=3)
    net_unit = models.CharField(max_length=5)
    quantity = models.PositiveIntegerField()
    country = models.CharField(max_length=2)
    asker_name = models.CharField(max_length=120)
    asker_phone = models.CharField(max_length=16, blank=True)
    asker_email = models.EmailField(blank=True)
    purpose = models.CharField(max_length=MOST_WORDS, blank=True)
    language = models.CharField(max_length=3)
    asked_at = models.DateTimeField(default=clock.now)
    # The answer.
    price_centimes = models.PositiveBigIntegerField(null=True, blank=True, help_text="Of one.")
    delivery_centimes = models.PositiveBigIntegerField(null=True, blank=True)
    total_centimes = models.PositiveBigIntegerField(null=True, blank=True)
    deposit_centimes = models.PositiveBigIntegerField(default=0, help_text="Of the total, wanted before anything is prepared.")
    valid_until = models.DateField(null=True, blank=True, help_text="The last day it can be accepted.")
    prepare_days = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    refusal_reason = models.CharField(max_length=240, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_under_mandate = models.BooleanField(default=False)
    seller_name_fr = models.CharField(max_length=240, blank=True)
    seller_name_ar = models.CharField(max_length=240, blank=True)
    seller_registration = models.CharField(max_length=120, blank=True)
    seller_place_fr = models.CharField(max_length=240, blank=True)
    seller_place_ar = models.CharField(max_length=240, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_by_mail = models.CharField(max_length=40, blank=True, help_text="What its asker was last written by e-mail.")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "answered", "refused", "accepted", "sent", "withdrawn"]), name="quote_state_known"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="quote_has_a_quantity"),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="quote_country_iso"),
            models.CheckConstraint(condition=~Q(asker_phone="", asker_email=""), name="quote_asker_can_be_reached"),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED)
                | Q(
                    total_centimes=F("price_centimes") * F("quantity") + F("delivery_centimes"),
                    valid_until__isnull=False,
                    prepare_days__isnull=False,
                ),
                name="quote_answered_is_exact",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(refusal_reason=""), name="quote_refused_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "sent"]) ^ Q(accepted_at__isnull=True), name="quote_accepted_at_a_moment"
            ),
            models.CheckConstraint(condition=Q(state="sent") ^ Q(sent_at__isnull=True), name="quote_sent_at_a_moment"),
            models.CheckConstraint(
                condition=Q(deposit_centimes=0) | Q(deposit_centimes__lte=F("total_centimes")), name="quote_deposit_within_total"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="quote_by_cooperative"),
            models.Index(fields=["asked_at"], name="quote_by_moment"),
        ]

    def __str__(self) -> str:
        return f"quote {self.pk}"

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def content(self) -> str:
        return named_content(translated(self, "variant_name"), self.net_content, self.net_unit, get_language() or "fr")

    @property
    def country_name(self) -> str:
        return country_name(self.country, get_language() or "fr")

    @property
    def is_abroad(self) -> bool:
        return self.country != HOME

    @property
    def seller_name(self) -> str:
        return translated(self, "seller_name")

    @property
    def seller_place(self) -> str:
        return translated(self, "seller_place")

    @property
    def items_centimes(self) -> int:
        """Without delivery; ask of an answered one."""
        return (self.price_centimes or 0) * self.quantity

    @property
    def is_lapsed(self) -> bool:
        """Answered, and its last day is over in Morocco."""
        return self.state == Quote.State.ANSWERED and self.valid_until is not None and self.valid_until < clock.today()

    @property
    def can_be_accepted(self) -> bool:
        return self.state == Quote.State.ANSWERED and not self.is_lapsed

    @property
    def is_told_by_text(self) -> bool:
        """Texts go to Moroccan mobile telephones only."""
        return self.asker_phone.startswith("+212") and is_mobile(self.asker_phone)

    @property
    def is_accepted(self) -> bool:
        """Also when it left since."""
        return self.state in {Quote.State.ACCEPTED, Quote.State.SENT}

    @property
    def has_pro_forma(self) -> bool:
        return self.is_accepted or self.can_be_accepted

    @property
    def reference(self) -> str:
        """What its stock leaves under."""
        return f"quote:{self.pk}"


class QuoteReceipt(models.Model):
    """Money that the cooperative had for a quote. Rows are added, never changed."""

    class How(models.TextChoices):
        TRANSFER = "transfer", pgettext_lazy("money received", "by bank transfer")
        MONEY_ORDER = "money_order", pgettext_lazy("money received", "by money order or a cash agency")
        CASH = "cash", pgettext_lazy("money received", "in cash")

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="receipts")
    amount_centimes = models.PositiveBigIntegerField()
    how = models.CharField(max_length=11, choices=How)
    received_on = models.DateField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)
    form_key = models.UUIDField(unique=True, help_text="Of the form that was sent: sent twice, it is one receipt.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_centimes__gte=1), name="quote_receipt_is_of_something"),
            models.CheckConstraint(condition=Q(how__in=["transfer", "money_order", "cash"]), name="quote_receipt_how_known"),
        ]

    def __str__(self) -> str:
        return f"quote {self.quote_id}: {self.amount_centimes}"
