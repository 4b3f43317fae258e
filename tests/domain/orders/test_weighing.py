"""What is sold by weight costs what the scales say, within what the buyer agreed to; every sum follows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.errors import AlreadyDone, ImplausibleWeight, NotAcceptedYet, NotWeighedYet
from twiza.domain.orders.models import Order, OrderGroup, OrderLine
from twiza.domain.orders.rules import charged_for, most_charged, plausible_grams
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    accept_order,
    decline_order,
    hand_over_order,
    mark_order_ready,
    place_order,
    record_delivery,
    weigh_order,
)
from twiza.domain.payments.errors import PaidAlready
from twiza.domain.payments.models import Allocation, Payment
from twiza.domain.payments.services import change_part, record_collection
from twiza.foundation.messaging.models import Message
from twiza.kit.errors import NotFound

PRICE, PORTION = 4500, 500  # 45 DH for about 500 g: 90 DH a kilo


@pytest.fixture
def comb(market) -> Variant:
    """Honey in the comb: about 500 g, weighed when it is packed."""
    details = VariantDetails(Decimal(PORTION), "g", PRICE, name_fr="en rayon", sale_mode="weighed")
    variant = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(variant.pk, 50, by=market.mina)
    return variant


def accepted(group: OrderGroup, market) -> Order:
    return accept_order(group.orders.get(cooperative=market.honey_cooperative), by=market.mina)


def weighed_line(group: OrderGroup) -> OrderLine:
    return OrderLine.objects.get(order__group=group, most_centimes__isnull=False)


def weigh(order: Order, grams: int, market) -> Order:
    line = weighed_line(order.group)
    return weigh_order(order, {line.pk: grams}, by=market.mina)


def test_the_buyer_agrees_to_an_estimate_and_to_a_most(market, comb):
    cart = market.basket(comb, quantity=3)
    basket = basket_of(cart)
    assert (basket.items_centimes, basket.most_centimes - basket.total_centimes) == (13500, 2025)

    group = place_order(cart, expected_total_centimes=basket.total_centimes)

    line = weighed_line(group)
    assert (line.total_centimes, line.most_centimes, line.weighed_grams) == (13500, 15525, None)
    assert (line.asked_grams, group.total_centimes, group.most_due_centimes) == (1500, 17500, 19525)


@pytest.mark.parametrize(("grams", "costs"), [(1500, 13500), (1620, 14580), (1400, 12600), (1501, 13509), (1800, 15525)])
def test_the_real_weight_is_paid_and_never_more_than_was_agreed(market, comb, grams, costs):
    group = market.order(comb, quantity=3)

    order = weigh(accepted(group, market), grams, market)

    group.refresh_from_db()
    assert weighed_line(group).total_centimes == costs
    assert (order.items_centimes, order.total_centimes) == (costs, costs + 4000)
    assert (group.items_centimes, group.total_centimes, group.due_centimes) == (costs, costs + 4000, costs + 4000)
    assert Payment.objects.get().amount_centimes == costs + 4000
    assert Allocation.objects.get().due_centimes == costs + 4000


def test_what_is_collected_is_what_was_weighed(market, comb):
    order = weigh(accepted(market.order(comb, quantity=3), market), 1620, market)
    mark_order_ready(order, by=market.mina)
    hand_over_order(order, by=market.mina)

    record_delivery(order, by=market.mina)

    payment = Payment.objects.get()
    assert (payment.state, payment.amount_centimes, payment.events.get().amount_centimes) == ("captured", 18580, 18580)


def test_the_buyer_is_told_of_the_most_and_then_of_the_amount(market, comb):
    group = market.order(comb, quantity=3)
    run_jobs()
    order = accepted(group, market)
    weigh(order, 1620, market)
    weigh(order, 1620, market)
    run_jobs()

    texts = list(Message.objects.filter(to=group.buyer_phone).order_by("pk").values_list("text", flat=True))
    assert "au plus 195.25 DH" in texts[0]
    told = [text for text in texts if "a pesé votre commande" in text]
    assert told == [f"Twiza {group.number}: Coopérative Nahlat a pesé votre commande. A payer à la livraison: 185.80 DH."]


def test_a_weight_can_be_corrected_until_the_parcel_is_ready(market, comb):
    order = accepted(market.order(comb, quantity=3), market)
    weigh(order, 1400, market)
    order = weigh(order, 1620, market)
    assert order.total_centimes == 18580
    mark_order_ready(order, by=market.mina)

    with pytest.raises(AlreadyDone):
        weigh(order, 1400, market)

    assert Allocation.objects.get().due_centimes == 18580


def test_an_unweighed_parcel_is_not_ready_and_one_that_left_costs_what_it_should_have(market, comb):
    order = accepted(market.order(comb, quantity=3), market)

    with pytest.raises(NotWeighedYet):
        mark_order_ready(order, by=market.mina)
    order.refresh_from_db()
    assert order.fulfilment.status == "pending"
    hand_over_order(order, by=market.mina)

    assert Allocation.objects.get().due_centimes == 17500


@pytest.mark.parametrize("grams", [0, 1, 749, 3001, 162000])
def test_a_slip_of_the_finger_is_refused_and_nothing_changes(market, comb, grams):
    order = accepted(market.order(comb, quantity=3), market)

    with pytest.raises(ImplausibleWeight):
        weigh(order, grams, market)

    assert weighed_line(order.group).weighed_grams is None
    assert Allocation.objects.get().due_centimes == 17500


def test_nothing_is_weighed_before_it_is_accepted_nor_by_others_nor_in_part(market, comb):
    order = market.order(comb, quantity=3).orders.get()
    line = weighed_line(order.group)

    with pytest.raises(NotAcceptedYet):
        weigh_order(order, {line.pk: 1500}, by=market.mina)
    with pytest.raises(NotFound):
        weigh_order(order, {line.pk: 1500}, by=market.hajja)
    accept_order(order, by=market.mina)
    with pytest.raises(NotWeighedYet):
        weigh_order(order, {}, by=market.mina)

    line.refresh_from_db()
    assert line.weighed_grams is None


def test_a_declined_part_leaves_the_sums_of_the_others_right(market, comb):
    group = market.order(comb, market.argan, quantity=2)
    decline_order(group.orders.get(cooperative=market.argan_cooperative), by=market.hajja)

    weigh(accepted(group, market), 900, market)

    group.refresh_from_db()
    assert (group.due_centimes, group.total_centimes) == (8100 + 4000, 8100 + 4000 + 19000 + 4000)
    assert group.most_due_centimes == group.due_centimes


def test_what_was_paid_does_not_change_its_amount(market):
    order = market.order(market.honey).orders.get()
    record_collection(f"order:{order.pk}", provider_reference="x", told={})

    with pytest.raises(PaidAlready):
        change_part(f"order:{order.pk}", 1)

    assert Allocation.objects.get().due_centimes == 16000


def test_the_tables_refuse_more_than_was_agreed_and_a_weighed_litre(market, comb):
    group = market.order(comb, quantity=3)
    lines = OrderLine.objects.filter(pk=weighed_line(group).pk)

    with pytest.raises(IntegrityError, match="order_line_weighed_within_its_cap"), transaction.atomic():
        lines.update(weighed_grams=1900, total_centimes=15526)
    with pytest.raises(IntegrityError, match="order_line_total_is_exact"), transaction.atomic():
        lines.update(total_centimes=13400)
    with pytest.raises(IntegrityError, match="variant_weighed_in_grams"), transaction.atomic():
        Variant.objects.filter(pk=market.argan.pk).update(sale_mode="weighed")


def test_an_about_is_said_before_the_weight(market, comb):
    with override("fr"):
        assert comb.content == "en rayon, environ 500 g"
    with override("ar"):
        assert comb.content == "en rayon, حوالي 500 غ"


MONEY, GRAMS = st.integers(50, 5_000_000), st.integers(1, 1_000_000)


@given(MONEY, st.integers(1, 200_000), GRAMS, st.integers(1, 999))
@example(PRICE, PORTION, 1501, 3)
def test_what_is_charged_is_exact_to_half_a_centime_and_never_above_the_most(price, portion, grams, quantity):
    most = most_charged(price * quantity)
    charged = charged_for(price, Decimal(portion), grams, most)

    assert 0 <= charged <= most
    assert charged == most or abs(charged * portion * 2 - price * grams * 2) <= portion
    assert charged_for(price, Decimal(portion), grams + 1, most) >= charged


@given(MONEY, st.integers(1, 200_000), st.integers(1, 999))
def test_what_weighs_as_asked_costs_the_estimate(price, portion, quantity):
    least, most = plausible_grams(portion * quantity)

    assert least <= portion * quantity <= most
    assert charged_for(price, Decimal(portion), portion * quantity, most_charged(price * quantity)) == price * quantity
    assert most_charged(price * quantity) >= price * quantity


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 4), st.lists(st.integers(50, 200), min_size=1, max_size=3))
def test_however_often_it_is_weighed_the_parts_make_the_whole(market, comb, quantity, percents):
    group = market.order(comb, market.saffron, quantity=quantity)
    order = accepted(group, market)
    for percent in percents:
        weigh(order, max(PORTION * quantity * percent // 100, 1), market)

    group.refresh_from_db()
    lines = OrderLine.objects.filter(order__group=group)
    assert group.items_centimes == sum(line.total_centimes for line in lines)
    assert group.total_centimes == group.due_centimes == sum(part.total_centimes for part in group.orders.all())
    payment = Payment.objects.get(reference=f"group:{group.pk}")
    assert payment.amount_centimes == group.due_centimes == sum(payment.allocations.values_list("due_centimes", flat=True))
