"""Whoever keeps the register reads the journal down to what caused it, and two of them set what the market keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.domain.ledger.test_ledger import deliver, five_percent  # noqa: F401
from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from tests.people import person
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.ledger.errors import OwnRate, RateDecided, RateInThePast
from twiza.domain.ledger.models import CommissionRate, JournalEntry
from twiza.domain.ledger.selectors import rates_at, rates_to_come, rates_to_decide
from twiza.domain.ledger.services import RateTerms, decide_rate, set_rate
from twiza.kit import clock
from twiza.kit.errors import NotFound

HERE = "/fr/workspace/money/"


@pytest.fixture
def keepers(market):
    """Youssef, and Zineb of the same operator."""
    entrust_register(market.operator, by=None)
    zineb = person("Zineb", 6002)
    add_member(market.operator, zineb, "operator_agent", None)
    return market.youssef, zineb


def words(page) -> str:
    return page.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def test_the_journal_leads_down_to_the_order_and_the_payment(market, client, keepers):
    group = paid(market, client, market.honey)
    order = deliver(group.orders.get(), market.mina)
    client.force_login(keepers[0])
    whole = words(client.get(f"{HERE}ledger/"))
    assert ("Dû à la coopérative" in whole, "-147,80 DH" in whole) == (True, True)

    kind = words(client.get(f"{HERE}ledger/kinds/coop_payable/"))
    assert market.honey_cooperative.name in kind
    delivered = JournalEntry.objects.get(key=f"delivered:{order.pk}")
    account = delivered.postings.get(account__kind="coop_payable").account
    assert f"/ledger/entries/{delivered.pk}/" in words(client.get(f"{HERE}ledger/accounts/{account.pk}/"))
    entry = words(client.get(f"{HERE}ledger/entries/{delivered.pk}/"))
    assert (f"/ledger/orders/{order.pk}/" in entry, "-1,20 DH" in entry) == (True, True)
    of_order = words(client.get(f"{HERE}ledger/orders/{order.pk}/"))
    assert (f"captured:group:{group.pk}" in of_order, f"delivered:{order.pk}" in of_order) == (True, True)
    assert f"/ledger/orders/{order.pk}/" in words(client.get(f"{HERE}ledger/?number={group.number}"))
    assert "Aucune commande n'a ce numéro" in words(client.get(f"{HERE}ledger/?number=99"))
    for unknown in ("kinds/gold/", "accounts/99999/", "entries/99999/", "orders/99999/"):
        assert client.get(f"{HERE}ledger/{unknown}").status_code == 404


def test_a_rate_takes_two_people_and_holds_from_its_day(market, client, keepers):
    youssef, zineb = keepers
    tomorrow = clock.today() + timedelta(days=1)
    typed = {"code": "all", "percent": "4,5", "position": "1", "valid_from": f"{tomorrow}", "reason": "baisse"}
    client.force_login(youssef)
    assert "une autre personne" in words(client.post(f"{HERE}commission/", typed, follow=True))
    written = CommissionRate.objects.get(reason="baisse")
    with pytest.raises(OwnRate):
        decide_rate(written.pk, is_yes=True, by=youssef)
    assert rates_to_come(clock.now()) == []

    client.force_login(zineb)
    client.post(f"{HERE}commission/{written.pk}/decide/", {"yes": "1"})
    assert (rates_to_come(clock.now()), rates_to_decide()) == ([written], [])
    with pytest.raises(RateDecided):
        decide_rate(written.pk, is_yes=False, by=zineb)
    assert [rate.percent_basis_points for rate in rates_at(clock.now())] == [500]
    assert "4,5 % des produits" in words(client.get(f"{HERE}commission/"))
    with time_machine.travel(clock.now() + timedelta(days=1, hours=1), tick=False):
        assert [rate.percent_basis_points for rate in rates_at(clock.now())] == [450]


def test_a_row_agreed_to_late_holds_from_then_and_a_no_ends_it(market, keepers):
    youssef, zineb = keepers
    late = set_rate("honey", RateTerms(0), reason="jeune", by=youssef, position=1, valid_from=clock.now() + timedelta(hours=1))
    dropped = set_rate("all", None, reason="fin", by=youssef)
    decide_rate(dropped.pk, is_yes=False, by=youssef)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        decide_rate(late.pk, is_yes=True, by=zineb)
        agreed_at = clock.now()
    assert [rate.code for rate in rates_at(agreed_at - timedelta(minutes=1))] == ["all"]
    assert [rate.code for rate in rates_at(agreed_at)] == ["honey", "all"]


def test_what_makes_no_sense_is_said_and_nothing_is_written(market, client, keepers):
    client.force_login(keepers[0])
    before = CommissionRate.objects.count()
    yesterday = clock.today() - timedelta(days=1)
    typed = {
        "percent": "80",
        "floor": "9",
        "cap": "3",
        "position": "1",
        "valid_from": f"{yesterday}",
        "cooperative": "nulle-part",
    }
    page = words(client.post(f"{HERE}commission/", typed))
    for fault in ("Entre 0 et 50", "moins que le minimum", "jour à venir", "Cette page n'existe pas"):
        assert fault in page
    with pytest.raises(RateInThePast):
        set_rate("x", RateTerms(100), reason="x", by=None, valid_from=clock.now() - timedelta(days=1))
    with pytest.raises(NotFound):
        set_rate("x", RateTerms(100), reason="x", by=market.karim)
    assert CommissionRate.objects.count() == before
