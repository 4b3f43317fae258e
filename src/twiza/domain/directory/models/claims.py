"""Somebody says that a page of the directory is their cooperative's, and how they prove it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.states import ClaimState
from twiza.kit.clock import now

CODE_LIVES = timedelta(minutes=10)
MOST_WRONG_TRIES = 3
# How long members may say that they do not know who joined them.
OBJECTION = timedelta(hours=72)


def number_of(key: int) -> str:
    """What one answers with by text: three figures at first, never more than six."""
    return str(100 + key % 999_900)


class Claim(models.Model):
    """One person, one organisation; at most one open at a time."""

    class How(models.TextChoices):
        CODE = "code", _("Code to the number on file")
        PAPERS = "papers", _("Papers")

    class Role(models.TextChoices):
        PRESIDENT = "president", _("President")
        MEMBER = "member", _("Member")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    role = models.CharField(max_length=9, choices=Role)
    how = models.CharField(max_length=6, choices=How)
    state = models.CharField(max_length=9, choices=ClaimState, default=ClaimState.ASKED)
    words = models.CharField(max_length=500, blank=True, help_text="What the person says beside the papers.")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="asked"), name="claim_open")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["president", "member"]), name="claim_role_known"),
            models.CheckConstraint(condition=Q(how__in=["code", "papers"]), name="claim_how_known"),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="claim_decided_has_a_moment",
            ),
            models.UniqueConstraint(fields=["organisation", "person"], condition=Q(state="asked"), name="claim_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.organisation_id}: {self.state}"

    @property
    def number(self) -> str:
        """By which members name it in a text."""
        return number_of(self.pk)

    @property
    def waiting_code(self) -> ClaimCode | None:
        """The code that can still be typed: the last one sent, ten minutes long, three tries long."""
        if self.state != ClaimState.ASKED or self.how != self.How.CODE:
            return None
        codes = self.codes.filter(used_at=None, sent_at__gt=now() - CODE_LIVES, wrong_tries__lt=MOST_WRONG_TRIES)
        return codes.select_related("claim__organisation", "claim__person").order_by("-pk").first()


class ClaimCode(models.Model):
    """Six digits that went to a number on file. Only their imprint is kept."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="codes")
    phone = models.CharField(max_length=16)
    imprint = models.CharField(max_length=64)
    sent_at = models.DateTimeField(auto_now_add=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["phone", "sent_at"], name="claim_code_phone")]
        constraints = [models.CheckConstraint(condition=Q(wrong_tries__lte=3), name="claim_code_three_tries")]

    def __str__(self) -> str:
        return f"code of claim {self.claim_id}"


class ClaimPaper(models.Model):
    """A document that proves who somebody is. In the database, so that it has no address and goes when it is deleted."""

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PDF = "application/pdf", "PDF"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="papers")
    media_type = models.CharField(max_length=15, choices=MediaType)
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=["image/jpeg", "application/pdf"]), name="claim_paper_media_type")
        ]

    def __str__(self) -> str:
        return f"paper of claim {self.claim_id}"
