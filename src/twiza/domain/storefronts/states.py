"""How far a storefront has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StorefrontState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a storefront", "Being prepared")
    OPEN = "open", pgettext_lazy("a storefront", "Open")
    CLOSED = "closed", pgettext_lazy("a storefront", "Closed")


class NotShownBecause(models.TextChoices):
    """Why an operator does not show a product, in words its cooperative can act on."""

    PHOTO = "photo", _("The photo is missing, or does not show the product well.")
    NAME = "name", _("The name does not say what it is.")
    KIND = "kind", _("It stands under the wrong kind of product.")
    CONTENT = "content", _("How much is in one, or what is in it, is not clear.")
    PRICE = "price", _("The price looks wrong.")
    CLAIM = "claim", _("It promises what nobody can prove, as a cure.")
    NOT_HERE = "not_here", _("This storefront does not sell such products.")
    OTHER = "other", _("Another reason")
