from __future__ import annotations

import pytest

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.catalogue.services import retire_product, set_price
from twiza.domain.delivery.selectors import zone_between
from twiza.domain.directory.services.registering import change_state
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import saleable_quantities, stock_faults
from twiza.domain.orders.errors import AddressMissing, DeliveryNotOffered, EmptyCart, NotForSale, TotalChanged
from twiza.domain.orders.models import Cart, Order, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import begin_checkout, place_order, put_in_cart, start_cart
from twiza.domain.payments.models import Payment
from twiza.foundation.places.selectors import get_commune


def nothing_was_placed(cart: Cart) -> bool:
    cart.refresh_from_db()
    return cart.completed_at is None and not OrderGroup.objects.filter(cart=cart).exists() and not Payment.objects.exists()


def test_one_basket_becomes_one_order_per_cooperative(market):
    cart = market.basket()

    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    orders = {order.cooperative: order for order in group.orders.all()}
    assert set(orders) == {market.saffron_cooperative, market.argan_cooperative, market.honey_cooperative}
    assert [line.name_fr for line in orders[market.honey_cooperative].lines.all()] == ["Miel de thym"]
    assert group.items_centimes == 3800 + 9500 + 12000
    assert group.delivery_centimes == 3 * (3500 + 500)
    assert group.total_centimes == sum(order.total_centimes for order in orders.values()) == 37300
    payment = Payment.objects.get(reference=f"group:{group.pk}")
    assert payment.amount_centimes == 37300
    assert sorted(payment.allocations.values_list("due_centimes", flat=True)) == [7800, 13500, 16000]


def test_placing_promises_stock_and_leaves_it_on_the_shelf(market):
    market.order(market.honey, quantity=3)

    level = StockLevel.objects.get(variant=market.honey)
    assert (level.on_hand, level.allocated, level.held) == (10, 3, 0)
    assert saleable_quantities([market.honey.pk]) == {market.honey.pk: 7}
    assert stock_faults() == (3, [])


def test_a_doubled_click_finds_the_same_order(market):
    cart = market.basket(market.honey)
    total = basket_of(cart).total_centimes

    first = place_order(cart, expected_total_centimes=total)
    second = place_order(Cart.objects.get(pk=cart.pk), expected_total_centimes=total)

    assert first == second
    assert Order.objects.count() == 1
    assert StockLevel.objects.get(variant=market.honey).allocated == 1


def test_a_price_that_moved_is_shown_before_anything_is_ordered(market):
    cart = market.basket(market.honey)
    seen = basket_of(cart).total_centimes
    set_price(market.honey, 13000, by=market.mina)

    with pytest.raises(TotalChanged) as refusal:
        place_order(cart, expected_total_centimes=seen)

    assert refusal.value.facts == {"total_centimes": seen + 1000}
    assert nothing_was_placed(cart)
    assert StockLevel.objects.get(variant=market.honey).allocated == 0


def test_more_than_there_is_cannot_be_ordered(market):
    cart = market.basket(market.honey, quantity=11)

    with pytest.raises(OutOfStock) as refusal:
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    assert (refusal.value.facts["wanted"], refusal.value.facts["left"]) == (11, 10)
    assert nothing_was_placed(cart)


def test_what_was_retired_meanwhile_is_not_sold(market):
    cart = market.basket(market.honey)
    retire_product(market.honey.product, by=market.mina)

    with pytest.raises(NotForSale):
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    assert nothing_was_placed(cart)


def test_a_suspended_cooperative_sells_nothing(market):
    cart = market.basket(market.honey)
    change_state(market.honey_cooperative, "suspended", None)

    with pytest.raises(NotForSale):
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    with pytest.raises(NotForSale):
        put_in_cart(cart, market.honey.pk, 1, market.national)

    assert nothing_was_placed(cart)
    assert market.honey.product not in products_on_sale()


def test_an_empty_basket_and_a_basket_without_address_are_refused(market):
    empty = start_cart(language="fr")
    nowhere = start_cart(language="fr")
    put_in_cart(nowhere, market.honey.pk, 1, market.national)

    with pytest.raises(EmptyCart):
        place_order(empty, expected_total_centimes=0)
    with pytest.raises(AddressMissing):
        place_order(nowhere, expected_total_centimes=12000)

    assert nothing_was_placed(empty)
    assert nothing_was_placed(nowhere)


def test_no_carrier_no_order(market, settings):
    from twiza.domain.delivery.selectors import carriers

    settings.CARRIERS = ["pickup"]
    carriers.cache_clear()
    cart = market.basket(market.honey)

    try:
        with pytest.raises(DeliveryNotOffered):
            place_order(cart, expected_total_centimes=12000)
    finally:
        carriers.cache_clear()

    assert nothing_was_placed(cart)


def test_a_checkout_keeps_the_last_jar_from_others_but_not_from_itself(market):
    mine, other = market.basket(market.honey, quantity=10), market.basket(market.honey)
    begin_checkout(mine)
    begin_checkout(mine)

    with pytest.raises(OutOfStock):
        place_order(other, expected_total_centimes=basket_of(other).total_centimes)
    place_order(mine, expected_total_centimes=basket_of(mine).total_centimes)

    level = StockLevel.objects.get(variant=market.honey)
    assert (level.on_hand, level.allocated, level.held) == (10, 10, 0)


def test_numbers_are_a_cooperatives_own_and_betray_a_wrong_digit(market):
    first, second = market.order(market.honey), market.order(market.honey)

    numbers = [Order.objects.get(group=group).number for group in (first, second)]
    assert int(numbers[1][:-1]) == int(numbers[0][:-1]) + 1
    assert all(4 <= len(number) <= 6 for number in numbers)


@pytest.mark.django_db
def test_zones_follow_provinces_regions_and_remoteness():
    khouribga, casablanca = get_commune("05.311.01.07"), get_commune("06.141.01.0")
    taliouine, dakhla = get_commune("09.541.01.11"), get_commune("12.391.01.01")

    assert zone_between(khouribga, khouribga) == "local"
    assert zone_between(khouribga, casablanca) == "national"
    assert zone_between(taliouine, get_commune("09.581.01.05")) == "regional"
    assert zone_between(None, casablanca) == "national"
    assert zone_between(casablanca, dakhla) == "remote"
