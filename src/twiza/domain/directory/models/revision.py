"""What is said of an organisation, as a snapshot. A published one is never changed: the next one replaces it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models.sectors import Sector
from twiza.domain.directory.states import RevisionState

# Which name a reader of a language is shown first.
NAME_ORDER = {"ar": ("name_ar", "name_fr", "name_zgh"), "zgh": ("name_zgh", "name_fr", "name_ar")}
LATIN_FIRST = ("name_fr", "name_ar", "name_zgh")


class Revision(models.Model):
    class LegalForm(models.TextChoices):
        COOPERATIVE = "coop", _("Cooperative")
        UNION = "union", _("Union of cooperatives")
        FEDERATION = "federation", _("Federation")
        GIE = "gie", _("Economic interest group")
        ASSOCIATION = "association", _("Association")
        PUBLIC = "public", _("Public body")
        FOUNDATION = "foundation", _("Foundation")
        COMPANY = "company", _("Company")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RevisionState, default=RevisionState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    import_batch = models.ForeignKey(
        "directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    undoes = models.ForeignKey(
        "directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="undoing_revisions"
    )
    said_in = models.JSONField(
        default=dict, blank=True, help_text="Field to the number of the earlier revision that said it first; else this one did."
    )
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What everybody saw when it was written.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the normalised values.")
    row_fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the imported row's values.")

    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    name_zgh = models.CharField(_("name in Tamazight"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    folded_names = models.CharField(max_length=700, help_text="Every name, folded to be searched.")
    story_fr = models.TextField(_("story in French"), blank=True)
    story_ar = models.TextField(_("story in Arabic"), blank=True)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=LegalForm, blank=True)
    sectors = ArrayField(models.CharField(max_length=4, choices=Sector), default=list, blank=True)
    activities = models.TextField(_("activities"), blank=True)

    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("address"), max_length=300, blank=True)
    douar = models.CharField(_("douar"), max_length=120, blank=True)

    members_total = models.PositiveIntegerField(_("members"), null=True, blank=True)
    members_women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    members_men = models.PositiveIntegerField(_("men"), null=True, blank=True)
    members_youth = models.PositiveIntegerField(_("young people"), null=True, blank=True)
    is_womens = models.BooleanField(_("women's cooperative"), default=False)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ("organisation", "number")
        indexes = [
            GinIndex(fields=["folded_names"], opclasses=["gin_trgm_ops"], name="revision_folded_names_trgm"),
            models.Index(fields=["folded_names"], name="revision_folded_names_order"),
            models.Index(NullIf("name_ar", Value("")).asc(nulls_last=True), F("folded_names"), name="revision_name_ar_order"),
            GinIndex(fields=["sectors"], name="revision_sectors_gin"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "pending", "published", "taken", "rejected"]), name="revision_state_known"
            ),
            models.CheckConstraint(condition=~Q(name_fr="") | ~Q(name_ar="") | ~Q(name_zgh=""), name="revision_has_a_name"),
            models.CheckConstraint(condition=Q(sectors__contained_by=Sector.values), name="revision_sectors_known"),
            models.CheckConstraint(
                condition=Q(commune__isnull=True) | Q(province__isnull=False), name="revision_commune_has_province"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"members_{part}__isnull": True})
                    | Q(members_total__isnull=True)
                    | Q(**{f"members_{part}__lte": F("members_total")}),
                    name=f"revision_{part}_among_members",
                )
                for part in ("women", "men", "youth")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_in('fr')} ({self.number})"

    def name_in(self, language: str) -> str:
        """The name in `language`, else the first one there is."""
        written = (str(getattr(self, field)) for field in NAME_ORDER.get(language, LATIN_FIRST))
        return next(name for name in written if name)
