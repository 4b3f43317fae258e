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
