"""What identifies an organisation, how it is reached, and what it is certified for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Identifier(models.Model):
    """A number that only one living organisation may carry. A bank account is never public."""

    class Scheme(models.TextChoices):
        REGISTRATION = "registration", _("Registration number")
        ICE = "ice", _("ICE")
        RIB = "rib", _("Bank account (RIB)")
        TAX_IF = "tax_if", _("Tax number (IF)")
        CNSS = "cnss", _("CNSS number")
        ONSSA = "onssa", _("ONSSA number")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=Scheme)
    value = models.CharField(max_length=60)
    court = models.CharField(max_length=120, blank=True, help_text="The court that keeps the register, for a registration.")
    is_key_valid = models.BooleanField(default=True, help_text="A wrong key warns; it never blocks.")
    is_public = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    import_batch = models.ForeignKey(
        "directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="identifiers"
    )
    retired_by_batch = models.ForeignKey(
        "directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="identifiers_retired"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__in=["registration", "ice", "rib", "tax_if", "cnss", "onssa"]), name="identifier_scheme_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_a_value"),
            models.UniqueConstraint(
                fields=["scheme", "value", "court"], condition=Q(retired_at__isnull=True), name="identifier_of_one_organisation"
            ),
            models.CheckConstraint(condition=~Q(scheme="rib") | Q(is_public=False), name="identifier_rib_is_private"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}" if self.scheme != "rib" else f"rib:…{self.value[-4:]}"


class ContactPoint(models.Model):
    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "email", _("E-mail")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        PARTNERS = "partners", _("Partners")
        PRIVATE = "private", _("Nobody outside")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=254, help_text="A number in E.164, or an address.")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    role = models.CharField(max_length=60, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    import_batch = models.ForeignKey(
        "directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["value"], name="contact_value")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["phone", "whatsapp", "email"]), name="contact_kind_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "partners", "private"]), name="contact_visibility_known"
            ),
            models.CheckConstraint(condition=Q(kind="email") | Q(value__regex=r"^\+[0-9]{6,15}$"), name="contact_number_e164"),
            models.UniqueConstraint(fields=["organisation", "kind", "value"], name="contact_once_per_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class Accreditation(models.Model):
    """A label or certificate, true from a day to a day, for some kinds of products, made in some provinces.

    Without kinds it covers no product, whatever it says of its holder. Without provinces it covers every place, unless it
    protects the name of one.
    """

    class Scheme(models.TextChoices):
        IGP = "igp", _("Protected geographical indication (IGP)")
        AOP = "aop", _("Protected designation of origin (AOP)")
        BIO = "bio", _("Organic (Bio Maroc)")
        LABEL_AGRICOLE = "label_agricole", _("Label Agricole")
        ONSSA = "onssa", _("ONSSA sanitary authorisation")
        ARTISANAT = "artisanat", _("National crafts label")
        FAIR_TRADE = "fair_trade", _("Fair trade")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="accreditations")
    scheme = models.CharField(max_length=14, choices=Scheme)
    number = models.CharField(max_length=60, blank=True)
    issued_by = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    kinds = ArrayField(
        models.SlugField(max_length=40),
        default=list,
        blank=True,
        help_text="Codes of the kinds and families of products it is for.",
    )
    provinces = ArrayField(models.CharField(max_length=6), default=list, blank=True, help_text="Codes. Empty: of any place.")
    ending_told_for = models.DateField(null=True, blank=True, help_text="The last day of which its holder was warned.")
    ended_told_for = models.DateField(
        null=True, blank=True, help_text="The last day of which everybody was told that it is over."
    )

    # Those that protect the name of a place say which.
    OF_A_PLACE = ("igp", "aop")

    class Meta:
        ordering = ("scheme", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__in=["igp", "aop", "bio", "label_agricole", "onssa", "artisanat", "fair_trade"]),
                name="accreditation_scheme_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
                name="accreditation_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}".strip()

    @classmethod
    def in_words(cls, written: str) -> str:
        """What was written down as `aop AOP-7`, in the reader's words, with the number of the certificate."""
        scheme, _space, number = written.partition(" ")
        return f"{cls.Scheme(scheme).label} {number}".strip()

    @property
    def protects_a_place(self) -> bool:
        """Whether it is nothing without the provinces that it names."""
        return self.scheme in self.OF_A_PLACE
