"""Somebody signs in: the basket of this browser and the one they left elsewhere are one."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from twiza.domain.inventory.models import StockHold
from twiza.domain.inventory.services import release_holds
from twiza.domain.orders.locking import lock_open_carts_of
from twiza.domain.orders.models import Cart, CartDelivery, CartGiftBasket, CartLine
from twiza.domain.orders.services.baskets import begin_checkout, owner_of_holds
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import DomainError

RECIPIENT = ("recipient_name", "recipient_phone", "gift_message")
ADDRESS = (
    "buyer_name",
    "buyer_phone",
    "buyer_email",
    "buyer_country",
    "commune_id",
    "landmark",
    *RECIPIENT,
    "note",
    "pay_with",
    "language",
)


@transaction.atomic
def join_baskets(buyer: User, cart: Cart | None) -> Cart | None:
    """The buyer has one basket, with everything in it that was in this one or in those they left when they were signed in.

    Of what is in two, the larger quantity holds: it was one wish. The address given last goes on. What a checkout kept is
    kept again for the basket that stays, as far as it is still there. A basket that is another person's is left alone.
    Answers the basket that stays, None when there is none.
    """
    carts = [one for one in lock_open_carts_of(buyer.pk, cart.pk if cart else None) if one.buyer_id in {None, buyer.pk}]
    if not carts:
        return None
    kept, *others = carts
    was_kept = any(_lets_go(one) for one in carts) if others else False
    for other in others:
        _pour(other, kept)
    kept.buyer, kept.touched_at = buyer, clock.now()
    kept.save()
    if was_kept:
        with suppress(DomainError):  # said in the basket, when they come to it
            begin_checkout(kept)
    return kept


def _lets_go(cart: Cart) -> bool:
    """Nothing is held for it any more; whether something was."""
    if not StockHold.objects.filter(owner=owner_of_holds(cart)).exists():
        return False
    release_holds(owner_of_holds(cart))
    return True


def _pour(other: Cart, kept: Cart) -> None:
    here = {line.variant_id: line for line in CartLine.objects.filter(cart=kept)}
    for line in CartLine.objects.filter(cart=other):
        same = here.get(line.variant_id)
        if same is None:
            line.cart = kept
            line.save(update_fields=["cart"])
        elif line.quantity > same.quantity:
            same.quantity = line.quantity
            same.save(update_fields=["quantity"])
    _pour_gift_baskets(other, kept)
    kept.coupon_id = kept.coupon_id or other.coupon_id
    if other.commune_id:
        _take_address(other, kept)
    other.delete()


def _pour_gift_baskets(other: Cart, kept: Cart) -> None:
    here = {one.gift_basket_id: one for one in CartGiftBasket.objects.filter(cart=kept)}
    for one in CartGiftBasket.objects.filter(cart=other):
        same = here.get(one.gift_basket_id)
        if same is None:
            one.cart = kept
            one.save(update_fields=["cart"])
        elif one.quantity > same.quantity:
            same.quantity = one.quantity
            same.save(update_fields=["quantity"])


def _take_address(other: Cart, kept: Cart) -> None:
    CartDelivery.objects.filter(cart=kept).delete()
    CartDelivery.objects.filter(cart=other).update(cart=kept)
    for field in ADDRESS:
        setattr(kept, field, getattr(other, field))
