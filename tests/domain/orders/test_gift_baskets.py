"""Gift baskets: bought as one thing, sent and paid as ordinary lines, every centime of the price somebody's who agreed to it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from tests.domain.inventory.test_lot_races import together
from tests.gift_baskets import PRICE_CENTIMES, agree, compose, compose_agreed
from tests.jobs import run_jobs
from tests.people import CASABLANCA, build_market
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.services import set_price, set_sale_terms
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import stock_faults, what_is_left
from twiza.domain.inventory.services import count_stock
from twiza.domain.orders.errors import OutOfSeason, TotalChanged
from twiza.domain.orders.models import Cart, CartGiftBasket, OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of, borne_by_twiza
from twiza.domain.orders.services import (
    Address,
    CouponTerms,
    accept_order,
    ask_least_order,
    begin_checkout,
    decline_order,
    join_baskets,
    keep_address,
    offer_coupon,
    order_again,
    place_order,
    put_gift_basket_in_cart,
    put_in_cart,
    set_gift_baskets,
    start_cart,
    use_coupon,
)
from twiza.domain.orders.services.reordering import OrderedAgain
from twiza.domain.payments.models import Allocation
from twiza.domain.storefronts.errors import GiftBasketOver, PartPriceChanged, ShareNotAgreed
from twiza.domain.storefronts.services import price_gift_basket, stop_gift_basket, take_back_agreement
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


def cart_with_gift(market, gift, quantity: int = 1) -> Cart:
    cart = start_cart(language="fr")
    put_gift_basket_in_cart(cart, market.souk, gift.slug, quantity)
    keep_address(cart, Address("Salma", "+212683005001", get_commune(CASABLANCA), "Maârif"))
    return cart


def place(cart: Cart) -> OrderGroup:
    cart = Cart.objects.get(pk=cart.pk)
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def refused(market, gift) -> type[Exception]:
    cart = start_cart(language="fr")
    with pytest.raises(Exception) as refusal:  # noqa: PT011 -- which one is what is asked
        put_gift_basket_in_cart(cart, market.souk, gift.slug, 1)
    assert not CartGiftBasket.objects.filter(cart=cart).exists()
    return refusal.type


def test_one_price_is_an_ordinary_line_of_each_cooperative_with_its_frozen_share(market):
    group = place(cart_with_gift(market, compose_agreed(market), quantity=2))

    lines = OrderLine.objects.select_related("order__cooperative").order_by("order", "pk")
    paid = {line.name_fr: (line.quantity, line.total_centimes, line.total_centimes - line.discount_centimes) for line in lines}
    assert paid == {
        "Safran pur": (4, 15_200, 2 * 6268),
        "Huile d'argan": (2, 19_000, 2 * 7835),
        "Miel de thym": (2, 24_000, 2 * 9897),
    }
    assert {line.part_of for line in lines} == {"Panier du Souss"}
    assert all(line.discount_centimes == line.cooperative_discount_centimes for line in lines)
    assert group.items_centimes - group.discount_centimes == 2 * PRICE_CENTIMES
    assert (group.coupon, group.gift_discount_centimes, group.coupon_discount_centimes) == (None, 2 * 5100, 0)
    assert sum(Allocation.objects.values_list("due_centimes", flat=True)) == group.total_centimes
    assert borne_by_twiza(market.honey_cooperative) == 0
    assert stock_faults() == (3, [])


def test_a_part_that_is_declined_takes_its_own_share_and_its_own_stock_back(market):
    group = place(cart_with_gift(market, compose_agreed(market)))
    of_honey = group.orders.get(cooperative=market.honey_cooperative)
    decline_order(of_honey, reason="Plus de miel.", by=market.mina)
    accept_order(group.orders.get(cooperative=market.saffron_cooperative), by=market.fatima)

    group.refresh_from_db()
    assert group.due_centimes == group.total_centimes - of_honey.total_centimes
    assert what_is_left([market.honey.pk])[market.honey.pk].saleable == 10
    assert what_is_left([market.saffron.pk])[market.saffron.pk].saleable == 38


def test_nobody_buys_it_before_every_cooperative_agreed_nor_after_one_took_her_yes_back(market):
    gift = compose(market)
    agree(market, market.fatima, market.hajja)
    assert refused(market, gift) is ShareNotAgreed
    agree(market, market.mina)
    cart = cart_with_gift(market, gift)
    take_back_agreement(market.honey_cooperative, gift.pk, by=market.mina)

    with pytest.raises(ShareNotAgreed):
        place(cart)
    assert not OrderGroup.objects.exists()


def test_another_price_or_another_price_of_a_part_is_asked_about_again(market):
    gift = compose_agreed(market)
    cart = cart_with_gift(market, gift)
    total = basket_of(cart).total_centimes
    set_price(market.honey, 13_000, by=market.mina)
    assert refused(market, gift) is PartPriceChanged
    price_gift_basket(gift, 25_000, by=market.youssef)
    assert refused(market, gift) is ShareNotAgreed
    agree(market)

    with pytest.raises(TotalChanged):
        place_order(cart, expected_total_centimes=total)
    assert basket_of(cart).gifts[0].price_changed
    place(cart)
    assert sum(line.total_centimes - line.discount_centimes for line in OrderLine.objects.all()) == 25_000


def test_what_is_over_sold_out_out_of_season_or_closed_is_said_and_nothing_is_put_in(market):
    gift = compose_agreed(market)
    count_stock(market.saffron.pk, 1, by=market.fatima)
    assert refused(market, gift) is OutOfStock
    count_stock(market.saffron.pk, 5, by=market.fatima)
    other_months = frozenset(range(1, 13)) - {clock.today().month}
    set_sale_terms(market.argan.product, SaleTerms(season_months=tuple(other_months)), by=market.hajja)
    assert refused(market, gift) is OutOfSeason
    stop_gift_basket(gift, by=market.youssef)
    assert refused(market, gift) is GiftBasketOver
    assert refused(market, compose_agreed(market, sold_from=clock.today() + timedelta(days=1))) is GiftBasketOver


def test_it_is_sold_only_where_it_was_composed(market):
    gift = compose_agreed(market)

    with pytest.raises(NotFound):
        put_gift_basket_in_cart(start_cart(language="fr"), market.national, gift.slug, 1)


def test_what_lies_in_it_and_beside_it_comes_from_one_shelf(market):
    cart = cart_with_gift(market, compose_agreed(market), quantity=5)
    put_in_cart(cart, market.honey.pk, 5, market.national)
    begin_checkout(cart)
    assert what_is_left([market.honey.pk])[market.honey.pk].saleable == 0
    assert basket_of(cart).can_be_ordered

    put_in_cart(cart, market.honey.pk, 1, market.national)
    assert not basket_of(cart).can_be_ordered
    with pytest.raises(OutOfStock):
        place(cart)
    set_gift_baskets(cart, {CartGiftBasket.objects.get().gift_basket_id: 4}, {})
    assert {line.order.cooperative_id: line.quantity for line in place(cart).orders.first().lines.all()}
    assert sum(OrderLine.objects.filter(variant=market.honey).values_list("quantity", flat=True)) == 10
    assert stock_faults() == (3, [])


def test_a_coupon_leaves_it_alone_and_no_least_order_holds_its_parts_back(market):
    cart = cart_with_gift(market, compose_agreed(market))
    put_in_cart(cart, market.honey.pk, 1, market.national)
    offer_coupon("DIX", CouponTerms(percent_off=10), by=None, cooperative_percent=0)
    ask_least_order(market.saffron_cooperative, 100_000, by=market.fatima)
    use_coupon(cart, "DIX")

    group = place(cart)

    assert (group.coupon_discount_centimes, group.gift_discount_centimes) == (1200, 5100)
    assert group.items_centimes - group.discount_centimes == PRICE_CENTIMES + 12_000 - 1200


def test_two_baskets_that_become_one_hold_the_larger_number(market):
    gift = compose_agreed(market)
    here, elsewhere = cart_with_gift(market, gift, 2), cart_with_gift(market, gift, 1)
    elsewhere.buyer = market.salma
    elsewhere.save(update_fields=["buyer"])

    kept = join_baskets(market.salma, here)

    assert [(one.gift_basket_id, one.quantity) for one in kept.gift_baskets.all()] == [(gift.pk, 2)]


def test_what_is_ordered_again_is_the_whole_basket_or_nothing_of_it(market):
    gift = compose_agreed(market)
    group = place(cart_with_gift(market, gift, quantity=2))
    again = start_cart(language="fr")

    assert order_again(group, again) == OrderedAgain([], [])
    assert [(one.gift_basket_id, one.quantity) for one in again.gift_baskets.all()] == [(gift.pk, 2)]
    assert not again.lines.exists()

    stop_gift_basket(gift, by=market.youssef)
    late = start_cart(language="fr")
    ((line, refusal),) = order_again(group, late).missing
    assert (line.part_of, refusal.code) == ("Panier du Souss", "gift_basket_over")
    assert not late.gift_baskets.exists()
    assert not late.lines.exists()


@pytest.mark.django_db(transaction=True)
def test_the_last_of_a_part_goes_into_one_of_two_baskets_at_once():
    market = build_market()
    gift = compose_agreed(market)
    count_stock(market.honey.pk, 1, by=market.mina)
    carts = [cart_with_gift(market, gift) for _buyer in range(2)]
    total = basket_of(carts[0]).total_centimes

    ends = together([partial(place_order, cart, expected_total_centimes=total) for cart in carts])

    assert sorted(ends) == ["done", "out_of_stock"]
    assert OrderLine.objects.count() == 3
    assert stock_faults() == (3, [])
    run_jobs()
