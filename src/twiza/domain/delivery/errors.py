"""Refusals about delivery."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class TooLateToAnnounce(DomainError):
    """Prices of today and before never change."""

    code = "too_late_to_announce"
    sentence = _("Buyers already order with today's prices. Choose a day that is still to come.")


class HoursIncomplete(DomainError):
    code = "hours_incomplete"
    sentence = _("An hour or a day is missing, or the end comes before the beginning.")


class TakesNothingOfOthers(DomainError):
    """A point sends on what others bring there."""

    code = "takes_nothing_of_others"
    sentence = _("To send on what others bring, first let them bring it there.")
