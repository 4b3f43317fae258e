"""Administrative places with the codes of the High Commission for Planning (HCP)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A place's official names. The one shown follows the reader's language."""

    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_ar if get_language() == "ar" else self.name_fr


class Region(Named):
    code = models.CharField(max_length=2, primary_key=True)
    name_zgh = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("code",)


class Province(Named):
    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")

    code = models.CharField(max_length=6, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="provinces")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering = ("name_fr",)
        constraints = [models.CheckConstraint(condition=Q(kind__in=["province", "prefecture"]), name="province_kind_known")]


class Commune(Named):
    class Kind(models.TextChoices):
        URBAN = "urban", _("urban")
        RURAL = "rural", _("rural")

    code = models.CharField(max_length=16, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")
    kind = models.CharField(max_length=5, choices=Kind)
    population = models.PositiveIntegerField(default=0, help_text="HCP, RGPH 2024.")
    is_remote = models.BooleanField(default=False, help_text="Carriers ask more and take longer.")

    class Meta:
        ordering = ("name_fr", "code")
        constraints = [models.CheckConstraint(condition=Q(kind__in=["urban", "rural"]), name="commune_kind_known")]


class Spelling(models.Model):
    """One way a place's name is written, folded. Several places may share a spelling."""

    folded = models.CharField(max_length=120, db_index=True)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="spellings")
    province = models.ForeignKey(Province, on_delete=models.CASCADE, null=True, blank=True, related_name="spellings")
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, null=True, blank=True, related_name="spellings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, province__isnull=True, commune__isnull=True)
                | Q(region__isnull=True, province__isnull=False, commune__isnull=True)
                | Q(region__isnull=True, province__isnull=True, commune__isnull=False),
                name="spelling_of_exactly_one_place",
            ),
            models.UniqueConstraint(fields=["folded", "region"], name="spelling_once_per_region"),
            models.UniqueConstraint(fields=["folded", "province"], name="spelling_once_per_province"),
            models.UniqueConstraint(fields=["folded", "commune"], name="spelling_once_per_commune"),
        ]

    def __str__(self) -> str:
        return self.folded
