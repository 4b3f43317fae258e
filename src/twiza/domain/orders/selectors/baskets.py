"""Looking into a basket: what stands in it, priced and checked as of now, package by package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.rules import how_it_can_be_bought, terms_of
from twiza.domain.delivery.selectors import delivery_options
from twiza.domain.directory.selectors import closings_today
from twiza.domain.inventory.models import StockHold
from twiza.domain.inventory.selectors import what_is_left
from twiza.domain.orders.errors import CouponForOthers, CouponNeedsMore
from twiza.domain.orders.models import Cart, CartGiftBasket, CartLine, Coupon
from twiza.domain.orders.rules import NO_DISCOUNT, Discount, discounts, is_paid_at_the_door
from twiza.domain.orders.selectors.contents import Basket, BasketGift, BasketLine, BasketPackage
from twiza.domain.orders.selectors.coupons import trouble_with, what_it_is_for
from twiza.domain.orders.selectors.free_delivery import Terms, free_terms_of, freed
from twiza.domain.orders.selectors.gift_parts import GiftPart, parts_of
from twiza.domain.orders.selectors.joined import as_parcel, offered_joined, share_a_point
from twiza.domain.orders.selectors.least_orders import least_orders_of
from twiza.domain.orders.selectors.quotas import left_of_quotas
from twiza.domain.orders.selectors.together import choosing, offered_together
from twiza.domain.orders.selectors.ways_to_pay import ways_to_pay
from twiza.domain.storefronts.models import GiftBasket, Storefront
from twiza.domain.storefronts.selectors import (
    Ways,
    common_ways,
    gift_baskets_with,
    products_sold_in,
    trouble_of_gift_basket,
    ways_of_each,
)
from twiza.foundation.accounts.models import User
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.errors import DomainError
from twiza.kit.money import plain

BESIDE = "commune__province__region"


def cart_with(token: str) -> Cart | None:
    """The basket somebody's browser remembers, while it is not an order yet."""
    if not token:
        return None
    return Cart.objects.select_related(BESIDE).filter(token=token, completed_at__isnull=True).first()


def cart_of(buyer: User) -> Cart | None:
    """The basket of somebody signed in, whichever telephone it was filled on."""
    carts = Cart.objects.select_related(BESIDE).filter(buyer=buyer, completed_at__isnull=True)
    return carts.order_by("pk").first()


def completed_cart_with(token: str) -> Cart | None:
    """The basket that became an order: a doubled click finds its order through it."""
    return Cart.objects.select_related("order_group").filter(token=token, completed_at__isnull=False).first() if token else None


def lines_in(cart: Cart) -> int:
    """How many things stand in it, a gift basket counting as one."""
    gifts = CartGiftBasket.objects.filter(cart=cart).order_by().values("cart_id")
    return CartLine.objects.filter(cart=cart).order_by().values("cart_id").union(gifts, all=True).count()


def pieces_in(cart: Cart) -> dict[int, int]:
    """By size, how many pieces stand in it, those in its gift baskets included."""
    lines = CartLine.objects.filter(cart=cart).order_by().values_list("variant_id", "quantity")
    parts = CartGiftBasket.objects.filter(cart=cart).order_by()
    in_gifts = parts.values_list("gift_basket__components__variant_id", F("quantity") * F("gift_basket__components__pieces"))
    pieces: Counter[int] = Counter()
    for variant_id, quantity in lines.union(in_gifts, all=True):
        pieces[variant_id] += quantity
    return dict(pieces)


def basket_of(
    cart: Cart, choices: Mapping[int, str] | None = None, gift_baskets: Sequence[CartGiftBasket] | None = None
) -> Basket:
    """Everything in it by cooperative, with delivery priced when the place is known.

    `choices` (cooperative id → option code) go before what the basket remembers; the first option
    holds where nothing was chosen. `gift_baskets` are those in it, when they were read already.
    """
    basket = goods_in(cart, gift_baskets)
    offered = ways_of_each({line.storefront for line in basket.lines})
    payments = ways_to_pay(cart, basket.lines, common_ways(offered.values()).payments)
    pay_with = cart.pay_with if cart.pay_with in payments or not payments else payments[0]
    basket = replace(basket, payments=payments, pay_with=pay_with)
    if cart.commune is None:
        return basket
    terms = free_terms_of(basket.packages)
    priced = _with_delivery(cart, cart.commune, basket.packages, choices or {}, pay_with, terms)
    alone = tuple(_as_offered(package, offered) for package in priced)
    if share_a_point(priced):
        alone = offered_joined(alone, cart.commune, terms, is_paid_on_delivery=is_paid_at_the_door(pay_with))
    return replace(basket, packages=choosing(offered_together(alone)))


def goods_in(cart: Cart, gift_baskets: Sequence[CartGiftBasket] | None = None) -> Basket:
    """As `basket_of`, without how it is brought and paid."""
    holds = _holds_of(cart)
    gifts = _gifts(list(CartGiftBasket.objects.filter(cart=cart)) if gift_baskets is None else gift_baskets)
    loose, own = _wanted(cart), {hold.variant_id: hold.quantity for hold in holds}
    parts = parts_of(gifts, _pieces_of_each(loose), own)
    lines, trouble = _with_coupon(cart, _lines([*loose, *map(_wanted_as, parts)], own))
    kept_until = min((hold.expires_at for hold in holds), default=None)
    return Basket(_packages(lines), (), kept_until, cart.coupon, trouble, gifts)


class _Wanted(NamedTuple):
    variant: Variant
    storefront: Storefront
    quantity: int
    was_centimes: int
    part_of: GiftBasket | None = None
    discount: Discount = NO_DISCOUNT
    instead_of: Variant | None = None


def _wanted(cart: Cart) -> list[_Wanted]:
    """What was put in by itself."""
    rows = CartLine.objects.filter(cart=cart).select_related(
        "storefront",
        "variant__product__kind",
        "variant__product__cooperative__published_revision__commune__province__region",
    )
    return [_Wanted(row.variant, row.storefront, row.quantity, row.seen_price_centimes) for row in rows]


def _gifts(rows: Sequence[CartGiftBasket]) -> tuple[BasketGift, ...]:
    found = gift_baskets_with(row.gift_basket_id for row in rows) if rows else {}
    today = clock.today()
    return tuple(
        BasketGift(gift, row.quantity, row.seen_price_centimes, trouble_of_gift_basket(gift, today))
        for row in rows
        for gift in (found[row.gift_basket_id],)
    )


def _wanted_as(part: GiftPart) -> _Wanted:
    """Its cooperative bears what its share is less than its goods by themselves: it agreed to that."""
    share = part.quantity // part.component.pieces * part.component.share_centimes
    off = max(part.quantity * part.variant.price_centimes - share, 0)
    return _Wanted(
        part.variant,
        part.gift_basket.storefront,
        part.quantity,
        part.variant.price_centimes,
        part.gift_basket,
        Discount(off, off),
        part.instead_of,
    )


def lines_of_gift(gift: GiftBasket, quantity: int = 1) -> list[BasketLine]:
    """What would stand in a basket with so many of it. Read its components with it."""
    parts = parts_of([BasketGift(gift, quantity, gift.price_centimes)], {}, {})
    return _lines([_wanted_as(part) for part in parts], {})


def _lines(rows: Sequence[_Wanted], own: Mapping[int, int]) -> list[BasketLine]:
    """`own`: what its checkout holds of each variant. Nobody is blocked by their own reservation."""
    sold = _sold_there(rows)
    left = what_is_left(row.variant.pk for row in rows)
    altogether = _pieces_of_each(rows)
    today = clock.today()
    closed = closings_today({row.variant.product.cooperative_id for row in rows})
    lines = [
        BasketLine(
            variant=row.variant,
            product=row.variant.product,
            storefront=row.storefront,
            is_sold_there=(row.storefront.pk, row.variant.product_id) in sold,
            quantity=row.quantity,
            was_centimes=row.was_centimes,
            discount=row.discount,
            part_of=row.part_of,
            instead_of=row.instead_of,
            altogether=altogether[row.variant.pk],
            buying=how_it_can_be_bought(
                terms_of(row.variant.product, closed.get(row.variant.product.cooperative_id)),
                left[row.variant.pk].saleable + own.get(row.variant.pk, 0),
                left[row.variant.pk].reservable,
                today,
                altogether[row.variant.pk],
            ),
        )
        for row in rows
    ]
    return _within_quotas(lines)


def _with_coupon(cart: Cart, lines: list[BasketLine]) -> tuple[list[BasketLine], DomainError | None]:
    """Each line with what the basket's coupon takes off it, or why it takes nothing."""
    coupon = cart.coupon
    if coupon is None:
        return lines, None
    loose = (line for line in lines if line.part_of is None)  # a gift basket has a price of its own
    its = [line for line in loose if coupon.is_for(line.product.cooperative_id, line.storefront.pk)]
    trouble = trouble_with(coupon, cart.buyer_phone) or _not_enough_of(coupon, its)
    if trouble is not None:
        return lines, trouble
    off = dict(zip((line.key for line in its), discounts(coupon, [line.total_centimes for line in its]), strict=True))
    return [replace(line, discount=off.get(line.key, line.discount)) for line in lines], None


def _not_enough_of(coupon: Coupon, lines: Sequence[BasketLine]) -> DomainError | None:
    if not lines:
        return CouponForOthers(code=coupon.code, what=what_it_is_for(coupon))
    missing = coupon.least_centimes - sum(line.total_centimes for line in lines)
    return CouponNeedsMore(code=coupon.code, amount=plain(missing)) if missing > 0 else None


def _within_quotas(lines: list[BasketLine]) -> list[BasketLine]:
    """Each with what its storefront's quota leaves for it: sizes of one product share it, the first line first."""
    left = left_of_quotas({line.place for line in lines if not line.storefront.shows_everything})
    known = []
    for line in lines:
        known.append(replace(line, left_here=left.get(line.place)))
        if line.place in left:
            left[line.place] = max(left[line.place] - line.quantity, 0)
    return known


def _pieces_of_each(rows: Sequence[_Wanted]) -> dict[int, int]:
    """By size: one may be bought by itself and lie in gift baskets besides."""
    pieces: dict[int, int] = {}
    for row in rows:
        pieces[row.variant.pk] = pieces.get(row.variant.pk, 0) + row.quantity
    return pieces


def _sold_there(rows: Sequence[_Wanted]) -> set[tuple[int, int]]:
    """(storefront, product) of what can still be bought through the storefront it was put in from."""
    products: dict[Storefront, list[int]] = {}
    for row in rows:
        products.setdefault(row.storefront, []).append(row.variant.product_id)
    return {(one.pk, product) for one, ids in products.items() for product in products_sold_in(one, ids)}


def _packages(lines: Sequence[BasketLine]) -> tuple[BasketPackage, ...]:
    cooperatives = {line.product.cooperative_id: line.product.cooperative for line in lines}
    least = least_orders_of(cooperatives)
    return tuple(
        BasketPackage(
            cooperative, tuple(line for line in lines if line.product.cooperative_id == pk), least_centimes=least.get(pk, 0)
        )
        for pk, cooperative in cooperatives.items()
    )


class _Hold(NamedTuple):
    variant_id: int
    quantity: int
    expires_at: datetime


def _holds_of(cart: Cart) -> list[_Hold]:
    """What its checkout keeps at this moment, whether or not a job tidied away what is over."""
    holds = StockHold.objects.filter(owner=f"cart:{cart.pk}", expires_at__gt=clock.now())
    return [_Hold(*row) for row in holds.values_list("level__variant_id", "quantity", "expires_at")]


def _with_delivery(
    cart: Cart,
    destination: Commune,
    packages: tuple[BasketPackage, ...],
    choices: Mapping[int, str],
    pay_with: str,
    terms: Terms,
) -> tuple[BasketPackage, ...]:
    is_all_said = all(package.cooperative.pk in choices for package in packages)
    remembered = {} if is_all_said else dict(cart.deliveries.values_list("cooperative_id", "option_code"))
    options = delivery_options(
        map(as_parcel, packages),
        destination,
        is_paid_on_delivery=is_paid_at_the_door(pay_with),
    )
    return tuple(
        replace(
            package,
            options=tuple(freed(option, package, terms) for option in options[package.cooperative.pk]),
            wanted=choices.get(package.cooperative.pk) or remembered.get(package.cooperative.pk) or "",
        )
        for package in packages
    )


def _as_offered(package: BasketPackage, offered: Mapping[int, Ways]) -> BasketPackage:
    """Brought only as every storefront it comes from offers."""
    carriers = common_ways(offered[line.storefront.pk] for line in package.lines).carriers
    options = tuple(option for option in package.options if option.carrier in carriers)
    return replace(package, options=options)
