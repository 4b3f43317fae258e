"""The only locks on baskets and orders.

Order of locks: cart, coupon, gift baskets, quotas, stock, counters; or group, order, stock, payment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from twiza.domain.orders.errors import BasketOrdered
from twiza.domain.orders.models import Cart, CartGiftBasket, Coupon, Order, OrderCounter, OrderGroup
from twiza.kit import clock

TOUCHED_AGAIN_AFTER = timedelta(hours=1)  # baskets are forgotten after weeks: a click more is not worth a write


def lock_cart(cart_id: int) -> Cart:
    return Cart.objects.select_for_update(of=("self",)).select_related("commune__province").get(pk=cart_id)


def lock_open_cart(cart_id: int) -> Cart:
    """Somebody does something with it now. Raises BasketOrdered when it became an order, or part of another, meanwhile."""
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id, completed_at__isnull=True).first()
    if cart is None:
        raise BasketOrdered
    if clock.now() - cart.touched_at > TOUCHED_AGAIN_AFTER:
        cart.touched_at = clock.now()
        cart.save(update_fields=["touched_at"])
    return cart


def lock_carts_left_since(moment: datetime, limit: int) -> list[int]:
    """So many of the baskets that nobody did anything with since, less those that somebody holds at this moment."""
    left = Cart.objects.select_for_update(skip_locked=True).filter(completed_at__isnull=True, touched_at__lt=moment)
    return list(left.order_by("pk").values_list("pk", flat=True)[:limit])


def lock_open_carts_of(buyer_id: int, cart_id: int | None) -> list[Cart]:
    """The baskets of a buyer that are no order yet, and the one named, in primary-key order."""
    carts = Cart.objects.select_for_update(of=("self",)).filter(completed_at__isnull=True).order_by("pk")
    return list(carts.filter(Q(buyer=buyer_id) | Q(pk=cart_id)))


def lock_coupon(coupon_id: int) -> Coupon:
    """Whoever orders with it takes turns, so that it is used no oftener than it may be."""
    return Coupon.objects.select_for_update(of=("self",)).select_related("cooperative", "borne_by").get(pk=coupon_id)


def lock_gift_baskets_in(cart: Cart) -> list[CartGiftBasket]:
    """What lies in it of them, in primary-key order of the gift baskets: their prices and shares stay as they are meanwhile."""
    inside = CartGiftBasket.objects.select_for_update(of=("self", "gift_basket")).filter(cart=cart)
    return list(inside.select_related("gift_basket").order_by("gift_basket"))


def lock_counters(cooperative_ids: Iterable[int]) -> dict[int, OrderCounter]:
    """The counters by cooperative, made when missing, in primary-key order.

    One that took in other pages goes on after their numbers too, so that no two of their orders are told apart by luck.
    """
    ids = sorted(cooperative_ids)
    OrderCounter.objects.bulk_create(
        (OrderCounter(cooperative_id=cooperative_id, last=first_number(cooperative_id)) for cooperative_id in ids),
        ignore_conflicts=True,
    )
    own, taken_in = Q(cooperative_id__in=ids), Q(cooperative__merged_into__in=ids)
    known = OrderCounter.objects.select_for_update(of=("self",)).select_related("cooperative").filter(own | taken_in)
    counters = list(known.order_by("pk"))
    found = {counter.cooperative_id: counter for counter in counters if counter.cooperative_id in ids}
    for other in counters:
        kept = found[other.cooperative.merged_into_id or other.cooperative_id]
        kept.last = max(kept.last, other.last)
    return found


def lock_order(order_id: int) -> Order:
    """The group first, so that two cooperatives answering at once take turns on the buyer's total."""
    group_id = Order.objects.values_list("group_id", flat=True).get(pk=order_id)
    OrderGroup.objects.select_for_update().get(pk=group_id)
    return (
        Order.objects.select_for_update(of=("self",))
        .select_related("fulfilment", "group", "cooperative__published_revision")
        .get(pk=order_id)
    )


def lock_group(group_id: int) -> OrderGroup:
    return OrderGroup.objects.select_for_update().get(pk=group_id)


def first_number(cooperative_id: int) -> int:
    """Where a cooperative's numbers start. Not at one, so that a first order looks like any other
    and the parts of one basket seldom carry the same number."""
    return 100 + cooperative_id * 37 % 800
