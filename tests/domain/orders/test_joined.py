"""Parcels of neighbours go on from a point as one, its price shared; the parts stay orders of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.delivery.carrier import DeliveryOption, HeardStatus
from twiza.domain.delivery.errors import TakesNothingOfOthers
from twiza.domain.delivery.models import SendingTerms
from twiza.domain.delivery.rules import shares_of
from twiza.domain.delivery.services import PointDetails, change_pickup_point, close_pickup_point, hand_over_at, open_pickup_point
from twiza.domain.orders.errors import NothingToSendOn, TotalChanged
from twiza.domain.orders.models import Fulfilment, Order, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.selectors.joined import joined_offer
from twiza.domain.orders.selectors.sent_on import parcels_sent_on_from
from twiza.domain.orders.selectors.together import all_together
from twiza.domain.orders.selectors.troubles import parcels_to_bring
from twiza.domain.orders.services import (
    accept_order,
    decline_order,
    hand_over_order,
    hear_statuses,
    mark_order_ready,
    place_order,
)
from twiza.domain.orders.services.sending_on import send_on
from twiza.domain.payments.models import CashCollection
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound

DETAILS = PointDetails(None, "Atelier", "الورشة", takes_others=True, sends_on=True)


@pytest.fixture
def point(market):
    """The saffron cooperative's workshop sends on what the argan cooperative brings there."""
    details = replace(DETAILS, commune=get_commune("09.541.01.11"))
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)
    return point


def joined(market) -> tuple[object, dict[int, str]]:
    cart = market.basket(market.saffron, market.argan, market.honey)
    offer = joined_offer(basket_of(cart))
    return cart, all_together(basket_of(cart), offer.code)


def placed(cart, choices) -> OrderGroup:
    return place_order(cart, expected_total_centimes=basket_of(cart, choices).total_centimes, choices=choices)


def test_one_parcel_is_offered_to_those_who_bring_theirs_to_the_point_and_costs_less(market, point):
    cart, choices = joined(market)
    assert choices == dict.fromkeys(
        (market.saffron_cooperative.pk, market.argan_cooperative.pk), f"joined:{point.pk}:tariff_table"
    )

    apart, together = basket_of(cart), basket_of(cart, choices)
    offer = joined_offer(together)
    assert offer.is_chosen
    assert 0 < offer.price_centimes < offer.apart_centimes
    assert apart.total_centimes - together.total_centimes == offer.saved_centimes
    before = {package.cooperative.pk: package.delivery_centimes for package in apart.packages}
    assert all(package.delivery_centimes <= before[package.cooperative.pk] for package in together.packages)


def test_each_order_keeps_its_share_where_it_is_brought_and_by_when(market, point):
    cart, choices = joined(market)
    offer = joined_offer(basket_of(cart))

    group = placed(cart, choices)

    parcels = list(Fulfilment.objects.filter(order__group=group, sent_from=point).select_related("order"))
    assert sum(parcel.order.delivery_centimes for parcel in parcels) == offer.price_centimes
    assert {(one.carrier, one.bring_by, one.promised_until, one.is_fetched) for one in parcels} == {
        ("tariff_table", offer.point.open_on, offer.last, False)
    }
    assert {one.order.cooperative_id for one in parcels} == set(choices)
    assert {one.sent_from_place for one in parcels} == {"Atelier (Coopérative Zafrane Taliouine), Taliouine"}


def test_one_who_wants_it_otherwise_undoes_it_for_all(market, point):
    cart, choices = joined(market)
    basket = basket_of(cart, choices | {market.argan_cooperative.pk: "tariff_table"})
    assert {package.chosen.code for package in basket.packages} == {"tariff_table"}
    assert basket.total_centimes == basket_of(cart).total_centimes


def test_one_who_declines_leaves_the_others_shares_as_they_were(market, point):
    cart, choices = joined(market)
    group = placed(cart, choices)
    others = Order.objects.filter(group=group).exclude(cooperative=market.saffron_cooperative).order_by("pk")
    before = list(others.values("delivery_centimes", "total_centimes", "fulfilment__bring_by", "fulfilment__sent_from"))

    decline_order(group.orders.get(cooperative=market.saffron_cooperative), by=market.fatima)

    assert list(others.values(*before[0])) == before
    group.refresh_from_db()
    assert group.due_centimes == sum(one["total_centimes"] for one in before)


def test_who_pays_for_sending_bears_its_share(market, point):
    SendingTerms.objects.create(cooperative=market.argan_cooperative, free_from_centimes=1)
    cart, choices = joined(market)
    offer = joined_offer(basket_of(cart))

    group = placed(cart, choices)

    orders = Order.objects.filter(group=group, fulfilment__sent_from=point).select_related("fulfilment")
    argan = orders.get(cooperative=market.argan_cooperative)
    assert argan.delivery_centimes == 0
    assert argan.fulfilment.free_centimes == argan.fulfilment.free_cooperative_centimes == argan.carriage_centimes > 0
    assert offer.price_centimes == orders.get(cooperative=market.saffron_cooperative).delivery_centimes


def test_the_keeper_sends_on_what_is_there_and_its_list_has_one_row(market, point):
    cart, choices = joined(market)
    group = placed(cart, choices)
    assert parcels_sent_on_from(point) == []
    saffron, argan = (group.orders.get(cooperative=one) for one in (market.saffron_cooperative, market.argan_cooperative))
    accept_order(argan, by=market.hajja)
    with pytest.raises(NothingToSendOn):
        send_on(point, group.number, by=market.fatima)

    mark_order_ready(argan, by=market.hajja)
    (parcel,) = parcels_sent_on_from(point)
    assert (parcel.number, parcel.is_whole, len(parcel.there)) == (f"G{group.number}", False, 1)
    accept_order(saffron, by=market.fatima)
    mark_order_ready(saffron, by=market.fatima)
    (parcel,) = parcels_sent_on_from(point)
    assert (parcel.is_whole, parcel.cash_centimes) == (True, saffron.total_centimes + argan.total_centimes)
    assert parcel.share_centimes == saffron.delivery_centimes + argan.delivery_centimes

    with pytest.raises(NotFound):
        send_on(point, group.number, by=market.hajja)
    assert send_on(point, group.number, by=market.fatima, tracking="AM1") == 2
    assert set(Fulfilment.objects.filter(sent_from=point).values_list("status", "tracking")) == {("handed_over", "AM1")}
    assert parcels_sent_on_from(point) == []

    held = CashCollection.objects.filter(part__in=[f"order:{order.pk}" for order in (saffron, argan)])
    assert {one.part: one.holder for one in held} == {
        f"order:{saffron.pk}": f"cooperative:{market.saffron_cooperative.pk}",
        f"order:{argan.pk}": f"pickup:{point.pk}",
    }
    assert parcels_to_bring(market.argan_cooperative) == []
    (row,) = parcels_to_bring(market.saffron_cooperative)
    assert (row.reference, row.collect_centimes) == (f"G{group.number}", parcel.cash_centimes)


def test_what_was_left_behind_goes_alone(market, point):
    cart, choices = joined(market)
    order = placed(cart, choices).orders.get(cooperative=market.argan_cooperative)
    accept_order(order, by=market.hajja)

    hand_over_order(order, by=market.hajja)

    assert [row.reference for row in parcels_to_bring(market.argan_cooperative)] == [order.number]
    assert parcels_to_bring(market.saffron_cooperative) == []
    assert Order.objects.get(pk=order.pk).delivery_centimes == order.delivery_centimes > 0
    with pytest.raises(NothingToSendOn):
        send_on(point, order.group.number, by=market.fatima)


def test_what_the_carrier_says_of_the_one_parcel_is_told_to_every_order_in_it(market, point):
    cart, choices = joined(market)
    group = placed(cart, choices)
    for cooperative, by in ((market.saffron_cooperative, market.fatima), (market.argan_cooperative, market.hajja)):
        order = group.orders.get(cooperative=cooperative)
        accept_order(order, by=by)
        mark_order_ready(order, by=by)
    send_on(point, group.number, by=market.fatima)
    said = [HeardStatus(2, f"G{group.number}", "delivered", clock.today(), "")]

    assert hear_statuses(market.argan_cooperative, said, by=market.hajja) == (0, said)
    assert hear_statuses(market.saffron_cooperative, said, by=market.fatima) == (1, [])
    run_jobs()

    assert set(Order.objects.filter(fulfilment__sent_from=point).values_list("status", flat=True)) == {"closed"}
    assert group.orders.get(cooperative=market.honey_cooperative).status == "placed"


def test_a_point_that_closed_meanwhile_is_not_ordered_through(market, point):
    cart, choices = joined(market)
    read = basket_of(cart, choices).total_centimes
    close_pickup_point(point, by=market.fatima)

    with pytest.raises(TotalChanged):
        place_order(cart, expected_total_centimes=read, choices=choices)

    assert not OrderGroup.objects.exists()


def test_a_point_sends_on_only_what_it_takes_and_only_by_its_keepers_word(market, point):
    details = replace(DETAILS, commune=point.commune)
    with pytest.raises(TakesNothingOfOthers):
        change_pickup_point(point, replace(details, takes_others=False), by=market.fatima)
    point.refresh_from_db()
    assert point.sends_on

    change_pickup_point(point, replace(details, sends_on=False), by=market.fatima)
    assert joined_offer(basket_of(market.basket())) is None


AMOUNTS = st.integers(0, 500_00)


@given(st.integers(1, 500_00), st.lists(AMOUNTS, min_size=1, max_size=5), AMOUNTS, AMOUNTS, AMOUNTS)
def test_shares_make_the_whole_and_none_is_dearer_than_its_own_parcel(first, others, price, fee, back):
    apart = [first, *others]
    whole = DeliveryOption("tariff_table", "tariff_table", price, fee, 1, 2, return_centimes=back)

    shares = shares_of(whole, apart)

    assert sum(share.price_centimes for share in shares) == price
    assert sum(share.cash_fee_centimes for share in shares) == fee
    assert sum(share.return_centimes for share in shares) == back
    assert all(min(share.price_centimes, share.cash_fee_centimes, share.return_centimes) >= 0 for share in shares)
    if whole.total_centimes <= sum(apart):
        assert all(share.total_centimes <= own for share, own in zip(shares, apart, strict=True))
