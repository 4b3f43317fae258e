"""Refusals about payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class ProviderNotOffered(DomainError):
    """This installation does not take that way to pay."""

    code = "provider_not_offered"
    sentence = _("This way to pay is not offered. Choose another.")
