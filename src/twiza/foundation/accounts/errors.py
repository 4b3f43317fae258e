"""What accounts refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NotReachable(DomainError):
    code = "not_reachable"
    sentence = _("We need a phone number or an e-mail address.")


class ContactInUse(DomainError):
    code = "contact_in_use"
    sentence = _("Another account has only this to sign in with. Sign in with it, or ask us for help.")
