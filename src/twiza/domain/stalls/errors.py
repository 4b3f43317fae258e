"""Refusals at the stall."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class TooLateToUndo(DomainError):
    code = "too_late_to_undo"
    sentence = _("A sale can be taken back within ten minutes. Count your stock instead.")


class PriceOutOfLimits(DomainError):
    """Facts: least, most (dirhams)."""

    code = "price_out_of_limits"
    sentence = _("At the stall it costs between %(least)s and %(most)s DH. Change the price of the product to ask another one.")


class WeightMissing(DomainError):
    """Facts: product."""

    code = "weight_missing"
    sentence = _("%(product)s is sold by weight. Write what the scales say.")


class WeightNotPlausible(DomainError):
    """Facts: pieces."""

    code = "weight_not_plausible"
    sentence = _("So many pieces (%(pieces)s) do not weigh this. Look at the scales and write both again.")


class TooManyPieces(DomainError):
    """Facts: most."""

    code = "too_many_pieces"
    sentence = _("Write how many you sold, between 1 and %(most)s.")


class NotSoldAnyMore(DomainError):
    """Facts: product."""

    code = "not_sold_any_more"
    sentence = _("%(product)s is not sold any more.")


class MomentNotPossible(DomainError):
    code = "moment_not_possible"
    sentence = _("The clock of this phone is wrong. Put it right and send again.")
