"""What others may hear of questions."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class EnquiryAsked(Event):
    """Somebody asks a cooperative something."""

    enquiry_id: int


@dataclass(frozen=True)
class EnquiryAnswered(Event):
    """The cooperative answered."""

    enquiry_id: int
