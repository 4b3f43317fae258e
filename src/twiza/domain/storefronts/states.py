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


class HostFinding(models.TextChoices):
    """What was found where a host leads, in words for whoever has to do something about it."""

    HERE = "here", _("It leads to us.")
    UNKNOWN = "unknown", _("The network does not know this name yet. After it was set, that may take some hours.")
    NOT_PUBLIC = (
        "not_public",
        _("It leads to a machine that nobody reaches from outside. Look at the address that was written."),
    )
    SILENT = "silent", _("Nobody answers at this name. Look whether every figure of the address is right.")
    ELSEWHERE = "elsewhere", _("Something else answers at this name. It does not lead to us yet.")
    TAKEN = "taken", _("It leads to us, but another storefront has this name already.")
    DISPUTED = "disputed", _("It leads to us, but somebody else asks for this name too. Write to us: we look who it belongs to.")
    UNSURE = "unsure", _("We could not look just now. We try again by ourselves.")


class HostState(models.TextChoices):
    """How far a storefront has come with a host of its own."""

    AWAITED = "awaited", pgettext_lazy("a storefront's own address", "Not set up yet")
    VERIFIED = "verified", pgettext_lazy("a storefront's own address", "In use")
    LOST = "lost", pgettext_lazy("a storefront's own address", "Leads to us no more")
    DROPPED = "dropped", pgettext_lazy("a storefront's own address", "Given up")
