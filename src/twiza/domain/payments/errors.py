"""Refusals about payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class ProviderNotOffered(DomainError):
    """This installation does not take that way to pay."""

    code = "provider_not_offered"
    sentence = _("This way to pay is not offered. Choose another.")


class ProviderAway(DomainError):
    """Whoever moves the money does not answer now."""

    code = "provider_away"
    sentence = _("The bank's page does not answer now. Nothing was taken: try again in a moment.")


class PaidAlready(DomainError):
    """What was paid or cancelled does not change its amount."""

    code = "paid_already"
    sentence = _("This was paid or cancelled already: what it costs does not change any more.")


class RefundAboveReceived(DomainError):
    """No more goes back than came."""

    code = "refund_above_received"
    sentence = _("More would be given back than was received for this order.")


class NotWaitingForMoney(DomainError):
    """It was paid or cancelled meanwhile: there is nothing to pay."""

    code = "not_waiting_for_money"
    sentence = _("There is nothing to pay here any more.")


class RemittanceKnown(DomainError):
    """Another list came under the same reference."""

    code = "remittance_known"
    sentence = _("Another list was kept under the reference %(reference)s. If this is a new one, give it another reference.")


class NoStatement(DomainError):
    """The file has no columns that a bank's statement has."""

    code = "no_statement"
    sentence = _("No column of days and amounts was found. Send the statement as the bank gives it, in CSV or XLSX.")


class WrongAccount(DomainError):
    """It is the statement of another account."""

    code = "wrong_account"
    sentence = _("This statement is of another account than the one buyers are told. Nothing was read.")


class StatementTooLong(DomainError):
    """So many lines are no statement of ours."""

    code = "statement_too_long"
    sentence = _("This file has more than %(most)s lines. Send a shorter stretch of days.")


class NotAwaited(DomainError):
    """The order is paid or cancelled: no money is for it."""

    code = "transfer_not_awaited"
    sentence = _("This order is paid or cancelled already. The money goes back to whoever sent it.")


class SharesDoNotFit(DomainError):
    """What is assigned and given back is not what came."""

    code = "shares_do_not_fit"
    sentence = _("What you assign is more than came, or more than the order lacks. Nothing was changed.")


class AlreadySettled(DomainError):
    """Somebody decided it meanwhile."""

    code = "transfer_already_settled"
    sentence = _("This transfer was decided meanwhile.")


class TooManyProofs(DomainError):
    """A few pictures show a transfer."""

    code = "too_many_proofs"
    sentence = _("You sent %(most)s pictures already. We look at them.")


class NotInTheirHands(DomainError):
    """Some of it is not theirs to give, was given before, or goes to another."""

    code = "not_in_their_hands"
    sentence = _("Some of this money is not with you any more. Look at the list again.")


class HandOverAnswered(DomainError):
    """Somebody said yes or no meanwhile."""

    code = "hand_over_answered"
    sentence = _("Somebody answered this already.")
