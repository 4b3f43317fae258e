"""Where money is, and whom it is owed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Account(models.Model):
    """What is ours is above zero (debit), what we owe below (credit). It has no balance of its own: its postings are it."""

    class Kind(models.TextChoices):
        BUYER_CLEARING = "buyer_clearing", pgettext_lazy("account", "paid by buyers, not delivered yet")
        PSP_CLEARING = "psp_clearing", pgettext_lazy("account", "at the payment provider")
        CARRIER_CASH = "carrier_cash", pgettext_lazy("account", "cash with whoever brings parcels")
        COOP_CASH_HELD = "coop_cash_held", pgettext_lazy("account", "cash with the cooperative")
        COOP_PAYABLE = "coop_payable", pgettext_lazy("account", "owed to the cooperative")
        PLATFORM_COMMISSION = "platform_commission", pgettext_lazy("account", "the market's commission")
        VAT_ON_COMMISSION = "vat_on_commission", pgettext_lazy("account", "TVA on the commission")
        PROMO_EXPENSE = "promo_expense", pgettext_lazy("account", "borne for buyers")
        SHIPPING_PAYABLE = "shipping_payable", pgettext_lazy("account", "owed to carriers")
        LOSS = "loss", pgettext_lazy("account", "missing")
        BANK = "bank", pgettext_lazy("account", "at the bank")

    kind = models.CharField(max_length=19, choices=Kind)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    holder = models.CharField(max_length=60, blank=True, help_text="Who has it, when it is no organisation we know: `cmi`.")
    currency = models.CharField(max_length=3, default="MAD")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "holder", "currency"], name="account_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "buyer_clearing",
                        "psp_clearing",
                        "carrier_cash",
                        "coop_cash_held",
                        "coop_payable",
                        "platform_commission",
                        "vat_on_commission",
                        "promo_expense",
                        "shipping_payable",
                        "loss",
                        "bank",
                    ]
                ),
                name="account_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["coop_cash_held", "coop_payable"]) | Q(organisation__isnull=False),
                name="account_of_a_cooperative_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id or self.holder}".strip()
