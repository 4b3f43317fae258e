"""One buyer's stars and words for one line that arrived, with the cooperative's one answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twiza.kit import clock

MOST_WORDS = 1_000
MOST_ANSWER = 600
MOST_NAME = 30
STARS = models.PositiveSmallIntegerField


class Hiding(models.TextChoices):
    """Why a review is not shown. That it is bad is no reason."""

    INSULT = "insult", _("it insults somebody")
    PERSONAL = "personal", _("it names a person, or says something private")
    OFF_TOPIC = "off_topic", _("it is not about this product")
    ADVERT = "advert", _("it is an advertisement")
    FALSE = "false", _("it says something that was proven wrong")


class Review(models.Model):
    """What is written of one line of an order; by constraint one for each."""

    line = models.OneToOneField("orders.OrderLine", on_delete=models.PROTECT, related_name="review")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="buyer_reviews")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="+")
    stars = STARS()
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    first_name = models.CharField(max_length=MOST_NAME, blank=True, help_text="As she agreed to be called; empty: a buyer.")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=3)
    written_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=MOST_ANSWER, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_because = models.CharField(max_length=9, choices=Hiding, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_one_to_five_stars"),
            models.CheckConstraint(condition=Q(commune__isnull=True) | ~Q(first_name=""), name="review_place_with_a_name"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="review_answer_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_because="", hidden_by__isnull=True)
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_because="")),
                name="review_hidden_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-id"], condition=Q(hidden_at__isnull=True), name="review_shown_newest"),
            models.Index(fields=["storefront", "-id"], name="review_by_storefront"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.stars}"

    @property
    def is_shown(self) -> bool:
        return self.hidden_at is None


class ReviewVersion(models.Model):
    """What a review, or its answer, said before it was changed. Added, never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="versions")
    stars = STARS()
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    answer = models.CharField(max_length=MOST_ANSWER, blank=True)
    until = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.review_id}: {self.stars}"
