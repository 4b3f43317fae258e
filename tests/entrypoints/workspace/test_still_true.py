"""Still true, by button: for members of the cooperative, and for the register's office."""

from __future__ import annotations

import pytest
from django.test import Client

from twiza.domain.directory.models import ChangeReport
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.reported_changes import report_change, report_closed
from twiza.kit.clock import today


@pytest.fixture
def screen(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/still-true/"


def words_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def public_page(market) -> str:
    return words_of(Client(), f"/fr/cooperatives/{market.saffron_cooperative.slug}/")


def test_yes_is_on_the_public_page_at_once(market, signed_in, screen):
    brahim = signed_in(market.brahim)
    assert screen in words_of(brahim, screen.removesuffix("still-true/"))
    assert "par la coopérative" not in public_page(market)

    assert brahim.post(f"{screen}yes/").url == screen

    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_on == today()
    assert "par la coopérative" in public_page(market)
    assert screen not in words_of(brahim, screen.removesuffix("still-true/"))  # asked again in months


def test_what_changed_is_written_and_read_by_the_office(market, signed_in, screen):
    entrust_register(market.operator, by=None)
    signed_in(market.brahim).post(screen, {"words": "Nous sommes 24 <b>"})

    youssef = signed_in(market.youssef)
    shown = words_of(youssef, "/fr/workspace/register/changes/")
    assert '<q dir="auto">Nous sommes 24 &lt;b&gt;</q>' in shown
    assert "Brahim" in shown
    youssef.post("/fr/workspace/register/changes/done/", {"report": ChangeReport.objects.get().pk})
    report = ChangeReport.objects.get()
    assert (report.state, report.settled_by) == ("done", market.youssef)
    assert "Rien n'attend." in words_of(youssef, "/fr/workspace/register/changes/")


def test_an_empty_change_is_asked_again(market, signed_in, screen):
    answer = signed_in(market.brahim).post(screen, {"words": " "})

    assert 'aria-invalid="true"' in answer.content.decode()
    assert not ChangeReport.objects.exists()


def test_the_office_closes_the_page_or_confirms_it_or_sets_it_aside(market, signed_in, screen):
    entrust_register(market.operator, by=None)
    signed_in(market.brahim).post(f"{screen}closed/")
    others = [
        report_closed(market.argan_cooperative, by=market.hajja),
        report_change(market.honey_cooperative, "miel", by=market.mina),
    ]
    youssef, at = signed_in(market.youssef), "/fr/workspace/register/changes/"
    assert words_of(youssef, at).count("<article") == 3

    youssef.post(f"{at}done/", {"report": ChangeReport.objects.get(organisation=market.saffron_cooperative).pk})
    youssef.post(f"{at}still-true/", {"report": others[0].pk})
    youssef.post(f"{at}nothing/", {"report": others[1].pk})

    for cooperative in (market.saffron_cooperative, market.argan_cooperative, market.honey_cooperative):
        cooperative.refresh_from_db()
    assert (market.saffron_cooperative.state, market.argan_cooperative.state) == ("closed", "listed")
    assert market.argan_cooperative.last_confirmed_by == "keeper"
    assert market.honey_cooperative.last_confirmed_on is None
    assert "a fermé" in public_page(market)
    assert sorted(ChangeReport.objects.values_list("state", flat=True)) == ["dismissed", "dismissed", "done"]


def test_a_card_says_confirmed_lately_without_another_question(market, signed_in, screen):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = "/fr/cooperatives/"
    Client().get(url)
    with CaptureQueriesContext(connection) as before:
        assert "Confirmée récemment" not in words_of(Client(), url)
    signed_in(market.brahim).post(f"{screen}yes/")
    with CaptureQueriesContext(connection) as after:
        assert "Confirmée récemment" in words_of(Client(), url)

    assert len(after) == len(before)
