"""What others may hear of reviews."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class ReviewRequested(Event):
    """Some days after everything arrived, the buyer is asked what they think."""

    group_id: int


@dataclass(frozen=True)
class ReviewWritten(Event):
    """A buyer says what they think of something they received."""

    review_id: int


@dataclass(frozen=True)
class ReviewAnswered(Event):
    """The cooperative answers a review, for the first time."""

    review_id: int


@dataclass(frozen=True)
class ReviewHidden(Event):
    """The operator of the storefront does not show a review any more, and says why."""

    review_id: int
