"""Refusals of the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class EntryUnbalanced(DomainError):
    code = "entry_unbalanced"
    sentence = _("The amounts of this entry do not make zero.")


class ReversedAlready(DomainError):
    code = "reversed_already"
    sentence = _("This entry was taken back already.")


class RateInThePast(DomainError):
    code = "rate_in_the_past"
    sentence = _("A rate holds for orders that are not placed yet: choose a day to come.")


class RateDecided(DomainError):
    code = "rate_decided"
    sentence = _("This was decided already.")


class OwnRate(DomainError):
    """Whoever writes a row of the list does not agree to it."""

    code = "own_rate"
    sentence = _("You wrote this yourself: another person has to agree.")
