"""Products go where their cooperative goes. Each handler may run twice, late, or after the merge was undone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from twiza.domain.catalogue.models import Product, ProductMove
from twiza.domain.directory.events import MergeUndone, OrganisationsMerged
from twiza.domain.directory.locking import lock_organisations
from twiza.domain.directory.models import Merge
from twiza.domain.directory.states import OrganisationState
from twiza.foundation.events.subscriptions import on
from twiza.foundation.search.services import note_change, note_changes
from twiza.kit import clock

MOST_SHORT_NUMBER = 999


@on(OrganisationsMerged)
def take_over_products(event: OrganisationsMerged) -> None:
    """They are the kept cooperative's, under their numbers where those are free. Stock, prices and orders are not touched."""
    with transaction.atomic():
        lock_organisations([event.kept_id, event.merged_id])
        _take_over(Merge.objects.get(pk=event.merge_id))


@on(MergeUndone)
def give_back_products(event: MergeUndone) -> None:
    """Each product that followed goes back under its old number; one made since stays with the kept cooperative."""
    with transaction.atomic():
        lock_organisations([event.kept_id, event.merged_id])
        moves = ProductMove.objects.filter(merge=event.merge_id, given_back_at=None, product__cooperative=event.kept_id)
        for move in moves.select_related("product"):
            _hand(move.product, event.merged_id, move.short_number)
            move.given_back_at = clock.now()
            move.save(update_fields=["given_back_at"])
        _note((move.product_id for move in moves), event.kept_id, event.merged_id)
        merged_again = Merge.objects.filter(merged=event.merged_id, undone_at=None).first()
        if merged_again is not None:
            _take_over(merged_again)


def _take_over(merge: Merge) -> None:
    if merge.undone_at is not None or merge.merged_state == OrganisationState.CLOSED:
        return  # what a closed cooperative made is sold by nobody
    products = list(Product.objects.filter(cooperative=merge.merged_id).order_by("short_number"))
    ProductMove.objects.bulk_create(
        [ProductMove(product=product, merge=merge, short_number=product.short_number) for product in products]
    )
    for product in products:
        _hand(product, merge.kept_id, product.short_number)
    _note((product.pk for product in products), merge.kept_id)


def _hand(product: Product, cooperative_id: int, wanted: int) -> None:
    """The product is this cooperative's, under the number if it is free, else the next free one."""
    taken = set(Product.objects.filter(cooperative=cooperative_id).values_list("short_number", flat=True))
    after = [*range(max(taken, default=0) + 1, MOST_SHORT_NUMBER + 1), *range(1, MOST_SHORT_NUMBER + 1)]
    product.short_number = next(number for number in (wanted, *after) if number not in taken)
    product.cooperative_id = cooperative_id
    product.save(update_fields=["cooperative", "short_number"])


def _note(product_ids: Iterable[int], *cooperative_ids: int) -> None:
    note_changes("product", product_ids)
    note_change("cooperative", *cooperative_ids)
