"""The only locks on reviews. Order of locks: group, order, review, rating."""

from __future__ import annotations

from twiza.domain.reviews.models import Review


def lock_review(review_id: int) -> Review:
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("product__cooperative", "storefront__operator", "line")
        .get(pk=review_id)
    )
