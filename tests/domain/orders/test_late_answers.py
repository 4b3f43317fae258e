"""A cooperative that does not answer: asked again while it is open, then called, in the end the buyer is free."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils.timezone import localtime, make_aware
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.notifications.test_story import texts_to
from tests.jobs import run_jobs
from twiza.domain.directory.models import Mandate, OpeningTimes
from twiza.domain.directory.selectors import after_open_time, is_open_at
from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.errors import AlreadyAnswered, StillTimeToAnswer
from twiza.domain.orders.models import Chase, Order, OrderLine
from twiza.domain.orders.services import accept_order, chase_answers, decline_unanswered
from twiza.domain.payments.models import Payment
from twiza.kit.errors import NotFound

MONDAY = date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days after a Monday, by the clocks of Morocco."""
    return make_aware(datetime.combine(MONDAY + timedelta(days=day), time(hour, minute)))


def steps_of(order: Order) -> list[str]:
    return list(Chase.objects.filter(order=order).values_list("step", flat=True))


def chase_until(moment: datetime, since: datetime) -> None:
    """The job of every hour between, as if the machine had been on."""
    while since <= moment:
        with time_machine.travel(since, tick=False):
            chase_answers()
        since += timedelta(hours=1)


@pytest.fixture
def placed(market) -> Order:
    with time_machine.travel(at(0, 10), tick=False):
        return market.order(market.honey, quantity=2).orders.get()


def test_each_step_is_taken_once_by_day_and_the_last_one_frees_the_buyer(market, placed):
    assert (placed.chase_at, placed.answer_before, placed.give_up_at) == (at(0, 13), at(1, 10), at(2, 17))
    chase_until(at(0, 12), at(0, 11))
    assert steps_of(placed) == []

    chase_until(at(1, 9), at(0, 13))
    assert steps_of(placed) == ["reminded", "again"]
    chase_until(at(2, 16), at(1, 10))
    assert steps_of(placed) == ["reminded", "again", "late", "agent"]
    chase_until(at(2, 20), at(2, 17))

    placed.refresh_from_db()
    assert steps_of(placed) == list(Chase.Step.values)
    assert (placed.status, placed.decline_reason) == ("declined", "pas de réponse à temps")
    assert (placed.group.status, placed.group.due_centimes) == ("cancelled", 0)
    level = StockLevel.objects.get(variant=market.honey)
    assert (level.on_hand, level.allocated) == (10, 0)
    assert Payment.objects.get().amount_centimes == 0
    assert [localtime(moment).hour for moment in Chase.objects.values_list("at", flat=True)] == [13, 16, 10, 13, 17]


def test_everybody_hears_of_it_once_and_in_time(market, placed):
    OrderLine.objects.update(storefront=market.souk)
    market.operator.memberships.update(receives_texts=True)
    with time_machine.travel(at(0, 10), tick=False):
        run_jobs()
    for moment in (at(0, 13), at(0, 16), at(1, 10), at(2, 17)):
        with time_machine.travel(moment, tick=False):
            chase_answers()
            run_jobs()
            chase_answers()
            run_jobs()

    n, group = placed.number, placed.group.number
    assert texts_to(market.mina.phone)[1:] == [
        f"Twiza: talab {n} (2 x Miel de thym 500 g, 280 DH) kaytsenna ljawab dyalkom. Jawbou: OUI {n} wla LA {n}.",
        f"Twiza: talab {n} mazal kaytsenna. Jawbou: OUI {n} wla LA {n} 9bel 24/11 10:00, wla ghadi n3aytou likom.",
    ]
    assert texts_to(placed.group.buyer_phone)[1:] == [
        f"Twiza {group}: Coopérative Nahlat n'a pas encore répondu, nous l'appelons. "
        "Sans réponse avant le 25/11 17:00, sa part est annulée et vous ne la payez pas."
    ]
    assert texts_to(market.youssef.phone) == [
        f"Twiza: Coopérative Nahlat n'a pas répondu à la commande {n}. "
        "Appelez-la: le numéro est dans votre espace, Réponses en retard."
    ]


def test_an_answer_ends_it(market, placed):
    chase_until(at(0, 13), at(0, 13))
    with time_machine.travel(at(0, 14), tick=False):
        accept_order(placed, by=market.mina)
    chase_until(at(3, 20), at(0, 15))

    assert steps_of(placed) == ["reminded"]
    placed.refresh_from_db()
    assert placed.status == "accepted"


def test_its_agents_are_asked_before_it_is_given_up(market, placed):
    Mandate.objects.create(
        organisation=market.honey_cooperative,
        agent=market.karim,
        employer=market.operator,
        state="granted",
        granted_by=market.mina,
        granted_at=at(0, 9),
        ends_at=at(90, 0),
    )
    Chase.objects.create(order=placed, step="late")
    Order.objects.update(chase_at=at(1, 13))
    with time_machine.travel(at(1, 13), tick=False):
        chase_answers()
        run_jobs()

    assert texts_to(market.karim.phone) == [
        f"Twiza: Coopérative Nahlat ne répond pas à la commande {placed.number}. "
        f"Voyez avec elle, puis répondez OUI {placed.number} ou NON {placed.number} avant le 25/11 17:00."
    ]


def test_days_off_the_souk_and_a_closing_give_time_and_a_machine_that_slept_asks_nobody_who_is_closed(market):
    OpeningTimes.objects.create(
        organisation=market.honey_cooperative, weekdays=[0, 1, 2, 3, 4], opens_at=time(9), closes_at=time(17), souk_weekday=1
    )
    with time_machine.travel(at(0, 16), tick=False):
        order = market.order(market.honey).orders.get()
    assert (order.chase_at, order.answer_before) == (at(2, 11), at(3, 13))

    Order.objects.update(chase_at=at(1, 11))  # the day of the souk
    chase_until(at(1, 18), at(1, 11))
    assert steps_of(order) == []
    order.refresh_from_db()
    assert order.chase_at == at(2, 12)


def test_an_operator_cancels_what_is_late_and_nothing_else(market, placed):
    with time_machine.travel(at(1, 11), tick=False), pytest.raises(NotFound):
        decline_unanswered(placed, by=market.youssef, reason="Personne ne répond.")  # not chosen in a storefront of his
    OrderLine.objects.update(storefront=market.souk)
    with time_machine.travel(at(1, 9), tick=False), pytest.raises(StillTimeToAnswer):
        decline_unanswered(placed, by=market.youssef, reason="Personne ne répond.")
    assert StockLevel.objects.get(variant=market.honey).allocated == 2

    with time_machine.travel(at(1, 11), tick=False):
        decline_unanswered(placed, by=market.youssef, reason="Personne ne répond.")
        with pytest.raises(AlreadyAnswered):
            decline_unanswered(placed, by=market.youssef, reason="Encore.")
    placed.refresh_from_db()
    assert (placed.status, placed.decline_reason) == ("declined", "Personne ne répond.")
    assert StockLevel.objects.get(variant=market.honey).allocated == 0
    market.operator.memberships.update(receives_texts=True)
    run_jobs()
    assert texts_to(market.youssef.phone) == []  # he knows
    assert list(placed.steps.values_list("what", "by")) == [("placed", None), ("unanswered", market.youssef.pk)]


@given(
    days=st.lists(st.integers(0, 6), unique=True),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] < pair[1]),
    souk=st.none() | st.integers(0, 6),
    minutes=st.integers(0, 7 * 24 * 60),
    wait=st.integers(1, 40),
)
def test_a_wait_ends_by_day_neither_too_soon_nor_too_late(days, hours, souk, minutes, wait):
    times = OpeningTimes(weekdays=days, opens_at=time(hours[0]), closes_at=time(hours[1]), souk_weekday=souk)
    since = at(0, 0) + timedelta(minutes=minutes)

    ends = after_open_time(times, since, timedelta(hours=wait), timedelta(days=4))

    assert time(8) <= localtime(ends).time() <= time(21)
    assert ends <= since + timedelta(days=4, hours=11)
    if ends < since + timedelta(days=4):
        assert ends - since >= timedelta(hours=wait)
        assert is_open_at(times, ends - timedelta(seconds=1))
