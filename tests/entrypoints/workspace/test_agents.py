"""A field agent whom a cooperative lets act for it does every task, on the screen and by text, and signs for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.entrypoints.sms.test_inbound import write
from tests.people import person
from twiza.domain.catalogue.models import Variant
from twiza.domain.directory.models import OpeningTimes
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate, revoke_mandate
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.services import confirm_group
from twiza.domain.stalls.models import StallSale
from twiza.foundation.audit.models import Entry
from twiza.kit import clock


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8001)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def mandate(market, hamid):
    return grant_mandate(ask_for_mandate(hamid, market.saffron_cooperative.slug), by=market.fatima)


def test_an_agent_carries_an_order_to_its_buyer_on_the_screen(market, hamid, mandate, signed_in):
    order = confirm_group(market.order(market.saffron)).orders.get()
    at = f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/"
    agent = signed_in(hamid)
    for button in ("accept", "ready", "send", "delivered"):
        assert agent.post(f"{at}{button}/", {"checked": "goods"}, follow=True).redirect_chain[-1][0] == at

    order.refresh_from_db()
    assert (order.status, order.fulfilment.status) == ("closed", "delivered")
    assert {step.by for step in order.steps.exclude(what__in=["placed", "confirmed"])} == {hamid}


def test_an_agent_refuses_sells_and_closes_on_the_screen(market, hamid, mandate, signed_in):
    order = market.order(market.saffron).orders.get()
    home = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    agent = signed_in(hamid)
    agent.post(f"{home}orders/{order.number}/refuse/", {"reason": "sold_out"})
    where = f"{home}stall/{market.saffron.pk}/"
    agent.post(where, {"key": agent.get(where).context["form"]["key"].value(), "pieces": "2"})
    until = clock.today() + timedelta(days=9)
    closing = {"closed_from": clock.today().isoformat(), "closed_until": until.isoformat(), "takes_no_orders": "on"}
    assert agent.post(f"{home}page/opening/", closing).status_code == 302

    order.refresh_from_db()
    assert (order.status, StallSale.objects.get().by) == ("declined", hamid)
    assert OpeningTimes.objects.get(organisation=market.saffron_cooperative).closed_until == until


def test_an_agent_writes_the_same_texts_until_the_mandate_ends(market, hamid, mandate):
    write(hamid, "stock safran 31")
    write(hamid, "prix safran 39")
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 31
    assert Variant.objects.get(pk=market.saffron.pk).price_centimes == 3900
    behalf = f"organisation:{market.saffron_cooperative.pk}"
    signed = Entry.objects.filter(actor=hamid, on_behalf_of=behalf, channel="sms").values_list("action", flat=True)
    assert set(signed) == {"inventory.count", "catalogue.set_price"}

    revoke_mandate(mandate, by=market.fatima)
    write(hamid, "stock safran 5")
    write(hamid, "annuler")
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 31
    assert Variant.objects.get(pk=market.saffron.pk).price_centimes == 3900


def test_of_several_cooperatives_the_agent_is_asked_which(market, hamid, mandate):
    grant_mandate(ask_for_mandate(hamid, market.honey_cooperative.slug), by=market.mina)
    answer, inbound = write(hamid, "stock 1 7")
    assert inbound.outcome == "asked"
    assert "Zafrane" in answer

    place = next(part.split()[0] for part in answer.split(". ", 1)[1].split(", ") if "Nahlat" in part)
    _answer, inbound = write(hamid, place)
    assert inbound.outcome == "done"
    assert StockLevel.objects.get(variant=market.honey).on_hand == 7
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 40
