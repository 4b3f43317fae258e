"""What messaging refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NotATelephoneNumber(DomainError):
    code = "not_a_telephone_number"
    sentence = _("%(number)s is not a telephone number we can write to.")


class NoSuchGateway(DomainError):
    code = "no_such_gateway"
    sentence = _("There is no text-message gateway called %(code)s.")


class NoSuchMessage(DomainError):
    """A receipt speaks of a message we do not know, or do not know yet."""

    code = "no_such_message"
    sentence = _("We sent no such message.")
