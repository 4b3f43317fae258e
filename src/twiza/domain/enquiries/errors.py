"""Refusals about questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class TooManyEnquiries(DomainError):
    code = "too_many_enquiries"
    sentence = _("You asked many questions today. Please wait until tomorrow, the cooperatives answer one after the other.")


class NothingAsked(DomainError):
    code = "nothing_asked"
    sentence = _("Write your question in a few words.")


class EnquiryAnsweredAlready(DomainError):
    code = "enquiry_answered_already"
    sentence = _("This question is answered already.")


class EnquiryNotToBeShown(DomainError):
    """Not answered, or whoever asked did not agree."""

    code = "enquiry_not_to_be_shown"
    sentence = _("This question may not be shown to everybody.")
