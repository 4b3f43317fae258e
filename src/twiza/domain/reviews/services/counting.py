"""What a product's reviews come to is counted anew each time one of them changes: nothing is added up in pieces."""

from __future__ import annotations

from twiza.domain.catalogue.locking import lock_product
from twiza.domain.catalogue.services.rating import keep_rating
from twiza.domain.reviews.selectors import shown_counts


def count_again(product_id: int) -> None:
    """The rating of a product is what its shown reviews say. Call it in the transaction that changed one of them."""
    lock_product(product_id)
    keep_rating(product_id, shown_counts([product_id]).get(product_id, {}))
