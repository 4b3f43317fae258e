"""The cooperative answers a review, once."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.reviews.errors import AnswerMissing, AnswerSettled, ReviewHiddenAlready
from twiza.domain.reviews.events import ReviewAnswered
from twiza.domain.reviews.locking import lock_review
from twiza.domain.reviews.models import Review, ReviewVersion
from twiza.domain.reviews.models.review import MOST_ANSWER
from twiza.domain.reviews.rules import may_answer
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.masking import masked
from twiza.kit.texts import tidy_paragraphs


@transaction.atomic
def answer_review(review: Review, words: str, *, by: User) -> Review:
    """It stands under the review, and its buyer is told. Within a day it may be written again; what it said is kept.

    Raises AnswerMissing, AnswerSettled, ReviewHiddenAlready; NotFound when `by` does not speak for the cooperative.
    """
    review = lock_review(review.pk)
    cooperative = review.product.cooperative
    if not answers_for(by, cooperative):
        raise NotFound
    if not review.is_shown:
        raise ReviewHiddenAlready
    if not may_answer(review):
        raise AnswerSettled
    said = masked(tidy_paragraphs(words))[:MOST_ANSWER]
    if not said:
        raise AnswerMissing
    is_new = review.answered_at is None
    if not is_new:
        ReviewVersion.objects.create(review=review, stars=review.stars, words=review.words, answer=review.answer)
    review.answer, review.answered_by, review.answered_at = said, by, review.answered_at or clock.now()
    review.save(update_fields=["answer", "answered_by", "answered_at"])
    behalf = f"organisation:{cooperative.pk}"
    record("reviews.answered", subject=f"review:{review.pk}", by=by, on_behalf_of=behalf, details={"number": review.pk})
    if is_new:
        publish(ReviewAnswered(review_id=review.pk))
    return review
