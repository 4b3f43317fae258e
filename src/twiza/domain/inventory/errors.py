"""Refusals about stock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class OutOfStock(DomainError):
    """Fewer are left than were asked for. Facts: variant_id, product, wanted, left."""

    code = "out_of_stock"
    sentence = _("%(product)s: only %(left)s left, you asked for %(wanted)s.")


class PromisedMore(DomainError):
    """More are promised to buyers than were counted. Facts: product, promised."""

    code = "promised_more"
    sentence = _("%(product)s: %(promised)s are promised to buyers. Refuse an order first, or count again.")
