"""Refusals about payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class ProviderNotOffered(DomainError):
    """This installation does not take that way to pay."""

    code = "provider_not_offered"
    sentence = _("This way to pay is not offered. Choose another.")


class PaidAlready(DomainError):
    """What was paid or cancelled does not change its amount."""

    code = "paid_already"
    sentence = _("This was paid or cancelled already: what it costs does not change any more.")


class RefundAboveReceived(DomainError):
    """No more goes back than came."""

    code = "refund_above_received"
    sentence = _("More would be given back than was received for this order.")


class NotWaitingForMoney(DomainError):
    """It was paid or cancelled meanwhile: there is nothing to pay."""

    code = "not_waiting_for_money"
    sentence = _("There is nothing to pay here any more.")


class RemittanceKnown(DomainError):
    """Another list came under the same reference."""

    code = "remittance_known"
    sentence = _("Another list was kept under the reference %(reference)s. If this is a new one, give it another reference.")
