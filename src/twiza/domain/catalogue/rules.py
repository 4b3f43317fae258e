"""Who may change a product (whoever speaks for its cooperative), and which change is asked twice."""

from __future__ import annotations

from twiza.domain.catalogue.models import Product
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User

SURPRISING_PERCENT = 30


def may_edit(user: User, product: Product) -> bool:
    return speaks_for(user, product.cooperative)


def is_surprising_price(was_centimes: int, becomes_centimes: int) -> bool:
    """So far from the present price that a slip of the finger is likelier than a decision: it is asked again."""
    return abs(becomes_centimes - was_centimes) * 100 > was_centimes * SURPRISING_PERCENT
