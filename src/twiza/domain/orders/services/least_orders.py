"""A cooperative says how much has to be ordered before it packs a parcel, and nobody orders less."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.errors import LeastOrderTooHigh, TooLittle
from twiza.domain.orders.models import LeastOrder
from twiza.domain.orders.models.least_order import MOST_LEAST_CENTIMES
from twiza.domain.orders.selectors.contents import Basket
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.money import plain


@transaction.atomic
def ask_least_order(cooperative: Organisation, centimes: int | None, *, by: User) -> None:
    """It sends nothing that comes to less, from the next order on; None or 0 and it sends anything.

    Raises LeastOrderTooHigh; NotFound when `by` does not speak for it.
    """
    if not answers_for(by, cooperative):
        raise NotFound
    if centimes and centimes > MOST_LEAST_CENTIMES:
        raise LeastOrderTooHigh(most=plain(MOST_LEAST_CENTIMES))
    if centimes:
        LeastOrder.objects.update_or_create(cooperative=cooperative, defaults={"centimes": centimes})
    else:
        LeastOrder.objects.filter(cooperative=cooperative).delete()
    behalf = f"organisation:{cooperative.pk}"
    record("orders.least_order", subject=behalf, by=by, on_behalf_of=behalf, details={"centimes": centimes or 0})


def refuse_too_little(basket: Basket) -> None:
    """Raises TooLittle when a cooperative sends no parcel as small as this one's."""
    for package in basket.too_small:
        raise TooLittle(cooperative=package.cooperative.name, amount=plain(package.missing_centimes))
