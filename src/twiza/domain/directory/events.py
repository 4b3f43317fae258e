"""What others may hear of the directory."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class CooperativeRegistered(Event):
    """A cooperative (or a group of them) entered the directory by its own or an operator's wish, not by an import."""

    organisation_id: int


@dataclass(frozen=True)
class BankChangeAsked(Event):
    """Somebody wants the cooperative to be paid on another account. Every member must hear of it while it can be stopped."""

    change_id: int


@dataclass(frozen=True)
class BankChangeStopped(Event):
    """A change of bank account was refused, stopped, or left alone too long: the account stays as it was."""

    change_id: int


@dataclass(frozen=True)
class BankChangeApplied(Event):
    """From now on the cooperative is paid on the new account."""

    change_id: int


@dataclass(frozen=True)
class OrganisationsMerged(Event):
    """Two pages spoke of one cooperative: `merged_id` is now part of `kept_id`, and its numbers, contacts and people with it."""

    merge_id: int
    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class MergeUndone(Event):
    """The two are two again, each with what it had; what was added since stays with `kept_id`."""

    merge_id: int
    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class FreshnessAsked(Event):
    """We want to know from a telephone whether what we say of a cooperative is still true."""

    question_id: int


@dataclass(frozen=True)
class ClaimAccepted(Event):
    """Somebody proved that a cooperative is theirs and belongs to it now. `had_members`: others belonged to it before."""

    claim_id: int
    had_members: bool


@dataclass(frozen=True)
class ClaimRefused(Event):
    """Whoever keeps the register did not believe the papers, or the cooperative's own people objected."""

    claim_id: int


@dataclass(frozen=True)
class MemberAdded(Event):
    """Somebody of the cooperative said that this person belongs to it, too."""

    membership_id: int


@dataclass(frozen=True)
class MandateAsked(Event):
    """An agent wishes to key in for a cooperative."""

    mandate_id: int


@dataclass(frozen=True)
class MandateGranted(Event):
    """The cooperative allowed it."""

    mandate_id: int


@dataclass(frozen=True)
class MandateRevoked(Event):
    """The cooperative refused it, or took it back. Not said when the agent gave it back."""

    mandate_id: int


@dataclass(frozen=True)
class AccreditationEnding(Event):
    """A label or certificate is over in thirty days or less. Once for each last day."""

    accreditation_id: int


@dataclass(frozen=True)
class AccreditationEnded(Event):
    """Its last day is over: no product carries it any more. Once for each last day."""

    accreditation_id: int
