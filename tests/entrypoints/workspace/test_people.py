"""Members, agents and mandates on the cooperative's own page, and the agent's page."""

from __future__ import annotations

import pytest

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory import rules
from twiza.domain.directory.models import Mandate, Membership
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.inventory.models import StockLevel
from twiza.foundation.audit.models import Entry


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8001)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def people(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/people/"


def test_an_agent_asks_and_the_president_says_yes_on_the_page(market, hamid, signed_in, people):
    agent, fatima = signed_in(hamid), signed_in(market.fatima)
    asked = agent.post("/fr/workspace/mandates/", {"cooperative": f"/fr/cooperatives/{market.saffron_cooperative.slug}/"})
    assert asked.url == "/fr/workspace/mandates/"
    mandate = Mandate.objects.get()
    assert "Pas encore de réponse" in agent.get(asked.url).content.decode()
    page = fatima.get(people).content.decode()
    assert "Souk Khouribga" in page
    grant = f"{people}mandates/{mandate.pk}/grant/"
    assert grant in page
    assert grant not in signed_in(market.brahim).get(people).content.decode()
    assert signed_in(market.brahim).post(grant).status_code == 404

    assert fatima.post(grant).url == people

    assert rules.speaks_for(hamid, market.saffron_cooperative)
    assert "Vous agissez pour Coopérative Zafrane Taliouine" in agent.get(people.replace("people/", "")).content.decode()


def test_what_an_agent_does_is_signed_and_a_revoked_one_finds_nothing(market, hamid, signed_in, people):
    mandate = ask_for_mandate(hamid, market.saffron_cooperative.slug)
    grant_mandate(mandate, by=market.fatima)
    agent, fatima = signed_in(hamid), signed_in(market.fatima)
    home = people.replace("people/", "")
    stock, price = f"{home}stock/{market.saffron.pk}/", f"{home}prices/{market.saffron.pk}/"
    assert agent.post(stock, {"on_hand": "31"}).status_code == 302
    assert agent.post(price, {"price": "39"}).status_code == 302
    behalf = f"organisation:{market.saffron_cooperative.pk}"
    assert set(Entry.objects.filter(actor=hamid, on_behalf_of=behalf).values_list("action", flat=True)) == {
        "inventory.count",
        "catalogue.set_price",
    }
    page = fatima.get(people).content.decode()
    assert page.count("Hamid, pour Coopérative Zafrane Taliouine") == 2
    assert "a compté le stock\u00a0: 31 maintenant" in page

    assert fatima.post(f"{people}mandates/{mandate.pk}/revoke/").url == people

    for url in (home, stock, price, f"{home}orders/", f"{home}products/new/"):
        assert agent.get(url).status_code == 404, url
        assert agent.post(url, {"on_hand": "5", "price": "5"}).status_code in {404, 405}, url
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 31


def test_an_agent_sees_nothing_of_people_and_mandates(market, hamid, signed_in, people):
    mandate = ask_for_mandate(hamid, market.saffron_cooperative.slug)
    grant_mandate(mandate, by=market.fatima)
    agent = signed_in(hamid)
    typed = {"name": "X", "phone": "06 83 00 10 99", "role": "president"}
    assert agent.get(people).status_code == 404
    assert agent.get(people.replace("people", "bank")).status_code == 404, "nor of the bank account"
    assert agent.post(f"{people}add/", typed).status_code == 404
    assert agent.post(f"{people}{market.brahim.pk}/end/").status_code == 404
    assert Membership.objects.filter(organisation=market.saffron_cooperative, until=None).count() == 2


def test_an_agent_gives_a_mandate_back(market, hamid, signed_in):
    mandate = ask_for_mandate(hamid, market.saffron_cooperative.slug)
    grant_mandate(mandate, by=market.fatima)
    assert signed_in(market.youssef).post(f"/fr/workspace/mandates/{mandate.pk}/give-back/").status_code == 404
    assert signed_in(hamid).post(f"/fr/workspace/mandates/{mandate.pk}/give-back/").url == "/fr/workspace/mandates/"
    assert not rules.speaks_for(hamid, market.saffron_cooperative)


def test_whoever_works_for_no_operator_asks_for_no_mandate(market, signed_in):
    for who in (market.karim, market.fatima):
        client = signed_in(who)
        assert client.get("/fr/workspace/mandates/").status_code == 404
        assert client.post("/fr/workspace/mandates/", {"cooperative": market.argan_cooperative.slug}).status_code == 404
    assert not Mandate.objects.exists()


def test_an_agent_starts_where_mandates_are_asked(market, hamid, signed_in):
    page = signed_in(hamid).get("/fr/workspace/").content.decode()
    assert 'href="/fr/workspace/mandates/"' in page
    assert (
        'href="/fr/workspace/mandates/"' in signed_in(market.youssef).get("/fr/workspace/stores/souk-khouribga/").content.decode()
    )


def test_a_president_adds_and_lets_go(market, signed_in, people):
    fatima = signed_in(market.fatima)
    assert fatima.post(f"{people}add/", {"name": "Aïcha", "phone": "abc", "role": "member"}).status_code == 200
    assert fatima.post(f"{people}add/", {"name": "Aïcha", "phone": "06 83 00 10 77", "role": "member"}).url == people
    run_jobs()
    aicha = Membership.objects.get(user__phone="+212683001077")
    assert "Aïcha" in fatima.get(people).content.decode()
    again = fatima.post(f"{people}add/", {"name": "Aïcha", "phone": "06 83 00 10 77", "role": "member"})
    assert "appartient déjà" in again.content.decode() or "déjà" in again.content.decode()

    assert fatima.post(f"{people}{aicha.user_id}/end/").url == people
    aicha.refresh_from_db()
    assert aicha.until is not None
    assert signed_in(market.brahim).post(f"{people}{market.fatima.pk}/end/").status_code == 404
    assert rules.belongs_to(market.fatima, market.saffron_cooperative)
