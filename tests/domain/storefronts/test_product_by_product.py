"""A product's own word goes before its cooperative's: chosen, left out, shown first. What is not shown is not sold there."""

from __future__ import annotations

import pytest

from tests.people import product
from twiza.domain.catalogue.selectors import Place, ProductFilters, card_rows_with, find_products
from twiza.domain.catalogue.services import retire_product
from twiza.domain.orders.errors import NotForSale
from twiza.domain.orders.models import CartLine, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import Address, keep_address, place_order, put_in_cart, start_cart
from twiza.domain.storefronts.errors import NotSoldHere, StorefrontClosed, TooManyFirst
from twiza.domain.storefronts.forms import RuleDetails
from twiza.domain.storefronts.models import StorefrontProduct
from twiza.domain.storefronts.selectors import (
    assortment_of,
    cooperatives_shown_in,
    product_counts_in,
    products_shown_in,
    storefronts_showing,
)
from twiza.domain.storefronts.services import (
    add_rule,
    close_storefront,
    leave_out_cooperative,
    leave_out_product,
    move_earlier,
    move_later,
    show_first,
    show_product,
    show_with_others,
)
from twiza.foundation.places.selectors import get_commune
from twiza.foundation.search.services import rebuild_index
from twiza.kit.errors import NotFound


def names_of(found) -> list[str]:
    return [row.name for row in card_rows_with(found.ids, "fr")]


def shown(market) -> list[str]:
    return [one.name_fr for one in products_shown_in(market.souk)]


def said(market) -> list[tuple[str, bool, int | None]]:
    rows = StorefrontProduct.objects.filter(storefront=market.souk).select_related("product")
    return [(row.product.name_fr, row.is_left_out, row.place) for row in rows]


@pytest.fixture
def carob(market):
    return product(market.honey_cooperative, market.mina, "honey", "Miel de caroubier", "", "250", "g", 4500, 4)


def test_a_product_is_shown_although_its_cooperative_is_not(market):
    show_product(market.souk, market.saffron.product_id, by=market.youssef)

    assert sorted(shown(market)) == ["Miel de thym", "Safran pur"]
    assert list(cooperatives_shown_in(market.souk)) == [market.honey_cooperative, market.saffron_cooperative]
    assert product_counts_in(market.souk) == {market.honey_cooperative.pk: 1, market.saffron_cooperative.pk: 1}
    assert storefronts_showing(market.saffron_cooperative) == [market.souk]
    assert storefronts_showing(market.argan_cooperative) == []


def test_a_product_is_left_out_although_its_cooperative_is_shown(market, carob):
    leave_out_product(market.souk, market.honey.product_id, by=market.youssef)
    assert shown(market) == ["Miel de caroubier"]

    show_product(market.souk, market.honey.product_id, by=market.youssef)
    assert shown(market) == ["Miel de caroubier", "Miel de thym"]
    assert said(market) == []


def test_leaving_out_what_was_chosen_leaves_nothing_behind(market):
    show_product(market.souk, market.saffron.product_id, by=market.youssef)
    leave_out_product(market.souk, market.saffron.product_id, by=market.youssef)

    assert said(market) == []
    assert shown(market) == ["Miel de thym"]


def test_whoever_is_left_out_takes_the_chosen_products_along(market):
    add_rule(market.souk, RuleDetails(region="09"), by=market.youssef)
    show_first(market.souk, market.saffron.product_id, by=market.youssef)

    leave_out_cooperative(market.souk, market.saffron_cooperative.pk, by=market.youssef)

    assert said(market) == []
    assert sorted(shown(market)) == ["Huile d'argan", "Miel de thym"]


def test_what_stands_first_stands_in_its_order_before_the_newest(market, carob):
    for one in (market.honey, market.saffron, market.argan):
        show_first(market.souk, one.product_id, by=market.youssef)
    assert shown(market) == ["Miel de thym", "Safran pur", "Huile d'argan", "Miel de caroubier"]

    move_earlier(market.souk, market.argan.product_id, by=market.youssef)
    assert shown(market)[:3] == ["Miel de thym", "Huile d'argan", "Safran pur"]
    move_later(market.souk, market.honey.product_id, by=market.youssef)
    assert shown(market)[:3] == ["Huile d'argan", "Miel de thym", "Safran pur"]
    move_earlier(market.souk, market.argan.product_id, by=market.youssef)
    move_later(market.souk, market.saffron.product_id, by=market.youssef)
    assert shown(market)[:3] == ["Huile d'argan", "Miel de thym", "Safran pur"]

    show_with_others(market.souk, market.honey.product_id, by=market.youssef)
    show_with_others(market.souk, market.saffron.product_id, by=market.youssef)
    assert shown(market)[0] == "Huile d'argan"
    assert said(market) == [("Huile d'argan", False, 1), ("Safran pur", False, None)]


def test_leafing_through_loses_nothing_and_shows_nothing_twice(market, carob):
    for one in (market.argan, market.honey):
        show_first(market.souk, one.product_id, by=market.youssef)
    place, leafed = Place(), []
    while place is not None:
        found = find_products(products_shown_in(market.souk), ProductFilters(), place, 1)
        leafed += names_of(found)
        place = found.following
    assert leafed == ["Huile d'argan", "Miel de thym", "Miel de caroubier"]


def test_twenty_four_stand_first_at_most(market, monkeypatch):
    monkeypatch.setattr("twiza.domain.storefronts.services.naming_products.MOST_FIRST", 1)
    show_first(market.souk, market.honey.product_id, by=market.youssef)
    show_first(market.souk, market.honey.product_id, by=market.youssef)

    with pytest.raises(TooManyFirst):
        show_first(market.souk, market.saffron.product_id, by=market.youssef)
    assert said(market) == [("Miel de thym", False, 1)]


def test_nobody_else_says_so_and_what_is_not_on_sale_is_not_chosen(market):
    for act in (show_product, leave_out_product, show_first, show_with_others, move_earlier, move_later):
        for stranger in (market.mina, market.karim):
            with pytest.raises(NotFound):
                act(market.souk, market.honey.product_id, by=stranger)
    retire_product(market.saffron.product, by=market.fatima)
    for act in (show_product, show_first):
        with pytest.raises(NotFound):
            act(market.souk, market.saffron.product_id, by=market.youssef)
    assert said(market) == []


def test_an_index_finds_and_counts_the_same(market, carob, settings, tmp_path):
    settings.SEARCH_FOLDER = str(tmp_path)
    show_product(market.souk, market.saffron.product_id, by=market.youssef)
    leave_out_product(market.souk, carob.product_id, by=market.youssef)
    products = products_shown_in(market.souk)
    by_tables = find_products(products, ProductFilters())
    rebuild_index()
    assortment = assortment_of(market.souk)

    by_index = find_products(products, ProductFilters(assortment=assortment))
    assert by_index.total == by_tables.total == 2
    assert by_index.counts["region"] == by_tables.counts["region"] == {"05": 1, "09": 1}
    for words, found in (("safran", ["Safran pur"]), ("miel", ["Miel de thym"]), ("argan", [])):
        answer = find_products(products, ProductFilters(text=words, assortment=assortment))
        assert (names_of(answer), answer.total) == (found, len(found))


def test_what_is_not_shown_is_not_put_in_the_basket(market):
    cart = start_cart(language="fr")
    with pytest.raises(NotSoldHere) as refusal:
        put_in_cart(cart, market.saffron.pk, 1, market.souk)
    assert str(refusal.value) == "Safran pur n'est pas en vente dans «\u00a0Souk Khouribga\u00a0». Cherchez sur le marché."

    close_storefront(market.souk, by=market.youssef)
    market.souk.refresh_from_db()
    with pytest.raises(StorefrontClosed):
        put_in_cart(cart, market.honey.pk, 1, market.souk)
    assert CartLine.objects.count() == 0


def test_what_is_shown_no_more_is_not_ordered_there_and_is_on_the_market(market):
    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, 1, market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    leave_out_product(market.souk, market.honey.product_id, by=market.youssef)
    basket = basket_of(cart)
    assert ([line.is_sold_there for line in basket.lines], basket.can_be_ordered) == ([False], False)
    with pytest.raises(NotSoldHere):
        place_order(cart, expected_total_centimes=basket.total_centimes)
    assert OrderGroup.objects.count() == 0

    put_in_cart(cart, market.honey.pk, 1, market.national)
    place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    line = OrderGroup.objects.get().orders.get().lines.get()
    assert (line.storefront, line.quantity) == (market.national, 2)


def test_what_is_on_sale_nowhere_says_so(market):
    cart = market.basket(market.honey)
    retire_product(market.honey.product, by=market.mina)
    with pytest.raises(NotForSale):
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
