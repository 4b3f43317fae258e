"""What buyers gave a product, as its page shows it and as it is told to machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from twiza.entrypoints.web.cards import average_words

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import ProductRating
    from twiza.domain.reviews.selectors import PublicReview


@dataclass(frozen=True)
class ShownRating:
    """`average` as it is written in the reader's language; `rows` from five stars down: stars, and how many gave them."""

    number: int
    average: str
    mean: float
    rows: Sequence[tuple[int, int]]


def rating_shown(rating: ProductRating | None) -> ShownRating | None:
    """Nothing while nobody has said anything."""
    if rating is None or not rating.number:
        return None
    rows = tuple((stars, rating.counts[stars - 1]) for stars in range(5, 0, -1))
    mean = round(rating.stars / rating.number, 1)
    return ShownRating(rating.number, average_words(rating.stars, rating.number), mean, rows)


def rating_data(rating: ShownRating | None, reviews: Sequence[PublicReview]) -> dict[str, Any]:
    """In the words of schema.org: the average, and those reviews that stand on the page."""
    if rating is None:
        return {}
    total = {"@type": "AggregateRating", "ratingValue": rating.mean, "reviewCount": rating.number, "bestRating": 5}
    return {"aggregateRating": total, "review": [_review(one) for one in reviews]}


def _review(one: PublicReview) -> dict[str, Any]:
    said = {
        "@type": "Review",
        "reviewRating": {"@type": "Rating", "ratingValue": one.stars, "bestRating": 5},
        "author": {"@type": "Person", "name": one.first_name or _("A buyer")},
        "datePublished": one.written_at.date().isoformat(),
    }
    return {**said, "reviewBody": one.words} if one.words else said
