"""Who may act for a cooperative is said by text, with words of their own, and never by an order's yes."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.entrypoints.sms.test_inbound import write
from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory import rules
from twiza.domain.directory.models import ContactPoint, Mandate
from twiza.domain.directory.services.claiming import enter_claim_code, send_claim_code
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.orders.models import Order
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8001)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def asked(market, hamid):
    mandate = ask_for_mandate(hamid, market.saffron_cooperative.slug)
    run_jobs()
    return mandate


@pytest.mark.parametrize(
    "text", ["MANDAT OUI {n}", "mandat wakha {n}", "Mandat oui n°{n} merci", "تفويض نعم {n}", "mandate yes {n}"]
)
def test_a_yes_to_the_mandate_grants_it(market, hamid, asked, text):
    answer, inbound = write(market.fatima, text.format(n=asked.number))

    assert (inbound.intent, inbound.outcome) == ("grant_mandate", "done")
    assert answer == f"Choukran. Hamid ghadi ykhdem b smitkom 3am. Bach t7ebsou: MANDAT LA {asked.number}"
    assert rules.speaks_for(hamid, market.saffron_cooperative)
    assert Entry.objects.get(action="directory.grant_mandate").channel == "sms"


@pytest.mark.parametrize("text", ["MANDAT NON {n}", "mandat la {n}", "تفويض لا {n}", "mandate no {n}", "stop mandat {n}"])
def test_a_no_ends_it_and_the_next_request_of_the_agent_finds_nothing(market, hamid, asked, text):
    grant_mandate(asked, by=market.fatima)
    agent = Client()
    agent.force_login(hamid)
    home = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    assert agent.get(home).status_code == 200

    answer, inbound = write(market.fatima, text.format(n=asked.number))

    assert inbound.outcome == "done", answer
    assert agent.get(home).status_code == 404
    assert agent.get(f"{home}orders/").status_code == 404


@pytest.mark.parametrize(
    "text", ["OUI {n}", "NON {n}", "mandat {n}", "mandat {n} oui", "mandat", "mandat oui {n} ?", "pas mandat oui {n}"]
)
def test_in_doubt_nothing_is_granted_and_both_answers_are_written_out(market, hamid, asked, text):
    answer, inbound = write(market.fatima, text.format(n=asked.number))

    assert inbound.outcome == "asked", answer
    assert f"MANDAT OUI {asked.number}" in answer
    assert Mandate.objects.get().state == "asked"


def test_others_find_no_such_number(market, hamid, asked):
    for who in (market.hajja, market.karim, hamid, market.youssef):
        _, inbound = write(who, f"mandat oui {asked.number}")
        assert inbound.outcome == "not_found"
    _, inbound = write(market.brahim, f"mandat oui {asked.number}")
    assert inbound.outcome == "not_found", "only who decides grants"
    assert Mandate.objects.get().state == "asked"


def test_the_same_text_again_is_answered_alike_and_an_old_one_grants_nothing_anew(market, hamid, asked):
    first, _ = write(market.fatima, f"mandat oui {asked.number}")
    second, inbound = write(market.fatima, f"mandat oui {asked.number}")
    assert (second, inbound.outcome) == (first, "repeated")
    write(market.fatima, f"mandat la {asked.number}")

    _, replayed = write(market.fatima, f"Mandat oui {asked.number}")

    assert replayed.outcome == "mandate_over"
    assert not rules.speaks_for(hamid, market.saffron_cooperative)
    assert Message.objects.filter(key__startswith="mandate-granted").count() == 1


def test_orders_are_answered_as_ever_also_by_the_agent_who_signs(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    order = Order.objects.get(group=market.order(market.saffron), cooperative=market.saffron_cooperative)
    run_jobs()

    _, inbound = write(hamid, f"oui {order.number}")

    order.refresh_from_db()
    assert (order.status, inbound.outcome) == ("accepted", "done")
    entry = Entry.objects.get(action="orders.accepted")
    assert (entry.actor, entry.on_behalf_of) == (hamid, f"organisation:{market.saffron_cooperative.pk}")
    shown = Client()
    shown.force_login(market.fatima)
    page = shown.get(f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/").content.decode()
    assert "Hamid, pour Coopérative Zafrane Taliouine" in page


def test_a_member_who_is_unknown_is_taken_out_by_text(market):
    contact = ContactPoint.objects.create(organisation=market.saffron_cooperative, kind="phone", value=market.karim.phone)
    send_claim_code(market.saffron_cooperative, market.karim, contact_id=contact.pk, role="president", language="fr")
    code = Message.objects.get(to=market.karim.phone).text.split()[1]
    claim = enter_claim_code(market.saffron_cooperative, market.karim, code)
    run_jobs()
    assert rules.belongs_to(market.karim, market.saffron_cooperative)

    _, stranger = write(market.hajja, f"عضو لا {claim.number}")
    answer, inbound = write(market.fatima, f"membre non {claim.number}")

    assert (stranger.outcome, inbound.outcome) == ("not_found", "done")
    assert "Karim" in answer
    assert not rules.belongs_to(market.karim, market.saffron_cooperative)
