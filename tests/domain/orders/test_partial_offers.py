"""A cooperative that has only a part: its buyer is asked, and every sum follows the answer to the centime."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils.timezone import make_aware
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.notifications.test_story import texts_to
from tests.gift_baskets import compose_agreed
from tests.jobs import run_jobs
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders import errors
from twiza.domain.orders.models import Cart, Order, OrderGroup, OrderLine, PartialOffer
from twiza.domain.orders.rules import part_of
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    CouponTerms,
    accept_order,
    agree_to_coupon,
    chase_answers,
    decline_order,
    hand_over_order,
    lapse_offers,
    leave_part,
    mark_order_ready,
    offer_coupon,
    offer_part,
    place_order,
    put_gift_basket_in_cart,
    record_delivery,
    take_part,
    use_coupon,
    weigh_order,
)
from twiza.domain.payments.errors import PaidAlready
from twiza.domain.payments.models import Allocation, Payment
from twiza.domain.payments.services import record_collection
from twiza.kit.errors import NotFound

coupons = itertools.count(100)


def at(day: int, hour: int) -> datetime:
    """So many days after a Monday, by the clocks of Morocco."""
    return make_aware(datetime.combine(date(2026, 11, 23) + timedelta(days=day), time(hour)))


@pytest.fixture
def honey(market) -> Order:
    """Three jars of honey, beside saffron of another cooperative."""
    return market.order(market.honey, market.saffron, quantity=3).orders.get(cooperative=market.honey_cooperative)


def offer(market, order: Order, sends: int = 2) -> PartialOffer:
    line = order.lines.get()
    return offer_part(order, {line.pk: sends}, by=market.mina)


def sums_of(group: OrderGroup) -> tuple[int, ...]:
    group.refresh_from_db()
    return (group.items_centimes, group.delivery_centimes, group.discount_centimes, group.total_centimes, group.due_centimes)


def whole_is_its_parts(group: OrderGroup) -> None:
    group.refresh_from_db()
    orders = list(group.orders.prefetch_related("lines"))
    owed = [order for order in orders if order.is_owed]
    for order in orders:
        lines = order.lines.all()
        assert order.items_centimes == sum(line.total_centimes for line in lines)
        assert order.discount_centimes == sum(line.discount_centimes for line in lines)
        assert order.fulfilment.weight_grams == sum(line.weight_grams for line in lines)
    assert group.items_centimes == sum(order.items_centimes for order in orders)
    assert group.delivery_centimes == sum(order.delivery_centimes for order in orders)
    assert group.discount_centimes == sum(order.discount_centimes for order in orders)
    assert group.total_centimes == sum(order.total_centimes for order in orders)
    assert group.due_centimes == sum(order.total_centimes for order in owed)
    payment = Payment.objects.get(reference=f"group:{group.pk}")
    parts = {part.reference: part.due_centimes for part in payment.allocations.filter(cancelled_at__isnull=True)}
    assert parts == {f"order:{order.pk}": order.total_centimes for order in owed}
    assert payment.amount_centimes == group.due_centimes
    assert stock_faults()[1] == []


def nothing_changed(market, order: Order, status: str) -> None:
    order.refresh_from_db()
    assert (order.status, order.lines.get().quantity, order.total_centimes) == (status, 3, 40000)
    assert StockLevel.objects.get(variant=market.honey).allocated == 3


def test_until_the_buyer_answers_nothing_changes_and_nothing_is_packed(market, honey):
    before = sums_of(honey.group)

    asked = offer(market, honey)

    nothing_changed(market, honey, "offered")
    assert sums_of(honey.group) == before
    assert (asked.total_centimes, asked.delivery_centimes, asked.state) == (28000, 4000, "asked")
    for act in (mark_order_ready, hand_over_order, record_delivery):
        with pytest.raises(errors.NotAcceptedYet):
            act(honey, by=market.mina)
    with pytest.raises(errors.NotAcceptedYet):
        weigh_order(honey, {}, by=market.mina)
    with pytest.raises(errors.AlreadyAnswered):
        offer(market, honey, 1)


def test_a_yes_shrinks_the_part_and_the_rest_may_be_sold_again(market, honey):
    asked = offer(market, honey)

    order = take_part(asked, by=market.salma)

    assert (order.status, order.lines.get().quantity, order.total_centimes) == ("accepted", 2, 28000)
    level = StockLevel.objects.get(variant=market.honey)
    assert (level.on_hand, level.allocated) == (10, 2)
    whole_is_its_parts(honey.group)
    assert list(order.steps.values_list("what", flat=True)) == ["placed", "offered", "accepted"]
    record_delivery(hand_over_order(mark_order_ready(order, by=market.mina), by=market.mina), by=market.mina)
    assert Allocation.objects.get(reference=f"order:{order.pk}").captured_centimes == 28000


def test_a_no_cancels_this_part_and_the_others_go_on(market, honey):
    asked = offer(market, honey)

    leave_part(asked)

    honey.refresh_from_db()
    assert (honey.status, honey.fulfilment.status) == ("declined", "cancelled")
    assert StockLevel.objects.get(variant=market.honey).allocated == 0
    whole_is_its_parts(honey.group)
    others = honey.group.orders.get(cooperative=market.saffron_cooperative)
    assert (others.status, honey.group.due_centimes) == ("placed", others.total_centimes)
    accept_order(others, by=market.fatima)


def test_a_line_of_which_nothing_comes_is_gone_and_its_words_are_kept(market):
    other = add_variant(market.honey.product, VariantDetails(Decimal(250), "g", 7000), by=market.mina)
    receive_stock(other.pk, 5, by=market.mina)
    order = market.order(market.honey, other, quantity=2).orders.get()
    gone = order.lines.get(variant=other)

    asked = offer_part(order, {gone.pk: 0}, by=market.mina)
    take_part(asked)

    assert [(line.name_fr, line.quantity) for line in order.lines.all()] == [("Miel de thym", 2)]
    assert [(line.name_fr, line.was, line.sends) for line in asked.lines.all()] == [
        ("Miel de thym 500 g", 2, 2),
        ("Miel de thym 250 g", 2, 0),
    ]
    whole_is_its_parts(order.group)


def test_what_makes_no_sense_is_refused(market, honey):
    line = honey.lines.get()
    for sends, refusal in ((3, errors.EverythingIsThere), (0, errors.NothingIsThere), (4, errors.MoreThanOrdered)):
        with pytest.raises(refusal):
            offer_part(honey, {line.pk: sends}, by=market.mina)
    with pytest.raises(NotFound):
        offer_part(honey, {line.pk: 2}, by=market.hajja)

    nothing_changed(market, honey, "placed")
    assert not PartialOffer.objects.exists()


def test_what_was_paid_before_does_not_shrink(market, honey):
    asked = offer(market, honey)
    record_collection(f"order:{honey.pk}", provider_reference="x", told={})
    with pytest.raises(PaidAlready):
        take_part(asked)
    nothing_changed(market, honey, "offered")
    others = honey.group.orders.get(cooperative=market.saffron_cooperative)
    record_collection(f"order:{others.pk}", provider_reference="y", told={})

    with pytest.raises(errors.PaidInAdvance):
        offer_part(others, {others.lines.get().pk: 1}, by=market.fatima)


def test_answered_twice_or_too_late_nothing_changes(market, honey):
    with time_machine.travel(at(0, 10), tick=False):
        asked = offer(market, honey)
    assert asked.answer_before == at(1, 10)
    with time_machine.travel(at(1, 10), tick=False):
        for answer in (take_part, leave_part):
            with pytest.raises(errors.PartOver):
                answer(asked)
    nothing_changed(market, honey, "offered")
    with time_machine.travel(at(0, 11), tick=False):
        take_part(asked)
        for answer in (take_part, leave_part):
            with pytest.raises(errors.PartAnswered):
                answer(asked)
    assert honey.lines.get().quantity == 2
    with time_machine.travel(at(1, 11), tick=False):
        assert lapse_offers() == 0


@pytest.mark.parametrize(("act", "status"), [(accept_order, "accepted"), (decline_order, "declined")])
def test_a_cooperative_that_decides_otherwise_asks_no_more(market, honey, act, status):
    asked = offer(market, honey)
    act(honey, by=market.mina)

    for answer in (take_part, leave_part):
        with pytest.raises(errors.PartWithdrawn):
            answer(asked)

    honey.refresh_from_db()
    assert (honey.status, honey.lines.get().quantity) == (status, 3)
    whole_is_its_parts(honey.group)


def test_without_an_answer_nothing_is_sent_and_both_are_told_once(market):
    with time_machine.travel(at(0, 20), tick=False):
        order = market.order(market.honey, quantity=3).orders.get()
        run_jobs()
        asked = offer(market, order)
        run_jobs()
    assert asked.answer_before == at(1, 20)
    with time_machine.travel(at(1, 20), tick=False):
        assert chase_answers() == 0
        assert (lapse_offers(), lapse_offers()) == (1, 0)
        run_jobs()

    order.refresh_from_db()
    n, group = order.number, order.group.number
    assert (order.status, order.group.due_centimes) == ("declined", 0)
    assert texts_to(order.group.buyer_phone)[1:] == [
        f"Twiza {group}: Coopérative Nahlat n'a que 2 sur 3 x Miel de thym 500 g. Sa part: 280 DH. "
        f"D'accord: OUI {n}. Annuler sa part: NON {n}. Sans réponse avant le 24/11 20:00, elle est annulée: rien à payer.",
        f"Twiza {group}: sans réponse de vous, la part de Coopérative Nahlat est annulée. Vous ne la payez pas.",
    ]
    assert texts_to(market.mina.phone)[1:] == [f"Twiza: talab {n}: lmochtari ma jawebch. Tlgha: ma tsifto walou."]


def test_the_cooperative_hears_the_answer(market, honey):
    run_jobs()
    take_part(offer(market, honey))
    run_jobs()

    n = honey.number
    assert texts_to(market.mina.phone)[1:] == [
        f"Twiza: talab {n}: lmochtari bgha: 2 x Miel de thym 500 g. 280 DH. Wejdouh, men be3d: WAJDA {n}"
    ]


def test_a_part_of_a_gift_basket_keeps_its_share_of_what_the_basket_costs_less(market):
    gift = compose_agreed(market)
    cart = market.basket(market.honey)
    put_gift_basket_in_cart(cart, market.souk, gift.slug, 3)
    cart = Cart.objects.get(pk=cart.pk)
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    order = group.orders.get(cooperative=market.honey_cooperative)
    line = order.lines.get(gift_basket=gift)
    off, own = line.discount_centimes, line.cooperative_discount_centimes

    take_part(offer_part(order, {line.pk: 1}, by=market.mina))

    line.refresh_from_db()
    assert (line.quantity, line.discount_centimes, line.cooperative_discount_centimes) == (1, off // 3, own // 3)
    whole_is_its_parts(group)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quantity=st.integers(2, 8), cut=st.integers(1, 7), percent=st.integers(1, 99), share=st.integers(0, 99), yes=st.booleans())
def test_whatever_is_offered_and_answered_the_parts_make_the_whole(market, quantity, cut, percent, share, yes):
    for variant in (market.honey, market.saffron):
        receive_stock(variant.pk, quantity, by=None)
    code = f"PART{next(coupons)}"
    bearer = market.honey_cooperative if share else None
    coupon = offer_coupon(code, CouponTerms(percent_off=percent), by=None, cooperative=bearer, cooperative_percent=share)
    if share:
        agree_to_coupon(coupon, by=market.mina)
    cart = market.basket(market.honey, market.saffron, quantity=quantity)
    use_coupon(cart, code)
    cart = Cart.objects.get(pk=cart.pk)
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    order = group.orders.get(cooperative=market.honey_cooperative)
    asked = offer_part(order, {order.lines.get().pk: max(quantity - cut, 1)}, by=market.mina)

    (take_part if yes else leave_part)(asked)

    whole_is_its_parts(group)
    order.refresh_from_db()
    assert not yes or order.total_centimes == asked.total_centimes
    decline_order(group.orders.get(cooperative=market.saffron_cooperative), by=market.fatima)
    whole_is_its_parts(group)


LINES = st.builds(
    lambda price, quantity, off, own, grams: OrderLine(
        price_centimes=price,
        quantity=quantity,
        total_centimes=price * quantity,
        discount_centimes=(discount := price * quantity * off // 100),
        cooperative_discount_centimes=discount * own // 100,
        weight_grams=grams * quantity,
    ),
    st.integers(1, 500_000),
    st.integers(1, 999),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 20_000),
)


@given(LINES, st.integers(1, 999))
def test_a_part_never_costs_less_than_nothing_and_all_of_it_is_the_line(line, pieces):
    part = part_of(line, min(pieces, line.quantity))

    assert 0 <= part.cooperative_discount_centimes <= part.discount_centimes <= part.total_centimes
    assert part.total_centimes == line.price_centimes * part.quantity
    assert abs(part.discount_centimes * line.quantity - line.discount_centimes * part.quantity) < line.quantity
    whole = part_of(line, line.quantity)
    assert all(getattr(line, field) == value for field, value in vars(whole).items())
