"""What others may hear of the directory."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class CooperativeRegistered(Event):
    """A cooperative (or a group of them) entered the directory by its own or an operator's wish, not by an import."""

    organisation_id: int
