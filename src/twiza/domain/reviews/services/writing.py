"""A buyer says what they think of a line that arrived, and may think again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import OrderLine
from twiza.domain.reviews.errors import NotDeliveredYet, ReviewSettled, StarsMissing
from twiza.domain.reviews.events import ReviewWritten
from twiza.domain.reviews.locking import lock_review
from twiza.domain.reviews.models import MOST_WORDS, Review, ReviewVersion
from twiza.domain.reviews.models.review import MOST_NAME
from twiza.domain.reviews.rules import may_be_reviewed, may_change
from twiza.domain.reviews.services.counting import count_again
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.masking import masked
from twiza.kit.texts import tidy_paragraphs


@dataclass(frozen=True)
class Opinion:
    """One to five stars, and words. `first_name` is how she agrees to be called, with the order's commune; empty: a buyer."""

    stars: int
    words: str = ""
    first_name: str = ""
    language: str = "fr"


@transaction.atomic
def write_review(line: OrderLine, opinion: Opinion) -> Review:
    """It is shown at once, and the cooperative is told of a new one. Written again, it is changed, and what it said is kept.

    Whoever calls has the buyer's own link to the order. Numbers to call, addresses and links in the words are covered.
    Raises StarsMissing, NotDeliveredYet, ReviewSettled.
    """
    if opinion.stars not in range(1, 6):
        raise StarsMissing
    line.order = lock_order(line.order_id)
    if not may_be_reviewed(line):
        raise NotDeliveredYet
    known = Review.objects.filter(line=line).first()
    review = _change(lock_review(known.pk), opinion) if known else _begin(line, opinion)
    count_again(review.product_id)
    return review


def _begin(line: OrderLine, opinion: Opinion) -> Review:
    review = Review(line=line, product_id=line.variant.product_id, storefront_id=line.storefront_id, language=opinion.language)
    _say(review, opinion)
    review.save()
    record("reviews.written", subject=f"review:{review.pk}", by=None, details={"stars": review.stars})
    publish(ReviewWritten(review_id=review.pk))
    return review


def _change(review: Review, opinion: Opinion) -> Review:
    if not may_change(review):
        raise ReviewSettled
    ReviewVersion.objects.create(review=review, stars=review.stars, words=review.words, answer=review.answer)
    _say(review, opinion)
    review.changed_at = clock.now()
    review.save()
    record("reviews.changed", subject=f"review:{review.pk}", by=None, details={"stars": review.stars})
    return review


def _say(review: Review, opinion: Opinion) -> None:
    name = masked(" ".join(opinion.first_name.split()))[:MOST_NAME]
    review.stars = opinion.stars
    review.words = masked(tidy_paragraphs(opinion.words))[:MOST_WORDS]
    review.first_name = name
    review.commune_id = review.line.order.group.commune_id if name else None
