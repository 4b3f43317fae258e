"""Who issues invoices, under which numbers, and each of them as it was issued."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Issuer(models.Model):
    """Whoever sells in its own name. Its row is what two who issue at once take turns on."""

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.organisation_id)


class TaxRegime(models.Model):
    """How the issuer stands to the value added tax from a day on. Rows are added, never changed: the next one replaces it."""

    class Regime(models.TextChoices):
        EXEMPT_COOP = "exempt_coop", _("exempt, as a cooperative")
        EXEMPT_SMALL = "exempt_small", _("exempt, as a small producer")
        VAT = "vat", _("asks TVA of its buyers")

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="regimes")
    regime = models.CharField(max_length=12, choices=Regime)
    valid_from = models.DateField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("valid_from", "id")
        constraints = [
            models.CheckConstraint(condition=Q(regime__in=["exempt_coop", "exempt_small", "vat"]), name="tax_regime_known"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.valid_from}"


class InvoiceSeries(models.Model):
    """The last number an issuer gave in a year, and the fingerprint that the next paper continues."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    last_fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("year",)
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="invoice_series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class InvoiceName(models.Model):
    """In which name the buyer of a purchase wants the invoices that are not issued yet: a company's, an association's."""

    group = models.OneToOneField("orders.OrderGroup", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    ice = models.CharField(max_length=15, blank=True)
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="invoice_name_is_some"),
            models.CheckConstraint(condition=Q(ice="") | Q(ice__regex=r"^[0-9]{15}$"), name="invoice_name_ice_has_15_digits"),
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """An invoice or a credit note. Everything it says is in its snapshot; the columns are what it is found and counted by.

    The table refuses to change or remove one. Invoices and credit notes share the numbers of their issuer's year.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="papers")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Kind)
    cause = models.CharField(max_length=40, unique=True, help_text="What it was issued for, as `order:91` or `return:5`.")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="papers")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credit_notes")
    issued_on = models.DateField()
    total_centimes = models.PositiveBigIntegerField(help_text="With tax; of a credit note, what was given back.")
    snapshot = models.JSONField()
    previous_fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the issuer's paper before it.")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the snapshot, which names the one before.")
    check_code = models.CharField(max_length=16, unique=True, help_text="The beginning of the fingerprint, printed to be typed.")

    class Meta:
        ordering = ("issuer", "year", "number")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(kind__in=["invoice", "credit_note"]), name="paper_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="invoice") ^ Q(corrects__isnull=False), name="paper_credit_note_corrects_an_invoice"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_numbers_begin_at_one"),
        ]
        indexes = [models.Index(fields=["issuer", "-issued_on"], name="paper_by_month")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its number as it is printed: `2026-0042`."""
        return label_of(self.year, self.number)

    @property
    def is_credit_note(self) -> bool:
        return self.kind == Paper.Kind.CREDIT_NOTE

    @property
    def says(self) -> dict[str, Any]:
        """What stands on it."""
        return dict(self.snapshot)


def label_of(year: int, number: int) -> str:
    return f"{year}-{number:04d}"
