"""A storefront may give only so many of a product: kindly said in the basket, hard when the order is placed, never a stock."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.people import product
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.errors import FewerHere, NoMoreHere
from twiza.domain.orders.models import CartLine, OrderGroup
from twiza.domain.orders.selectors import basket_of, left_of_quotas, left_under, pieces_ordered_at
from twiza.domain.orders.services import (
    Address,
    begin_checkout,
    decline_order,
    keep_address,
    place_order,
    put_in_cart,
    set_quantities,
    start_cart,
)
from twiza.domain.storefronts.models import StorefrontQuota
from twiza.domain.storefronts.services import set_quota
from twiza.foundation.places.selectors import get_commune
from twiza.kit.errors import NotFound


@pytest.fixture
def fair(market):
    """Of the honey, five may be ordered at the souk; there are ten on the shelf."""
    set_quota(market.souk, market.honey.product_id, 5, by=market.youssef)
    return market


def basket(market, *wanted, storefront=None):
    cart = start_cart(language="fr")
    for variant, quantity in wanted:
        put_in_cart(cart, variant.pk, quantity, storefront or market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    return cart


def place(cart):
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def left(market) -> int:
    return left_under("souk-khouribga", [market.honey.product_id])[market.honey.product_id]


def test_what_was_ordered_there_is_counted_and_what_was_declined_is_not(fair):
    group = place(basket(fair, (fair.honey, 3)))
    place(basket(fair, (fair.honey, 2), storefront=fair.national))
    here = (fair.souk.pk, fair.honey.product_id)
    assert pieces_ordered_at([here]) == {here: 3}
    assert left_of_quotas([here]) == {here: 2}

    decline_order(group.orders.get(), by=fair.mina)
    assert left(fair) == 5
    assert StockLevel.objects.get(variant=fair.honey).allocated == 2


def test_the_basket_takes_no_more_than_the_storefront_gives(fair):
    cart = basket(fair, (fair.honey, 4))
    with pytest.raises(FewerHere) as refusal:
        put_in_cart(cart, fair.honey.pk, 2, fair.souk)
    assert str(refusal.value) == "Miel de thym\u00a0: dans «\u00a0Souk Khouribga\u00a0», on ne peut plus en commander que 5."
    assert CartLine.objects.get().quantity == 4

    place(basket(fair, (fair.honey, 5)))
    with pytest.raises(NoMoreHere):
        put_in_cart(start_cart(language="fr"), fair.honey.pk, 1, fair.souk)
    put_in_cart(start_cart(language="fr"), fair.honey.pk, 1, fair.national)


def test_a_basket_filled_before_is_told_at_the_checkout_and_refused_at_the_order(fair):
    cart = basket(fair, (fair.honey, 4))
    place(basket(fair, (fair.honey, 3)))
    shown = basket_of(cart)
    assert [(line.left_here, line.is_beyond_quota, line.is_enough) for line in shown.lines] == [(2, True, False)]

    for act in (begin_checkout, place):
        with pytest.raises(FewerHere) as refusal:
            act(cart)
        assert refusal.value.facts["left"] == 2
    level = StockLevel.objects.get(variant=fair.honey)
    assert (level.allocated, level.held, OrderGroup.objects.count()) == (3, 0, 1)

    set_quantities(cart, {fair.honey.pk: 2})
    place(cart)
    assert left(fair) == 0


def test_sizes_of_one_product_share_its_quota(fair):
    small = add_variant(fair.honey.product, VariantDetails(Decimal(250), "g", 7000), by=fair.mina)
    receive_stock(small.pk, 10, by=fair.mina)
    cart = basket(fair, (fair.honey, 3))
    with pytest.raises(FewerHere):
        put_in_cart(cart, small.pk, 3, fair.souk)
    put_in_cart(cart, small.pk, 2, fair.souk)
    assert [line.left_here for line in basket_of(cart).lines] == [5, 2]
    place(cart)
    assert left(fair) == 0


def test_the_gate_counts_again_whatever_the_basket_said(fair, monkeypatch):
    """As when another order came in between: what the basket read is older than what the lock shows."""
    cart = basket(fair, (fair.honey, 4))
    place(basket(fair, (fair.honey, 3)))
    monkeypatch.setattr("twiza.domain.orders.selectors.baskets.left_of_quotas", lambda places: {})

    with pytest.raises(FewerHere) as refusal:
        place(cart)
    assert refusal.value.facts["left"] == 2
    assert OrderGroup.objects.count() == 1
    assert StockLevel.objects.get(variant=fair.honey).allocated == 3


def test_a_quota_is_changed_and_taken_away_by_its_people_alone(fair):
    place(basket(fair, (fair.honey, 3)))
    set_quota(fair.souk, fair.honey.product_id, 1, by=fair.youssef)
    assert left(fair) == 0
    for stranger in (fair.mina, fair.karim):
        with pytest.raises(NotFound):
            set_quota(fair.souk, fair.honey.product_id, None, by=stranger)
    assert StorefrontQuota.objects.get().most_pieces == 1

    set_quota(fair.souk, fair.honey.product_id, None, by=fair.youssef)
    assert left_under("souk-khouribga", [fair.honey.product_id]) == {}


def test_one_storefront_says_nothing_of_another_or_of_other_products(fair, django_assert_num_queries):
    carob = product(fair.honey_cooperative, fair.mina, "honey", "Miel de caroubier", "", "250", "g", 4500, 9)
    place(basket(fair, (carob, 7)))
    with django_assert_num_queries(2):
        assert left_under("souk-khouribga", [carob.product_id, fair.honey.product_id]) == {fair.honey.product_id: 5}
    with django_assert_num_queries(1):
        assert left_under("souk-khouribga", [carob.product_id]) == {}
