"""Filling a basket. A basket that became an order is left alone: the next one starts empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format

from twiza.domain.catalogue.models import Product, Variant, Way
from twiza.domain.catalogue.rules import Buying, how_it_can_be_bought, terms_of
from twiza.domain.catalogue.selectors import variant_on_sale
from twiza.domain.directory.selectors import closings_today
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import what_is_left
from twiza.domain.inventory.services import Want, hold_stock, lower_holds
from twiza.domain.orders.errors import BasketFull, CooperativeClosed, NotForSale, OutOfSeason, TooMany
from twiza.domain.orders.locking import lock_open_cart
from twiza.domain.orders.models import Cart, CartDelivery, CartGiftBasket, CartLine
from twiza.domain.orders.models.cart import MOST_LINES, MOST_PER_LINE
from twiza.domain.orders.selectors.baskets import goods_in, pieces_in
from twiza.domain.orders.selectors.contents import Basket, BasketLine
from twiza.domain.orders.selectors.quotas import left_of_quotas
from twiza.domain.orders.services.least_orders import refuse_too_little
from twiza.domain.orders.services.quotas import refuse_beyond_quota
from twiza.domain.storefronts.errors import NotSoldHere, StorefrontClosed
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import products_sold_in
from twiza.foundation.accounts.models import User
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.months import months_in_words


@dataclass(frozen=True)
class Address:
    """Who the buyer is and where the parcel goes. No street is needed: a commune and a landmark."""

    name: str
    phone: str
    commune: Commune
    landmark: str
    note: str = ""
    email: str = ""


def start_cart(*, language: str, buyer: User | None = None) -> Cart:
    """There is an empty basket."""
    return Cart.objects.create(language=language, buyer=buyer)


@transaction.atomic
def put_in_cart(
    cart: Cart, variant_id: int, quantity: int, storefront: Storefront, *, once_within: timedelta = timedelta(0)
) -> CartLine:
    """So many more of it are in the basket, at the price of this moment.

    As many as were put in within `once_within` before are the same ones: a button pressed twice, on a page that is everybody's
    and has no number of its own to tell.

    Stock is looked at, not yet kept: that begins with the checkout. More of what was put in through another storefront is
    bought through this one altogether. Raises NotForSale, NotSoldHere, StorefrontClosed, CooperativeClosed, OutOfSeason,
    FewerHere, NoMoreHere, TooMany, BasketFull, BasketOrdered.
    """
    lock_open_cart(cart.pk)
    variant = variant_on_sale(variant_id)
    if variant is None:
        raise NotForSale(product="–")
    _refuse_elsewhere(variant.product, storefront)
    check_day(variant)
    line = CartLine.objects.filter(cart=cart, variant=variant).first()
    if line is not None and line.put_in_quantity == quantity and clock.now() - line.put_in_at < once_within:
        return line
    already = line.quantity if line else 0
    _check_quantity(already + quantity)
    _refuse_beyond_quota(cart, variant, already + quantity, storefront)
    if line is None:
        _refuse_beyond_lines(cart)
        line = CartLine(cart=cart, variant=variant)
    line.quantity = already + quantity
    line.storefront = storefront
    line.seen_price_centimes = variant.price_centimes
    line.put_in_at, line.put_in_quantity = clock.now(), quantity
    line.save()
    return line


@transaction.atomic
def set_quantities(cart: Cart, quantities: Mapping[int, int], shown_centimes: Mapping[int, int] | None = None) -> None:
    """So many of each variant are in the basket; none takes its line out. A line that is not there stays away.

    `shown_centimes`: the price of each that stood before the buyer's eyes. One that moved meanwhile is said to have moved until
    the buyer was shown the new one. What the checkout kept beyond these quantities is for others again.
    Raises TooMany, BasketOrdered, changing nothing.
    """
    lock_open_cart(cart.pk)
    shown = shown_centimes or {}
    lines = list(CartLine.objects.filter(cart=cart, variant_id__in=quantities).select_related("variant"))
    kept = [line for line in lines if quantities[line.variant_id] > 0]
    for line in kept:
        _check_quantity(quantities[line.variant_id])
        line.quantity = quantities[line.variant_id]
        if shown.get(line.variant_id) == line.variant.price_centimes:
            line.seen_price_centimes = line.variant.price_centimes
    CartLine.objects.bulk_update(kept, ["quantity", "seen_price_centimes"])
    CartLine.objects.filter(pk__in=[line.pk for line in lines if line not in kept]).delete()
    lower_holds(owner_of_holds(cart), pieces_in(cart))


def keep_address(cart: Cart, address: Address, *, language: str = "") -> None:
    """The basket knows where it goes, and in which language the buyer is written to.

    Delivery choices that depended on another place are asked again.
    """
    if cart.commune_id != address.commune.pk:
        CartDelivery.objects.filter(cart=cart).delete()
    cart.buyer_name = address.name
    cart.buyer_phone = address.phone
    cart.buyer_email = address.email
    cart.commune = address.commune
    cart.landmark = address.landmark
    cart.note = address.note
    cart.language = language or cart.language
    cart.save(update_fields=["buyer_name", "buyer_phone", "buyer_email", "commune", "landmark", "note", "language"])


def choose_deliveries(cart: Cart, choices: Mapping[int, str]) -> None:
    """By cooperative id, how its package comes. Whether it can is checked when the order is placed.

    A cooperative with nothing in the basket is passed over.
    """
    by_itself = CartLine.objects.filter(cart=cart).order_by().values_list("variant__product__cooperative_id", flat=True)
    in_gifts = CartGiftBasket.objects.filter(cart=cart).order_by()
    parts = in_gifts.values_list("gift_basket__components__variant__product__cooperative_id", flat=True)
    present = set(by_itself.union(parts))
    CartDelivery.objects.bulk_create(
        (CartDelivery(cart=cart, cooperative_id=pk, option_code=code) for pk, code in choices.items() if pk in present),
        update_conflicts=True,
        unique_fields=["cart", "cooperative"],
        update_fields=["option_code"],
    )


@transaction.atomic
def begin_checkout(cart: Cart) -> None:
    """What is in the basket and on a shelf is kept for a quarter of an hour; a quota keeps nothing for anybody.

    Begun again, the quarter of an hour begins anew and what was kept before is replaced.
    Raises TooLittle, CooperativeClosed, OutOfStock, FewerHere, NoMoreHere, BasketOrdered, keeping nothing new.
    """
    lock_open_cart(cart.pk)
    basket = goods_in(cart)
    refuse_gifts_in_trouble(basket)
    refuse_too_little(basket)
    lines = basket.lines
    for line in lines:
        refuse_closed(line.product, line.buying)
        refuse_beyond_quota(line.product.name, line.storefront.name, line.quantity, line.left_here)
    from_shelf = {line.variant.pk: line.altogether for line in lines if line.buying.way == Way.SHELF}
    hold_stock(owner_of_holds(cart), [Want(*want) for want in from_shelf.items()])


def owner_of_holds(cart: Cart) -> str:
    return f"cart:{cart.pk}"


def check_day(variant: Variant) -> None:
    """Raises CooperativeClosed or OutOfSeason when it cannot be bought today in any way. Select its cooperative with it."""
    product = variant.product
    terms = terms_of(product, closings_today([product.cooperative_id]).get(product.cooperative_id))
    left = what_is_left([variant.pk])[variant.pk]
    buying = how_it_can_be_bought(terms, left.saleable, left.reservable, clock.today())
    refuse_closed(product, buying)
    if buying.is_out_of_season:
        raise OutOfSeason(product=product.name, season=months_in_words(terms.season_months))


def refuse_closed(product: Product, buying: Buying) -> None:
    """Raises CooperativeClosed when its cooperative takes no orders today."""
    if buying.closed_until is not None:
        raise CooperativeClosed(cooperative=product.cooperative.name, until=date_format(buying.closed_until))


def refuse_gifts_in_trouble(basket: Basket) -> None:
    """Raises GiftBasketOver, ShareNotAgreed, PartPriceChanged when a gift basket in it is not sold today."""
    for gift in basket.gifts:
        if gift.trouble is not None:
            raise gift.trouble


def check_line(line: BasketLine) -> None:
    """Raises NotForSale, NotSoldHere, CooperativeClosed, OutOfSeason, FewerHere, NoMoreHere, OutOfStock when nobody can buy it
    now."""
    if not line.is_on_sale:
        raise NotForSale(product=line.product.name)
    if not line.is_sold_there:
        raise NotSoldHere(product=line.product.name, storefront=line.storefront.name)
    refuse_closed(line.product, line.buying)
    if line.buying.is_out_of_season:
        raise OutOfSeason(product=line.product.name, season=months_in_words(line.product.season_months))
    refuse_beyond_quota(line.product.name, line.storefront.name, line.quantity, line.left_here)
    if not line.is_enough:
        raise OutOfStock(variant_id=line.variant.pk, product=line.product.name, wanted=line.altogether, left=max(line.left, 0))


def _refuse_elsewhere(product: Product, storefront: Storefront) -> None:
    if not (storefront.shows_everything or storefront.is_open_now):
        raise StorefrontClosed(name=storefront.name)
    if product.pk not in products_sold_in(storefront, [product.pk]):
        raise NotSoldHere(product=product.name, storefront=storefront.name)


def _refuse_beyond_quota(cart: Cart, variant: Variant, quantity: int, storefront: Storefront) -> None:
    """The other sizes of it in the basket count too. Raises FewerHere, NoMoreHere."""
    place = (storefront.pk, variant.product_id)
    left = None if storefront.shows_everything else left_of_quotas([place]).get(place)
    if left is None:
        return
    others = CartLine.objects.filter(cart=cart, variant__product=variant.product_id, storefront=storefront)
    others_quantity = others.exclude(variant=variant).aggregate(pieces=Sum("quantity"))["pieces"] or 0
    refuse_beyond_quota(variant.product.name, storefront.name, quantity + others_quantity, left)


def _refuse_beyond_lines(cart: Cart) -> None:
    if CartLine.objects.filter(cart=cart).count() >= MOST_LINES:
        raise BasketFull(most=MOST_LINES)


def _check_quantity(quantity: int) -> None:
    if quantity > MOST_PER_LINE:
        raise TooMany(most=MOST_PER_LINE)
