"""Whoever takes many pays less for each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction

from twiza.domain.catalogue.errors import StepsMakeNoSense
from twiza.domain.catalogue.locking import lock_variant
from twiza.domain.catalogue.models import MOST_STEPS, Variant
from twiza.domain.catalogue.rules import may_edit
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.money import plain

FEWEST, MOST_PIECES = 2, 999


@transaction.atomic
def price_many(variant: Variant, steps: Sequence[tuple[int, int]], *, by: User) -> Variant:
    """From now on each piece costs so many centimes from so many pieces on; without steps, the same however many are taken.

    What lies in baskets costs so too. Raises StepsMakeNoSense, changing nothing; NotFound.
    """
    variant = lock_variant(variant.pk)
    if not may_edit(by, variant.product):
        raise NotFound
    _check(steps, variant.price_centimes)
    variant.many_from = [pieces for pieces, _centimes in steps]
    variant.many_centimes = [centimes for _pieces, centimes in steps]
    variant.save(update_fields=["many_from", "many_centimes"])
    record(
        "catalogue.price_many",
        subject=f"variant:{variant.pk}",
        by=by,
        on_behalf_of=f"organisation:{variant.product.cooperative_id}",
        details={"steps": [list(step) for step in steps]},
    )
    return variant


def _check(steps: Sequence[tuple[int, int]], price_centimes: int) -> None:
    whole = [(FEWEST - 1, price_centimes), *steps]
    rises = all(fewer < more and dearer > cheaper > 0 for (fewer, dearer), (more, cheaper) in pairwise(whole))
    if len(steps) > MOST_STEPS or not rises or whole[-1][0] > MOST_PIECES:
        raise StepsMakeNoSense(price=plain(price_centimes), most=MOST_STEPS)
