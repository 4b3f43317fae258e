"""Readers report, the operator decides: a review is shown as it was written, or not at all."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.rules import manages
from twiza.domain.reviews.errors import ReviewHiddenAlready
from twiza.domain.reviews.events import ReviewHidden
from twiza.domain.reviews.locking import lock_review
from twiza.domain.reviews.models import Hiding, Review, ReviewReport
from twiza.domain.reviews.services.counting import count_again
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def report_review(review: Review, reason: str) -> None:
    """The operator finds it first among what it may hide. `reason` is a Hiding."""
    ReviewReport.objects.create(review=review, reason=Hiding(reason).value)


@transaction.atomic
def hide_review(review: Review, reason: str, *, by: User) -> Review:
    """Nobody reads it any more and it counts no more; its buyer and the cooperative are told why. `reason` is a Hiding.

    Raises ReviewHiddenAlready; NotFound when `by` does not manage the operator of the storefront it was bought in.
    """
    review = _lock_managed(review, by)
    if not review.is_shown:
        raise ReviewHiddenAlready
    review.hidden_at, review.hidden_by, review.hidden_because = clock.now(), by, Hiding(reason).value
    review.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
    _settle(review)
    count_again(review.product_id)
    record("reviews.hidden", subject=f"review:{review.pk}", by=by, details={"reason": review.hidden_because})
    publish(ReviewHidden(review_id=review.pk))
    return review


@transaction.atomic
def keep_review(review: Review, *, by: User) -> Review:
    """What was reported of it is settled: it stays. Raises NotFound as above."""
    review = _lock_managed(review, by)
    _settle(review)
    record("reviews.kept", subject=f"review:{review.pk}", by=by)
    return review


def _lock_managed(review: Review, by: User) -> Review:
    review = lock_review(review.pk)
    operator = review.storefront.operator
    if operator is None or not manages(by, operator):
        raise NotFound
    return review


def _settle(review: Review) -> None:
    ReviewReport.objects.filter(review=review, settled_at__isnull=True).update(settled_at=clock.now())
