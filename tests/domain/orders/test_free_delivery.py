"""From an amount on buyers of a storefront do not pay for sending; who does is exact to the centime and agreed to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from twiza.domain.delivery.carrier import DeliveryOption
from twiza.domain.delivery.errors import TooLateToAnnounce
from twiza.domain.delivery.models import SendingTerms
from twiza.domain.orders.models import Fulfilment
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.selectors.contents import BasketPackage
from twiza.domain.orders.selectors.free_delivery import borne_by_operator_of, freed, owed_for_free_delivery, saying_what_is_free
from twiza.domain.orders.services import (
    Address,
    accept_order,
    hand_over_order,
    keep_address,
    place_order,
    put_in_cart,
    record_delivery,
    start_cart,
)
from twiza.domain.storefronts.models import FreeDelivery, FreeDeliveryConsent, Storefront
from twiza.domain.storefronts.selectors.free_delivery import FreeTerms, free_delivery_rows, shares_asked_of
from twiza.domain.storefronts.services.free_delivery import (
    announce_free_delivery,
    bear_free_delivery,
    stop_bearing_free_delivery,
    withdraw_free_delivery,
)
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


def holds(market, least: int | None = 20000, percent: int = 0, *, days: int = 0) -> FreeDelivery:
    """In the souk's storefront, from so many days ago."""
    said = {"least_centimes": least, "cooperative_percent": percent}
    Storefront.objects.filter(pk=market.souk.pk).update(announces_free_delivery=True)
    market.souk.refresh_from_db()
    return FreeDelivery.objects.create(storefront=market.souk, valid_from=clock.today() - timedelta(days=days), **said)


def basket(market, quantity: int, *more):
    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, quantity, market.souk)
    for variant, storefront in more:
        put_in_cart(cart, variant.pk, 1, storefront)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    return cart


def package(market, quantity: int) -> BasketPackage:
    return saying_what_is_free(basket_of(basket(market, quantity))).packages[0]


def test_so_much_is_missing_and_then_it_is_free(market):
    holds(market)
    price = market.honey.price_centimes

    one, two = package(market, 1), package(market, 2)

    assert (one.missing_for_free_centimes, one.is_sent_free) == (20000 - price, False)
    assert one.delivery_centimes > 0
    assert (two.missing_for_free_centimes, two.is_sent_free, two.delivery_centimes) == (0, True, 0)
    assert two.chosen is not None
    assert (two.chosen.free_centimes, two.chosen.free_cooperative_centimes) == (one.delivery_centimes, 0)


def test_the_newest_row_that_began_holds(market):
    holds(market, 100, days=9)
    assert package(market, 1).is_sent_free
    holds(market, None, days=1)
    assert package(market, 2).free_from_centimes == 0
    holds(market, 50000)
    assert package(market, 1).free_from_centimes == 50000
    holds(market, 100, days=-1)
    assert package(market, 1).free_from_centimes == 50000


def test_what_a_cooperative_sends_free_by_itself_is_said_too_and_the_less_counts(market):
    SendingTerms.objects.create(cooperative=market.honey_cooperative, free_from_centimes=18000)
    assert package(market, 1).missing_for_free_centimes == 18000 - market.honey.price_centimes
    holds(market, 16000)
    assert package(market, 1).free_from_centimes == 16000


def test_a_share_holds_only_for_a_cooperative_that_agreed(market):
    row = holds(market, 100, 30)
    whole = package(market, 1).delivery_centimes
    assert whole > 0
    assert package(market, 1).free_from_centimes == 0

    with pytest.raises(NotFound):
        bear_free_delivery(market.honey_cooperative, row.pk, by=market.hajja)
    with pytest.raises(NotFound):
        bear_free_delivery(market.argan_cooperative, row.pk, by=market.hajja)
    assert not FreeDeliveryConsent.objects.exists()
    for _twice in range(2):
        bear_free_delivery(market.honey_cooperative, row.pk, by=market.mina)

    chosen = package(market, 1).chosen
    assert chosen is not None
    assert (chosen.total_centimes, chosen.free_centimes, chosen.free_cooperative_centimes) == (0, whole, whole * 30 // 100)
    assert [one.has_agreed for one in shares_asked_of(market.honey_cooperative)] == [True]
    stop_bearing_free_delivery(market.honey_cooperative, row.pk, by=market.mina)
    assert package(market, 1).delivery_centimes == whole


def test_it_is_frozen_with_the_order_and_owed_once_the_buyer_has_it(market):
    holds(market, 100)
    cart = basket(market, 1)
    whole = basket_of(cart).packages[0].chosen.free_centimes
    order = place_order(cart, expected_total_centimes=market.honey.price_centimes).orders.get()
    FreeDelivery.objects.all().delete()

    assert order.delivery_centimes == 0
    assert Fulfilment.objects.get().free_centimes == whole
    assert owed_for_free_delivery(market.honey_cooperative) == 0
    accept_order(order, by=market.mina)
    hand_over_order(order, by=market.mina)
    record_delivery(order, by=market.mina)
    assert owed_for_free_delivery(market.honey_cooperative) == borne_by_operator_of(market.souk) == whole
    assert owed_for_free_delivery(market.saffron_cooperative) == borne_by_operator_of(market.national) == 0


def test_it_is_of_what_was_chosen_in_the_one_storefront(market):
    holds(market, 100)
    found = saying_what_is_free(basket_of(basket(market, 1, (market.saffron, market.national))))
    assert [one.is_sent_free for one in found.packages] == [True, False]


@effort(deadline=None)
@given(price=st.integers(0, 90_000), fee=st.integers(0, 5_000), percent=st.integers(0, 100))
def test_the_parts_make_the_whole(price, fee, percent):
    class Package(BasketPackage):
        storefront = Storefront(pk=1)
        items_centimes = 10_000

    of = Package(cooperative=type("C", (), {"pk": 7})(), lines=())
    option = DeliveryOption("t", "t", price, fee, 1, 2)

    free = freed(option, of, {1: FreeTerms(10_000, percent, frozenset({7}))})

    whole = price + fee
    assert (free.total_centimes, free.free_centimes) == (0, whole)
    assert abs(free.free_cooperative_centimes * 100 - whole * percent) < 100
    assert 0 <= free.free_cooperative_centimes <= whole
    assert freed(option, of, {1: FreeTerms(10_001, percent, frozenset({7}))}) == option


def test_it_is_announced_for_days_to_come_by_those_who_decide(market):
    tomorrow = clock.today() + timedelta(days=1)
    said = {"least_centimes": 30000, "cooperative_percent": 0}
    with pytest.raises(TooLateToAnnounce):
        announce_free_delivery(market.souk, valid_from=clock.today(), by=market.youssef, **said)
    with pytest.raises(NotFound):
        announce_free_delivery(market.souk, valid_from=tomorrow, by=market.mina, **said)
    assert not FreeDelivery.objects.exists()

    for least in (30000, 25000):
        announce_free_delivery(market.souk, valid_from=tomorrow, least_centimes=least, cooperative_percent=0, by=market.youssef)
    assert [row.least_centimes for row in free_delivery_rows(market.souk)[1]] == [25000]
    assert Storefront.objects.get(pk=market.souk.pk).announces_free_delivery
    with pytest.raises(NotFound):
        withdraw_free_delivery(market.souk, valid_from=tomorrow, by=market.mina)
    withdraw_free_delivery(market.souk, valid_from=tomorrow, by=market.youssef)
    assert not FreeDelivery.objects.exists()
    assert not Storefront.objects.get(pk=market.souk.pk).announces_free_delivery
