"""A storefront offers some of the ways to pay and to receive; no other is taken, whatever the form sent."""

from __future__ import annotations

import pytest

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.orders.errors import DeliveryNotOffered
from twiza.domain.orders.models import OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import Address, keep_address, place_order, put_in_cart, start_cart
from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.storefronts.errors import NoLanguageChosen, NoWayChosen
from twiza.domain.storefronts.models import StorefrontWays
from twiza.domain.storefronts.selectors import Ways, every_way, ways_of, ways_of_each
from twiza.domain.storefronts.services import choose_ways
from twiza.foundation.places.selectors import get_commune
from twiza.kit.errors import NotFound

CASH = ("cash_on_delivery",)
EVERY = Ways(CASH, ("tariff_table", "pickup"), ("fr", "ar", "zgh", "en"))


@pytest.fixture
def point(market):
    return PickupPoint.objects.create(
        cooperative=market.honey_cooperative,
        name_fr="Atelier",
        name_ar="ورشة",
        commune=get_commune("05.311.01.07"),
        landmark="Près du souk",
    )


def basket(market, *wanted):
    cart = start_cart(language="fr")
    for variant, storefront in wanted:
        put_in_cart(cart, variant.pk, 1, storefront)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    return cart


def offered(cart) -> list[list[str]]:
    return [[option.carrier for option in package.options] for package in basket_of(cart).packages]


def test_a_basket_is_brought_as_every_storefront_it_comes_from_offers(market, point):
    cart = basket(market, (market.honey, market.souk), (market.saffron, market.national))
    assert offered(cart) == [["tariff_table", "pickup"], ["tariff_table"]]

    choose_ways(market.souk, Ways(CASH, ("pickup",), ("fr", "ar")), by=market.youssef)
    assert offered(cart) == [["pickup"], ["tariff_table"]]
    chosen = place_order(
        cart,
        expected_total_centimes=basket_of(cart).total_centimes,
        choices={market.honey_cooperative.pk: "tariff_table"},
    )
    assert sorted(chosen.orders.values_list("fulfilment__carrier", flat=True)) == ["pickup", "tariff_table"]


def test_what_can_be_brought_by_none_of_its_ways_is_not_ordered(market):
    choose_ways(market.souk, Ways(CASH, ("pickup",), ("fr",)), by=market.youssef)
    cart = basket(market, (market.honey, market.souk))
    with pytest.raises(DeliveryNotOffered):
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    assert OrderGroup.objects.count() == 0


def test_a_way_to_pay_it_does_not_offer_is_refused(market, settings):
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery", "bank_transfer"]
    choose_ways(market.souk, Ways(("bank_transfer",), ("tariff_table",), ("fr",)), by=market.youssef)
    cart = basket(market, (market.honey, market.souk))
    assert basket_of(cart).payments == ("bank_transfer",)
    with pytest.raises(ProviderNotOffered):
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    assert OrderGroup.objects.count() == 0

    settings.PAYMENT_PROVIDERS = ["cash_on_delivery"]
    assert ways_of(market.souk).payments == ()


def test_all_that_there_is_also_means_what_comes_later(market, settings):
    choose_ways(market.souk, EVERY, by=market.youssef)
    row = StorefrontWays.objects.get()
    assert (row.payments, row.carriers, row.languages) == ([], [], [])
    settings.CARRIERS = ["tariff_table", "pickup", "poste"]
    assert ways_of(market.souk) == every_way() == Ways(CASH, ("tariff_table", "pickup", "poste"), EVERY.languages)

    choose_ways(market.souk, Ways(CASH, ("pickup", "nobody"), ("ar", "fr", "ar")), by=market.youssef)
    assert ways_of(market.souk) == Ways(CASH, ("pickup",), ("ar", "fr"))
    assert ways_of(market.national) == every_way()


@pytest.mark.parametrize(
    ("ways", "refusal"),
    [
        (Ways((), ("pickup",), ("fr",)), NoWayChosen),
        (Ways(CASH, ("nobody",), ("fr",)), NoWayChosen),
        (Ways(CASH, ("pickup",), ("de",)), NoLanguageChosen),
    ],
)
def test_something_that_there_is_must_be_chosen_and_by_its_people(market, ways, refusal):
    with pytest.raises(refusal):
        choose_ways(market.souk, ways, by=market.youssef)
    for stranger in (market.mina, market.karim):
        with pytest.raises(NotFound):
            choose_ways(market.souk, EVERY, by=stranger)
    assert StorefrontWays.objects.count() == 0


def test_many_storefronts_ask_one_question_about_their_ways(market, point, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(ways_of_each([market.souk, market.national]).values()) == {EVERY}
