"""Refusals about storefronts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class StorefrontClosed(DomainError):
    """Facts: name."""

    code = "storefront_closed"
    sentence = _("%(name)s is closed for now.")
