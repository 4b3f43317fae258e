"""Choosing, leaving out and showing first single products of a storefront."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.storefronts.errors import TooManyFirst
from twiza.domain.storefronts.models import Storefront, StorefrontProduct
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound

# A list where everything is first has no first.
MOST_FIRST = 24


@transaction.atomic
def show_product(storefront: Storefront, product_id: int, *, by: User) -> None:
    """It shows this product, whoever makes it. Raises NotFound, also for one that is not on sale."""
    kept = held_by_manager(storefront, by)
    _refuse_unsold(product_id)
    StorefrontProduct.objects.filter(storefront=kept, product_id=product_id, is_left_out=True).delete()
    if not _shows(kept, product_id):
        StorefrontProduct.objects.create(storefront=kept, product_id=product_id)
    record_act("show_product", kept, by, {"product": str(product_id)})


@transaction.atomic
def leave_out_product(storefront: Storefront, product_id: int, *, by: User) -> None:
    """It shows this product no more, whatever its cooperative or a rule says. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    StorefrontProduct.objects.filter(storefront=kept, product_id=product_id).delete()
    if _shows(kept, product_id):
        StorefrontProduct.objects.create(storefront=kept, product_id=product_id, is_left_out=True)
    record_act("leave_out_product", kept, by, {"product": str(product_id)})


@transaction.atomic
def show_first(storefront: Storefront, product_id: int, *, by: User) -> None:
    """This product stands after those that are shown first already, before all others, and is shown whoever makes it.

    One that stands there stays where it is. Raises TooManyFirst, NotFound also for one that is not on sale.
    """
    kept = held_by_manager(storefront, by)
    _refuse_unsold(product_id)
    first = StorefrontProduct.objects.filter(storefront=kept, place__isnull=False)
    if first.filter(product_id=product_id).exists():
        return
    if first.count() >= MOST_FIRST:
        raise TooManyFirst(most=MOST_FIRST)
    place = (first.aggregate(last=Max("place"))["last"] or 0) + 1
    StorefrontProduct.objects.update_or_create(
        storefront=kept, product_id=product_id, defaults={"place": place, "is_left_out": False}
    )
    record_act("show_first", kept, by, {"product": str(product_id)})


@transaction.atomic
def show_with_others(storefront: Storefront, product_id: int, *, by: User) -> None:
    """It stands first no more, and is still shown among the others. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    stood_first, _of_each = StorefrontProduct.objects.filter(storefront=kept, product_id=product_id, place__isnull=False).delete()
    if stood_first and not _shows(kept, product_id):
        StorefrontProduct.objects.create(storefront=kept, product_id=product_id)
    record_act("show_with_others", kept, by, {"product": str(product_id)})


@transaction.atomic
def move_earlier(storefront: Storefront, product_id: int, *, by: User) -> None:
    """Of those shown first, it changes places with the one before it. The very first stays. Raises NotFound."""
    _swap(storefront, product_id, by, order="-place", side="place__lt")


@transaction.atomic
def move_later(storefront: Storefront, product_id: int, *, by: User) -> None:
    """Of those shown first, it changes places with the one after it. The last stays. Raises NotFound."""
    _swap(storefront, product_id, by, order="place", side="place__gt")


def _swap(storefront: Storefront, product_id: int, by: User, *, order: str, side: str) -> None:
    kept = held_by_manager(storefront, by)
    moved = StorefrontProduct.objects.filter(storefront=kept, product_id=product_id, place__isnull=False).first()
    if moved is None:
        raise NotFound
    neighbour = StorefrontProduct.objects.filter(storefront=kept, **{side: moved.place}).order_by(order).first()
    if neighbour is None:
        return
    moved.place, neighbour.place = neighbour.place, moved.place
    StorefrontProduct.objects.bulk_update([moved, neighbour], ["place"])
    record_act("move_product", kept, by, {"product": str(product_id)})


def _shows(storefront: Storefront, product_id: int) -> bool:
    return products_shown_in(storefront).filter(pk=product_id).exists()


def _refuse_unsold(product_id: int) -> None:
    if not products_on_sale().filter(pk=product_id).exists():
        raise NotFound
