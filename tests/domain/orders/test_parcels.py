"""A parcel goes one way: to its buyer, back to its cooperative, or lost. News of it may come twice, late and in any order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.delivery.services import PointDetails, open_pickup_point
from twiza.domain.inventory.models import Lot, StockLevel, StockMovement
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import receive_lot
from twiza.domain.orders.errors import (
    AlreadyDone,
    DayStillToCome,
    LossUnexplained,
    MoreThanSent,
    NotAcceptedYet,
    NotComingBack,
    NotReadyYet,
)
from twiza.domain.orders.models import Order, ParcelNews
from twiza.domain.orders.selectors import basket_of, earnings_of, pieces_ordered_at, work_left
from twiza.domain.orders.services import (
    News,
    accept_order,
    decline_order,
    hand_over_order,
    hear_of_parcel,
    mark_order_ready,
    place_order,
    record_delivery,
    record_loss,
    record_missed_delivery,
    record_refusal,
    take_back_parcel,
    take_back_unseen,
)
from twiza.domain.payments.models import Allocation, Payment
from twiza.foundation.messaging.models import Message
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


def accepted(market, quantity: int = 3) -> Order:
    return accept_order(market.order(market.saffron, quantity=quantity).orders.get(), by=market.fatima)


def sent(market, quantity: int = 3) -> Order:
    return hand_over_order(accepted(market, quantity), by=market.fatima)


def refused(market, quantity: int = 3) -> Order:
    return record_refusal(sent(market, quantity), reason="not_wanted", by=market.fatima)


def level(market) -> StockLevel:
    return StockLevel.objects.get(variant=market.saffron)


def texts_since(last: int) -> list[tuple[str, str]]:
    return list(Message.objects.filter(pk__gt=last).order_by("pk").values_list("to", "text"))


def told_by(act) -> list[tuple[str, str]]:
    run_jobs()
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    run_jobs()
    return texts_since(last)


def test_a_refused_parcel_is_owed_no_more_and_counts_neither_as_sold_nor_as_sent(market):
    order = refused(market)

    order.refresh_from_db()
    order.group.refresh_from_db()
    assert (order.status, order.fulfilment.status) == ("undelivered", "refused")
    assert (order.group.status, order.group.due_centimes) == ("cancelled", 0)
    assert (Payment.objects.get().state, Payment.objects.get().amount_centimes) == ("cancelled", 0)
    assert level(market).on_hand == 37
    assert earnings_of(market.saffron_cooperative).on_the_way_centimes == 0
    assert (work_left(market.saffron_cooperative).coming_back, work_left(market.saffron_cooperative).to_do) == (1, 0)
    assert pieces_ordered_at({(market.national.pk, market.saffron.product_id)}) == {}


def test_only_the_part_nobody_took_is_taken_off_what_is_owed(market):
    group = market.order(market.saffron, market.honey)
    theirs = {order.cooperative_id: order for order in group.orders.all()}
    saffron, honey = theirs[market.saffron_cooperative.pk], theirs[market.honey_cooperative.pk]
    record_delivery(hand_over_order(accept_order(honey, by=market.mina), by=market.mina), by=market.mina)
    record_refusal(
        hand_over_order(accept_order(saffron, by=market.fatima), by=market.fatima), reason="too_late", by=market.fatima
    )

    group.refresh_from_db()
    assert (group.status, group.due_centimes) == ("done", honey.total_centimes)
    assert (Payment.objects.get().state, Payment.objects.get().amount_centimes) == ("captured", honey.total_centimes)


def test_what_comes_back_whole_may_be_sold_again_from_the_lots_it_left(market):
    today = clock.today()
    old = receive_lot(market.honey.pk, 4, produced_on=today, best_before=today + timedelta(days=30), by=market.mina)
    new = receive_lot(market.honey.pk, 4, produced_on=today, best_before=today + timedelta(days=90), by=market.mina)
    order = accept_order(market.order(market.honey, quantity=16).orders.get(), by=market.mina)
    record_refusal(hand_over_order(order, by=market.mina), reason="no_money", by=market.mina)
    assert list(Lot.objects.order_by("pk").values_list("on_hand", flat=True)) == [0, 2]

    take_back_parcel(order, {}, by=market.mina)

    assert list(Lot.objects.order_by("pk").values_list("pk", "on_hand")) == [(old.pk, 4), (new.pk, 4)]
    assert StockLevel.objects.get(variant=market.honey).on_hand == 18
    assert stock_faults()[1] == []
    order.refresh_from_db()
    assert order.fulfilment.status == "returned"
    assert [step.what for step in order.steps.all()][-2:] == ["refused", "returned"]


def test_what_was_opened_is_lost_with_its_reason(market):
    order = refused(market)
    line = order.lines.get()

    take_back_parcel(order, {line.pk: 1}, reason="opened", by=market.fatima)

    assert level(market).on_hand == 38
    moved = StockMovement.objects.filter(reference=f"order-line:{line.pk}").order_by("pk")
    assert list(moved.values_list("kind", "on_hand_change", "reason")) == [
        ("allocated", 0, ""),
        ("dispatched", -3, ""),
        ("returned", 3, ""),
        ("discarded", -2, "opened"),
    ]
    assert stock_faults()[1] == []


@pytest.mark.parametrize(
    ("sellable", "reason", "refusal"),
    [(4, "", MoreThanSent), (-1, "opened", MoreThanSent), (2, "", LossUnexplained), (2, "stolen", LossUnexplained)],
)
def test_a_count_that_cannot_be_is_refused_and_nothing_comes_back(market, sellable, reason, refusal):
    order = refused(market)

    with pytest.raises(refusal):
        take_back_parcel(order, {order.lines.get().pk: sellable}, reason=reason, by=market.fatima)

    order.fulfilment.refresh_from_db()
    assert (order.fulfilment.status, level(market).on_hand) == ("refused", 37)


def test_a_parcel_comes_back_once_and_only_if_nobody_took_it(market):
    order = refused(market)
    with pytest.raises(NotFound):
        take_back_parcel(order, {}, by=market.hajja)
    take_back_parcel(order, {}, by=market.fatima)
    for other in (order, sent(market), accepted(market)):
        with pytest.raises(NotComingBack):
            take_back_parcel(other, {}, by=market.fatima)
    assert level(market).on_hand == 37


def test_a_lost_parcel_is_owed_no_more_and_its_goods_stay_gone(market):
    order = record_loss(sent(market), by=market.fatima)

    assert (order.status, order.fulfilment.status, order.group.status) == ("undelivered", "lost", "cancelled")
    assert (level(market).on_hand, Payment.objects.get().state) == (37, "cancelled")
    with pytest.raises(AlreadyDone):
        record_delivery(order, by=market.fatima)


def test_a_refused_parcel_may_get_lost_on_its_way_back_and_salma_hears_of_it_once(market):
    order = refused(market)

    texts = told_by(lambda: record_loss(order, by=market.fatima))

    order.refresh_from_db()
    assert (order.fulfilment.status, order.group.due_centimes) == ("lost", 0)
    assert [to for to, _text in texts] == [market.fatima.phone]


@pytest.mark.parametrize("act", [record_loss, lambda order, by: record_refusal(order, reason="no_money", by=by)])
def test_what_has_not_left_is_neither_lost_nor_refused(market, act):
    placed = market.order(market.saffron).orders.get()
    with pytest.raises(NotAcceptedYet):
        act(placed, by=market.fatima)
    order = accept_order(placed, by=market.fatima)
    for _state in ("pending", "ready"):
        with pytest.raises(NotReadyYet):
            act(order, by=market.fatima)
        if order.fulfilment.status == "pending":
            order = mark_order_ready(order, by=market.fatima)
    assert (Allocation.objects.get().cancelled_at, level(market).allocated) == (None, 1)


def test_what_nobody_fetched_may_be_sold_again_at_once(market):
    commune = get_commune("09.541.01.11")
    open_pickup_point(market.saffron_cooperative, PointDetails(commune, "Atelier", "الورشة"), by=market.fatima)
    cart = market.basket(market.saffron, quantity=2)
    choices = {market.saffron_cooperative.pk: basket_of(cart).packages[0].options[-1].code}
    total = basket_of(cart, choices).total_centimes
    order = place_order(cart, expected_total_centimes=total, choices=choices).orders.get()
    mark_order_ready(accept_order(order, by=market.fatima), by=market.fatima)

    order = record_refusal(order, reason="never_taken", by=market.fatima)

    assert (order.status, order.fulfilment.status, order.group.due_centimes) == ("undelivered", "returned", 0)
    assert (level(market).on_hand, level(market).allocated) == (40, 0)
    assert stock_faults()[1] == []


def test_two_attempts_are_remembered_with_their_days_and_told_once_a_day(market):
    order = sent(market)
    today = clock.today()

    def miss(on: date) -> None:
        record_missed_delivery(order, reason="nobody_home", on=on, by=market.fatima)

    assert [to for to, _text in told_by(lambda: miss(today - timedelta(days=1)))] == ["+212683005001"]
    assert told_by(lambda: miss(today - timedelta(days=1))) == []
    assert len(told_by(lambda: miss(today))) == 1
    order.refresh_from_db()
    assert order.fulfilment.status == "in_transit"
    assert [news.on for news in ParcelNews.objects.filter(what="missed")] == [today - timedelta(days=1), today]


def test_nobody_was_at_home_tomorrow_is_refused(market):
    order = sent(market)
    with pytest.raises(DayStillToCome):
        record_missed_delivery(order, reason="nobody_home", on=clock.today() + timedelta(days=1), by=market.fatima)
    assert not ParcelNews.objects.exists()


def test_salma_and_fatima_are_told_why_a_parcel_comes_back(market):
    order = sent(market)

    texts = dict(told_by(lambda: record_refusal(order, reason="nobody_home", by=market.fatima)))

    assert texts.keys() == {"+212683005001", market.fatima.phone}
    assert "personne n'était à la maison" in texts["+212683005001"].replace("’", "'")
    assert order.number in texts[market.fatima.phone]


def test_a_carrier_may_tell_of_a_parcel_of_which_nobody_said_that_it_left(market):
    order = accepted(market)

    assert hear_of_parcel(order, News("delivered", clock.today(), "amana", "1"))

    order.refresh_from_db()
    assert (order.status, order.fulfilment.status, level(market).on_hand) == ("closed", "delivered", 37)
    assert [step.what for step in order.steps.all()] == ["placed", "accepted", "handed_over", "delivered"]
    assert Payment.objects.get().state == "captured"


def test_a_carrier_moves_nothing_that_nobody_accepted(market):
    placed, declined = (market.order(market.saffron).orders.get() for _each in range(2))
    decline_order(declined, by=market.fatima)

    for order in (placed, declined):
        assert not hear_of_parcel(order, News("delivered", clock.today(), "amana", "1"))

    assert list(Order.objects.order_by("pk").values_list("status", "fulfilment__status")) == [
        ("placed", "pending"),
        ("declined", "cancelled"),
    ]
    assert level(market).on_hand == 40


def test_by_text_what_keeps_may_be_sold_again_and_what_perishes_is_lost(market):
    on_its_way, coming_back, spoils = sent(market), refused(market), sent(market)
    spoils.lines.update(withdrawal="perishable")

    assert take_back_unseen(on_its_way, by=market.fatima)[1] == 0
    assert take_back_unseen(coming_back, by=market.fatima)[1] == 0
    assert take_back_unseen(spoils, by=market.fatima)[1] == 3

    assert set(Order.objects.values_list("status", "fulfilment__status")) == {("undelivered", "returned")}
    assert level(market).on_hand == 37
    with pytest.raises(AlreadyDone):
        take_back_unseen(spoils, by=market.fatima)


RANK = {"pending": 0, "ready": 1, "handed_over": 2, "in_transit": 3, "delivered": 4, "refused": 4, "lost": 5, "returned": 5}
ACTS = st.one_of(
    st.sampled_from(["ready", "hand_over", "deliver", "refuse", "lose", "take_back"]).map(lambda name: (name, "", 0)),
    st.tuples(
        st.just("hear"), st.sampled_from(["in_transit", "missed", "delivered", "refused", "lost", "returned"]), st.integers(1, 3)
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=9), replay=st.booleans())
def test_whatever_is_said_in_whatever_order_a_parcel_goes_forward_once(market, acts, replay):
    with transaction.atomic():
        _walk(market, acts, replay)
        transaction.set_rollback(True)


def _walk(market, acts, replay) -> None:
    by = market.fatima
    order = accepted(market)
    do = {
        "ready": lambda: mark_order_ready(order, by=by),
        "hand_over": lambda: hand_over_order(order, by=by),
        "deliver": lambda: record_delivery(order, by=by),
        "refuse": lambda: record_refusal(order, reason="no_money", by=by),
        "lose": lambda: record_loss(order, by=by),
        "take_back": lambda: take_back_parcel(order, {}, by=by),
    }
    for name, what, number in acts:
        before = _facts(market, order)
        heard = News(what, clock.today(), "amana", f"{what}:{number}", "no_answer" if what in {"missed", "refused"} else "")
        is_refusal = False
        try:
            moved = hear_of_parcel(order, heard) if name == "hear" else bool(do[name]())
        except (AlreadyDone, NotReadyYet, NotComingBack):
            moved, is_refusal = False, True
        after = _facts(market, order)
        assert moved or after == before
        assert not is_refusal or after == before
        if moved:
            assert RANK[after[1]] > RANK[before[1]] or (before[1], after[1]) == ("in_transit", "in_transit"), (before, after)
        if replay and name == "hear":
            assert not hear_of_parcel(order, heard)
            assert _facts(market, order) == after
        _holds(market, after)


def _facts(market, order: Order) -> tuple[object, ...]:
    order = Order.objects.select_related("fulfilment", "group").get(pk=order.pk)
    stock = level(market)
    payment = Payment.objects.get(reference=f"group:{order.group_id}")
    steps = tuple(step.what for step in order.steps.all())
    return (
        order.status,
        order.fulfilment.status,
        order.group.status,
        order.group.due_centimes == order.total_centimes,
        payment.state,
        (stock.on_hand, stock.allocated),
        steps,
    )


def _holds(market, facts) -> None:
    status, parcel, group, is_owed, paid, stock, steps = facts
    assert len(set(steps)) == len(steps)
    expected = {
        "pending": ("accepted", "in_progress", True, "pending", (40, 3)),
        "ready": ("accepted", "in_progress", True, "pending", (40, 3)),
        "handed_over": ("accepted", "in_progress", True, "pending", (37, 0)),
        "in_transit": ("accepted", "in_progress", True, "pending", (37, 0)),
        "delivered": ("closed", "done", True, "captured", (37, 0)),
        "refused": ("undelivered", "cancelled", False, "cancelled", (37, 0)),
        "lost": ("undelivered", "cancelled", False, "cancelled", (37, 0)),
        "returned": ("undelivered", "cancelled", False, "cancelled", (40, 0)),
    }
    assert (status, group, is_owed, paid, stock) == expected[parcel]
    assert stock_faults()[1] == []
