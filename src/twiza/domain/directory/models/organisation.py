"""The root that never changes: addresses, keys and history hang on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.states import OrganisationState

if TYPE_CHECKING:
    from twiza.domain.directory.models.revision import Revision


COOPERATIVE_KINDS = ("cooperative", "union", "federation", "gie")


class Organisation(models.Model):
    """A cooperative, a union of them, an operator or a partner. What is said of it is in its revisions."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("Cooperative")
        UNION = "union", _("Union of cooperatives")
        FEDERATION = "federation", _("Federation")
        GIE = "gie", _("Economic interest group")
        OPERATOR = "operator", _("Operator")
        PARTNER = "partner", _("Partner")

    class ConfirmedBy(models.TextChoices):
        COOPERATIVE = "cooperative", _("the cooperative")
        KEEPER = "keeper", _("the register's office")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=OrganisationState, default=OrganisationState.LISTED)
    created_at = models.DateTimeField(auto_now_add=True)
    published_revision = models.ForeignKey(
        "directory.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    keeps_register = models.BooleanField(
        default=False, help_text="Its people import the register, weigh duplicates and check claims."
    )
    data_declaration = models.CharField(
        max_length=40, blank=True, help_text="The number of its receipt from the CNDP, for the data of buyers (law 09-08)."
    )
    is_fictional = models.BooleanField(default=False, help_text="Made for a demonstration; every page says so.")
    last_confirmed_on = models.DateField(null=True, blank=True, help_text="The last day somebody said: this is still true.")
    last_confirmed_by = models.CharField(max_length=11, choices=ConfirmedBy, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "state"], name="organisation_kind_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_confirmed_on__isnull=True, last_confirmed_by="")
                | Q(last_confirmed_on__isnull=False, last_confirmed_by__in=["cooperative", "keeper"]),
                name="organisation_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["cooperative", "union", "federation", "gie", "operator", "partner"]),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["listed", "claimed", "verified", "suspended", "closed", "merged"]),
                name="organisation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="organisation_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(keeps_register=False) | Q(kind__in=["operator", "partner"]),
                name="organisation_keeper_is_no_cooperative",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="organisation_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the reader's language writes it. Select `published_revision` with the organisation."""
        return self.name_in(get_language() or "fr")

    def name_in(self, language: str) -> str:
        """The published name in `language`, else the name it has; the slug while nothing is published."""
        revision: Revision | None = self.published_revision
        return revision.name_in(language) if revision else self.slug

    @property
    def is_cooperative(self) -> bool:
        """A cooperative or a group of them: it has members and may sell."""
        return self.kind in COOPERATIVE_KINDS
