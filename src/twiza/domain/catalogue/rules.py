"""Who may change a product: whoever speaks for its cooperative."""

from __future__ import annotations

from twiza.domain.catalogue.models import Product
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User


def may_edit(user: User, product: Product) -> bool:
    return speaks_for(user, product.cooperative)
