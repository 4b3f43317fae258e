"""What was heard of parcels."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ParcelNews(models.Model):
    """What its cooperative, or whoever brings it, said of a parcel. Rows are added, never changed.

    News may come twice, late and in any order: each is kept once, and `moved` says whether the parcel moved by it.
    """

    class What(models.TextChoices):
        IN_TRANSIT = "in_transit", pgettext_lazy("parcel", "with the carrier")
        MISSED = "missed", pgettext_lazy("parcel", "could not be given")
        DELIVERED = "delivered", _("delivered")
        REFUSED = "refused", pgettext_lazy("parcel", "on its way back")
        LOST = "lost", pgettext_lazy("parcel", "lost")
        RETURNED = "returned", pgettext_lazy("parcel", "back at the cooperative")

    class Reason(models.TextChoices):
        """Why nobody took it."""

        NOBODY_HOME = "nobody_home", _("nobody was at home")
        NO_ANSWER = "no_answer", _("nobody answered the telephone")
        NOT_FOUND = "not_found", _("the place was not found")
        ANOTHER_DAY = "another_day", _("the buyer asked for another day")
        NOT_WANTED = "not_wanted", _("the buyer does not want it any more")
        NOT_AS_ORDERED = "not_as_ordered", _("it is not what was ordered")
        TOO_LATE = "too_late", _("it came too late")
        NO_MONEY = "no_money", _("the buyer did not have the money")
        NEVER_TAKEN = "never_taken", _("nobody took it")

    fulfilment = models.ForeignKey("orders.Fulfilment", on_delete=models.PROTECT, related_name="news")
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    on = models.DateField(help_text="The day on which it happened, in Morocco.")
    source = models.CharField(max_length=30, help_text="`cooperative`, or the carrier's code.")
    reference = models.CharField(max_length=80, help_text="What the source calls this news: heard again, it is the same.")
    moved = models.BooleanField(help_text="Whether the parcel moved by it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "parcel news"
        constraints = [
            models.UniqueConstraint(fields=["fulfilment", "source", "reference"], name="parcel_news_heard_once"),
            models.CheckConstraint(
                condition=Q(what__in=["in_transit", "missed", "delivered", "refused", "lost", "returned"]),
                name="parcel_news_known",
            ),
            models.CheckConstraint(condition=~Q(what__in=["missed", "refused"], reason=""), name="parcel_news_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
