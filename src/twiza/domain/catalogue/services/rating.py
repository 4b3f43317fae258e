"""The one writer of what buyers gave a product, and of how much of what they asked stands on its page."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from twiza.domain.catalogue.models import ProductRating

COLUMNS = ("ones", "twos", "threes", "fours", "fives")


@transaction.atomic
def keep_rating(product_id: int, counts: Mapping[int, int]) -> None:
    """So many buyers gave it so many stars (stars → buyers). Call it with the product's rating locked."""
    each = [counts.get(stars, 0) for stars in range(1, 6)]
    said = dict(zip(COLUMNS, each, strict=True))
    total = sum(stars * number for stars, number in enumerate(each, start=1))
    ProductRating.objects.update_or_create(product_id=product_id, defaults={**said, "number": sum(each), "stars": total})


@transaction.atomic
def keep_questions_shown(product_id: int, number: int) -> None:
    """So many answered questions stand on its page: without any, nobody asks for them."""
    ProductRating.objects.update_or_create(product_id=product_id, defaults={"questions": number})
