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


class PastItsDate(DomainError):
    """It may not be sold any more today. Facts: best_before."""

    code = "past_its_date"
    sentence = _("This date is over: %(best_before)s. What is past its date cannot be sold.")


class MadeTomorrow(DomainError):
    """What is not made yet is not on a shelf. Facts: produced_on."""

    code = "made_tomorrow"
    sentence = _("%(produced_on)s is still to come. Write the day on which you made it.")
