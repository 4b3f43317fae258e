"""Who may say what, and until when."""

from __future__ import annotations

from datetime import timedelta

from twiza.domain.orders.models import Fulfilment, OrderLine
from twiza.domain.reviews.models import Review
from twiza.kit import clock

CHANGE_DAYS = 30
ANSWER_CHANGE = timedelta(days=1)
# So long after the last parcel is its buyer asked, and not after that.
ASK_AFTER_DAYS = 5
ASK_UNTIL_DAYS = 30


def may_be_reviewed(line: OrderLine) -> bool:
    """It arrived. Select the order's fulfilment with the line."""
    return line.order.fulfilment.status == Fulfilment.Status.DELIVERED


def may_change(review: Review) -> bool:
    """Its author, within thirty days; not once it is hidden."""
    return review.is_shown and clock.now() < review.written_at + timedelta(days=CHANGE_DAYS)


def may_answer(review: Review) -> bool:
    """Not answered yet, or within the last day."""
    return review.is_shown and (review.answered_at is None or clock.now() < review.answered_at + ANSWER_CHANGE)
