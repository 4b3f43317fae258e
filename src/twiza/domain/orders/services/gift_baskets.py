"""Putting an operator's gift baskets into one's basket. Whatever is refused is refused of the whole."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from twiza.domain.inventory.services import lower_holds
from twiza.domain.orders.errors import TooMany
from twiza.domain.orders.locking import lock_open_cart
from twiza.domain.orders.models import Cart, CartGiftBasket
from twiza.domain.orders.models.cart import MOST_GIFT_BASKETS
from twiza.domain.orders.selectors.baskets import lines_of_gift, pieces_in
from twiza.domain.orders.services.baskets import check_line, owner_of_holds
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.models import GiftBasket, Storefront
from twiza.domain.storefronts.selectors import gift_basket_in, trouble_of_gift_basket
from twiza.kit import clock


@transaction.atomic
def put_gift_basket_in_cart(cart: Cart, storefront: Storefront, slug: str, quantity: int) -> CartGiftBasket:
    """So many more of it are in the basket, at the price of this moment. Stock is looked at, not yet kept.

    Raises StorefrontClosed, GiftBasketOver, ShareNotAgreed, PartPriceChanged, NotForSale, NotSoldHere, CooperativeClosed,
    OutOfSeason, FewerHere, NoMoreHere, OutOfStock, TooMany, BasketOrdered; NotFound for one of another storefront.
    """
    lock_open_cart(cart.pk)
    gift = gift_basket_in(storefront, slug)
    if not storefront.is_open_now:
        raise StorefrontClosed(name=storefront.name)
    known = CartGiftBasket.objects.filter(cart=cart, gift_basket=gift).first()
    altogether = quantity + (known.quantity if known else 0)
    refuse_gift_basket(gift, altogether)
    row, _is_new = CartGiftBasket.objects.update_or_create(
        cart=cart, gift_basket=gift, defaults={"quantity": altogether, "seen_price_centimes": gift.price_centimes}
    )
    return row


def refuse_gift_basket(gift: GiftBasket, quantity: int = 1) -> None:
    """Raises why nobody can buy so many of it today, as `put_gift_basket_in_cart`. Read its components with it."""
    if quantity > MOST_GIFT_BASKETS:
        raise TooMany(most=MOST_GIFT_BASKETS)
    trouble = trouble_of_gift_basket(gift, clock.today())
    if trouble is not None:
        raise trouble
    for line in lines_of_gift(gift, quantity):
        check_line(line)


@transaction.atomic
def set_gift_baskets(cart: Cart, quantities: Mapping[int, int], shown_centimes: Mapping[int, int]) -> None:
    """So many of each are in the basket; none takes it out. `shown_centimes`: the price of each that the buyer was shown.

    Raises TooMany, BasketOrdered, changing nothing.
    """
    if not quantities:
        return
    lock_open_cart(cart.pk)
    rows = list(CartGiftBasket.objects.filter(cart=cart, gift_basket__in=quantities).select_related("gift_basket"))
    for row in rows:
        if quantities[row.gift_basket_id] > MOST_GIFT_BASKETS:
            raise TooMany(most=MOST_GIFT_BASKETS)
        row.quantity = quantities[row.gift_basket_id]
        if shown_centimes.get(row.gift_basket_id) == row.gift_basket.price_centimes:
            row.seen_price_centimes = row.gift_basket.price_centimes
    kept = [row for row in rows if row.quantity > 0]
    CartGiftBasket.objects.bulk_update(kept, ["quantity", "seen_price_centimes"])
    CartGiftBasket.objects.filter(pk__in=[row.pk for row in rows if row not in kept]).delete()
    if rows:
        lower_holds(owner_of_holds(cart), pieces_in(cart))
