"""Refusals after a parcel arrived."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NothingToReturn(DomainError):
    code = "nothing_to_return"
    sentence = _("Choose at least one thing that may be sent back.")


class ReturnTooLate(DomainError):
    """Also before it arrived. Facts: number."""

    code = "return_too_late"
    sentence = _("Order %(number)s: nothing of it can be sent back now.")


class ReturnSettled(DomainError):
    """Facts: state."""

    code = "return_settled"
    sentence = _("This return is already further: %(state)s.")


class GivenBackByTheMarket(DomainError):
    """It was paid through a bank: whoever has the money gives it back, and says so."""

    code = "given_back_by_the_market"
    sentence = _("The buyer paid before: the market gives this money back. You need do nothing.")


class NothingToComplainOf(DomainError):
    """Before it arrived, too long after, while another complaint about it is open, or after one ended without a new parcel."""

    code = "nothing_to_complain_of"
    sentence = _("This cannot be reported now: it has not arrived, it is too long ago, or it was reported already.")


class MoreThanOrdered(DomainError):
    """Facts: quantity."""

    code = "more_than_ordered"
    sentence = _("There were only %(quantity)s of it in the parcel.")


class ComplaintSettled(DomainError):
    """Facts: state."""

    code = "complaint_settled"
    sentence = _("This complaint is already further: %(state)s.")


class RefundAbovePaid(DomainError):
    """Facts: most (dirhams)."""

    code = "refund_above_paid"
    sentence = _("No more than %(most)s DH can be given back: that is what was paid for it and not given back yet.")


class NothingToReplaceWith(DomainError):
    """Facts: product, left."""

    code = "nothing_to_replace_with"
    sentence = _("%(product)s cannot be sent again: %(left)s are left. Give money back instead.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = _("Say why: the buyer reads it.")
