"""Refusals about quotes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NotSentThere(DomainError):
    """The cooperative said that the product does not go to this country."""

    code = "not_sent_there"
    sentence = _("The cooperative does not send this to %(country)s: %(reason)s")


class TooManyQuotesAsked(DomainError):
    code = "too_many_quotes_asked"
    sentence = _("You asked for many quotes today. Please wait until tomorrow, the cooperatives answer one after the other.")


class QuoteNotPossible(DomainError):
    """So many of it, or of something that is not sold any more."""

    code = "quote_not_possible"
    sentence = _("This cannot be asked for any more. Look at the product again.")


class QuoteAnsweredAlready(DomainError):
    code = "quote_answered_already"
    sentence = _("This quote is %(state)s already.")


class QuoteNotOffered(DomainError):
    """There is no price that could be accepted or taken back."""

    code = "quote_not_offered"
    sentence = _("There is no price to accept: this quote is %(state)s.")


class QuoteChanged(DomainError):
    """What was accepted is not what was read."""

    code = "quote_changed"
    sentence = _("The price is not the one you read. Read it again, please.")


class QuoteLapsed(DomainError):
    code = "quote_lapsed"
    sentence = _("This price was valid until %(day)s. Ask for a new quote.")


class QuoteDateNotPossible(DomainError):
    code = "quote_date_not_possible"
    sentence = _("Choose a day between today and %(last)s.")


class AmountNotPossible(DomainError):
    code = "quote_amount_not_possible"
    sentence = _("The price of one is between 0.01 and 100000 DH, delivery at most 1000000 DH.")


class ReasonMissing(DomainError):
    code = "quote_reason_missing"
    sentence = _("Write the reason in a few words: whoever asks reads it.")


class MoreThanOwed(DomainError):
    """Facts: amount (in dirhams), what is still owed."""

    code = "quote_more_than_owed"
    sentence = _("Of this quote %(amount)s DH are still owed, not more.")


class DepositMissing(DomainError):
    """Facts: amount (in dirhams) of the deposit still missing."""

    code = "quote_deposit_missing"
    sentence = _("The deposit is not there yet: %(amount)s DH are missing. Write down what you received first.")


class QuoteNotAccepted(DomainError):
    """Facts: state."""

    code = "quote_not_accepted"
    sentence = _("This quote is %(state)s: only what was accepted is paid and sent.")


class ReceivedOnNotPossible(DomainError):
    code = "quote_received_on_not_possible"
    sentence = _("Money was received on a day between the yes and today.")
