"""Refusals about invoices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NotDeliveredYet(DomainError):
    """Facts: number."""

    code = "not_delivered_yet"
    sentence = _("The invoice of order %(number)s is made when the parcel is delivered.")


class RegimeInThePast(DomainError):
    code = "regime_in_the_past"
    sentence = _("Invoices that were issued stay as they are: choose today or a later day.")


class InvoicesAllIssued(DomainError):
    code = "invoices_all_issued"
    sentence = _("The invoices are issued, and stay as they are. Ask the cooperative for another one.")
