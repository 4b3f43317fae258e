"""Who called a cooperative that does not answer, and what was said: read by whoever calls next, and stopping nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.domain.notifications.test_story import texts_to
from tests.jobs import run_jobs
from twiza.domain.orders.errors import AlreadyAnswered
from twiza.domain.orders.models import Call, Order, OrderLine
from twiza.domain.orders.services import accept_order, chase_answers, note_call
from twiza.domain.storefronts.services import entrust_market
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound

LATE = "/fr/workspace/stores/souk-khouribga/late/"
OF_THE_MARKET = "/fr/workspace/stores/twiza/late/"


@pytest.fixture
def late(market) -> Order:
    order = market.order(market.honey).orders.get()
    OrderLine.objects.update(storefront=market.souk)
    return order


def test_a_call_is_noted_and_the_next_one_reads_it_and_may_call_all_the_same(market, late, signed_in):
    with time_machine.travel(late.answer_before + timedelta(hours=1), tick=False) as clock:
        youssef = signed_in(market.youssef)
        assert f'href="{LATE}{late.pk}/called/"' in youssef.get(LATE).content.decode()
        assert f'href="tel:{market.mina.phone}"' in youssef.get(f"{LATE}{late.pk}/called/").content.decode()
        assert "Écrivez ce qui a été dit." in youssef.post(f"{LATE}{late.pk}/called/", {"said": "other"}).content.decode()
        assert not Call.objects.exists()

        for said, words in (("no_answer", ""), ("other", "Rappeler après la prière.")):
            page = youssef.post(f"{LATE}{late.pk}/called/", {"said": said, "words": words}, follow=True).content.decode()
        assert "Youssef a appelé il y a 0 minute\xa0: personne n&#x27;a décroché" in page
        assert "Rappeler après la prière." in page
        assert "appelée il y a moins d" in page
        clock.shift(timedelta(hours=1))
        youssef.force_login(market.youssef)
        later = youssef.get(LATE).content.decode()

    assert "il y a 1 heure" in later
    assert "appelée il y a moins d" not in later
    assert Call.objects.count() == 2
    entry = Entry.objects.filter(action="orders.called").first()
    assert entry.actor == market.youssef


def test_only_who_follows_it_up_notes_a_call_and_only_while_it_waits(market, late):
    with pytest.raises(NotFound):
        note_call(late, "no_answer", by=market.karim)
    accept_order(late, by=market.mina)
    with pytest.raises(AlreadyAnswered):
        note_call(late, "no_answer", by=market.youssef)

    assert not Call.objects.exists()


def test_what_was_chosen_on_the_market_is_called_about_by_whoever_runs_it(market, signed_in):
    order = market.order(market.saffron).orders.get()
    market.operator.memberships.update(receives_texts=True)
    assert signed_in(market.youssef).get(OF_THE_MARKET).status_code == 404
    entrust_market(market.operator, by=None)

    Order.objects.update(chase_at=order.answer_before)
    with time_machine.travel(order.answer_before, tick=False):
        chase_answers()
        run_jobs()
    with time_machine.travel(order.answer_before + timedelta(hours=1), tick=False):
        youssef = signed_in(market.youssef)
        shown = youssef.get(OF_THE_MARKET).content.decode()
        youssef.post(f"{OF_THE_MARKET}{order.pk}/called/", {"said": "will_answer"})

    assert f"<bdi>{order.number}</bdi>" in shown
    assert [text for text in texts_to(market.youssef.phone) if order.number in text and "Appelez-la" in text]
    assert Call.objects.get().by == market.youssef
