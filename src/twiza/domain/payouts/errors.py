"""Refusals about payouts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NobodyToPay(DomainError):
    code = "nobody_to_pay"
    sentence = _("Nobody is to be paid: until that day nobody is owed so much.")


class EverybodyLeftOut(NobodyToPay):
    """Somebody is owed as much, and cannot be paid yet. Facts: reasons, in words, with how many."""

    code = "everybody_left_out"
    sentence = _("Nobody can be paid now: %(reasons)s.")


class DayNotOver(DomainError):
    code = "day_not_over"
    sentence = _("Choose a day that is not to come.")


class AnotherPersonApproves(DomainError):
    code = "another_person_approves"
    sentence = _("Another person than the one who drafted this approves it.")


class DraftChanged(DomainError):
    """Facts: changes, in words."""

    code = "draft_changed"
    sentence = _("Since this was drafted something changed: %(changes)s. Drop it and draft again.")


class NotNow(DomainError):
    """The batch or the payout is not in a state for this."""

    code = "payout_not_now"
    sentence = _("This was done already, or something else must be done first.")


class NothingToSend(DomainError):
    code = "nothing_to_send"
    sentence = _("There is nothing to send this way.")


class LayoutUnknown(DomainError):
    code = "layout_unknown"
    sentence = _("There is no such layout of a file for this way to pay.")


class FileChanged(DomainError):
    """What would be made now is not what was made then."""

    code = "payout_file_changed"
    sentence = _("This file cannot be made again as it was. Use the one that was downloaded.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = _("Say why, in a few words.")


class ReferenceMissing(DomainError):
    code = "payout_reference_missing"
    sentence = _("Write the reference that stands on the statement.")


class SumsDiffer(DomainError):
    """Facts: ours, theirs, in dirhams."""

    code = "sums_differ"
    sentence = _("The statement says %(theirs)s DH, and %(ours)s DH were paid out.")


class HeldTooLong(DomainError):
    code = "held_too_long"
    sentence = _("Money is held for at most 30 days, and for the same cause not again within 30 days.")


class HoldOver(DomainError):
    code = "hold_over"
    sentence = _("This is not held back any more, or was answered already.")
