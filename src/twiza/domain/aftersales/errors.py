"""Refusals after a parcel arrived."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NothingToReturn(DomainError):
    code = "nothing_to_return"
    sentence = _("Choose at least one thing that may be sent back.")


class ReturnTooLate(DomainError):
    """Also before it arrived. Facts: number."""

    code = "return_too_late"
    sentence = _("Order %(number)s: nothing of it can be sent back now.")


class ReturnSettled(DomainError):
    """Facts: state."""

    code = "return_settled"
    sentence = _("This return is already further: %(state)s.")
