"""Asking a carrier with a network to come for a parcel, and what it said of it since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Errand(models.Model):
    """A carrier with a network is asked to come for a parcel, however often under one and the same reference of ours."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("errand", "to ask")
        ASKING = "asking", pgettext_lazy("errand", "being asked")
        BOOKED = "booked", pgettext_lazy("errand", "the carrier comes")
        FAILED = "failed", pgettext_lazy("errand", "not asked")
        DROPPED = "dropped", pgettext_lazy("errand", "no longer needed")

    class Trouble(models.TextChoices):
        AWAY = "away", _("The carrier could not be reached.")
        BUSY = "busy", _("The carrier asks us to wait.")
        NO_ANSWER = "no_answer", _("The carrier fell silent. We ask whether it has the parcel before we ask again.")
        UNREADABLE = "unreadable", _("The carrier's answer could not be read.")
        CREDENTIALS = "credentials", _("The carrier does not know us: our keys are missing or wrong.")
        PLACE_UNKNOWN = "place_unknown", _("The carrier has no such place, or has it twice.")
        NOT_WHOLE_DIRHAMS = "not_whole_dirhams", _("The carrier collects whole dirhams only.")
        TOO_MUCH_CASH = "too_much_cash", _("The carrier does not collect that much.")
        DECLINED = "declined", _("The carrier does not take it.")

    fulfilment = models.OneToOneField("orders.Fulfilment", on_delete=models.PROTECT, related_name="errand")
    carrier = models.CharField(max_length=30, help_text="Its code.")
    reference = models.CharField(max_length=24, unique=True, help_text="What we call the parcel to the carrier.")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    code = models.CharField(max_length=60, blank=True, help_text="What the carrier calls it.")
    label_url = models.CharField(max_length=300, blank=True)
    fee_centimes = models.PositiveIntegerField(null=True, blank=True, help_text="What the carrier says it asks of us.")
    attempts = models.PositiveSmallIntegerField(default=0)
    may_exist = models.BooleanField(
        default=False, help_text="It was posted once: the carrier is asked whether it has it before the next."
    )
    trouble = models.CharField(max_length=17, choices=Trouble, blank=True)
    said = models.CharField(max_length=160, blank=True, help_text="The carrier's own words of the trouble.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True, help_text="When the carrier was last asked what became of it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asking", "booked", "failed", "dropped"]), name="errand_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="booked") | ~Q(code=""), name="errand_booked_has_a_code"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(trouble=""), name="errand_failed_says_why"),
            models.UniqueConstraint(fields=["carrier", "code"], condition=~Q(code=""), name="errand_code_once_per_carrier"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="errand_by_state")]

    def __str__(self) -> str:
        return self.reference


class CarrierWord(models.Model):
    """A status as the carrier said it. Each is kept once, also those that we do not understand."""

    errand = models.ForeignKey(Errand, on_delete=models.PROTECT, related_name="words")
    status = models.CharField(max_length=60)
    note = models.CharField(max_length=160, blank=True)
    reference = models.CharField(max_length=120, help_text="The word and its moment: heard again, it is the same.")
    is_known = models.BooleanField()
    heard_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When somebody read what we did not understand.")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["errand", "reference"], name="carrier_word_heard_once")]
        indexes = [
            models.Index(fields=["heard_at"], condition=Q(is_known=False, read_at__isnull=True), name="carrier_word_to_read")
        ]

    def __str__(self) -> str:
        return self.status
