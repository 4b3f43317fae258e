"""The bank screen: what a member sees and presses, and what the register's office may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.jobs import run_jobs
from twiza.domain.directory.models import BankDetailsChange
from twiza.domain.directory.services.bank_details import apply_due_bank_changes, approve_bank_change, ask_for_bank_change
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.foundation.messaging.models import Message
from twiza.kit.clock import now

RIB = "007780000123456789012396"


@pytest.fixture
def bank(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/bank/"


def page(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_asks_and_everybody_gets_a_text(market, signed_in, bank):
    brahim = signed_in(market.brahim)

    answer = brahim.post(bank, {"rib": "007 780 0001234567890123 96"})
    run_jobs()

    assert (answer.status_code, answer.url) == (302, bank)
    change = BankDetailsChange.objects.get()
    assert (change.rib, change.state, change.asked_by) == (RIB, "asked", market.brahim)
    assert Message.objects.filter(key__startswith=f"bank-change-asked:{change.pk}:").count() == 2
    shown = page(brahim, bank)
    assert "2396" in shown
    assert RIB not in shown
    assert "Attend l'accord de\u00a0: Fatima" in shown
    assert "bank/approve/" not in shown  # who asks does not approve
    assert 'name="rib"' not in shown


def test_the_president_approves_on_the_screen_and_the_account_is_in_use_after_72_hours(market, signed_in, bank):
    change = ask_for_bank_change(market.saffron_cooperative, RIB, by=market.brahim)
    fatima = signed_in(market.fatima)
    assert f"{bank}" in page(fatima, bank.removesuffix("bank/"))  # the home screen warns

    fatima.post(f"{bank}approve/", {"change": change.pk})
    change.refresh_from_db()
    assert (change.state, change.approved_by) == ("approved", market.fatima)
    with time_machine.travel(now() + timedelta(hours=73)):
        apply_due_bank_changes()

    shown = page(fatima, bank)
    assert 'finit par <b><bdi dir="ltr">2396</bdi></b>' in shown
    assert RIB not in shown


def test_any_member_stops_it_on_the_screen_until_the_last_hour(market, signed_in, bank):
    change = ask_for_bank_change(market.saffron_cooperative, RIB, by=market.brahim)
    approve_bank_change(change, by=market.fatima)

    signed_in(market.brahim).post(f"{bank}stop/", {"change": change.pk})

    change.refresh_from_db()
    assert (change.state, change.ended_by) == ("cancelled", market.brahim)


def test_a_button_never_acts_on_a_change_that_came_meanwhile(market, signed_in, bank):
    seen = ask_for_bank_change(market.saffron_cooperative, RIB, by=market.brahim)
    fatima = signed_in(market.fatima)
    fatima.post(f"{bank}stop/", {"change": seen.pk})
    newer = ask_for_bank_change(market.saffron_cooperative, "230780123456789012345649", by=market.brahim)

    fatima.post(f"{bank}approve/", {"change": seen.pk})

    newer.refresh_from_db()
    assert newer.state == "asked"
    for wrong in ("", "x", "9" * 30, "²"):
        assert fatima.post(f"{bank}approve/", {"change": wrong}).status_code == 404


@pytest.mark.parametrize("typed", ["", "12", "007780000123456789012397", "9" * 100])
def test_a_wrong_number_is_said_beside_the_field_and_nothing_is_asked(market, signed_in, bank, typed):
    answer = signed_in(market.brahim).post(bank, {"rib": typed})

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not BankDetailsChange.objects.exists()


def test_the_office_sees_all_and_approves_only_where_there_is_nobody_else(market, signed_in):
    entrust_register(market.operator, by=None)
    shared = ask_for_bank_change(market.saffron_cooperative, RIB, by=market.brahim)
    alone = ask_for_bank_change(market.argan_cooperative, "230780123456789012345649", by=market.hajja)
    youssef, url = signed_in(market.youssef), "/fr/workspace/register/bank/"

    shown = page(youssef, url)
    assert shown.count("register/bank/approve/") == 1
    assert shown.count("register/bank/stop/") == 2
    youssef.post(f"{url}approve/", {"change": shared.pk})
    youssef.post(f"{url}approve/", {"change": alone.pk})
    shared.refresh_from_db()
    alone.refresh_from_db()

    assert (shared.state, alone.state) == ("asked", "approved")
    youssef.post(f"{url}stop/", {"change": shared.pk})
    shared.refresh_from_db()
    assert (shared.state, shared.ended_by) == ("cancelled", market.youssef)


def test_the_office_reads_three_and_more_without_asking_once_per_row(market, signed_in):
    entrust_register(market.operator, by=None)
    people = {
        market.saffron_cooperative: market.brahim,
        market.argan_cooperative: market.hajja,
        market.honey_cooperative: market.mina,
    }
    numbers = (RIB, "230780123456789012345649", "350810000000012345678956")
    for number, (cooperative, asker) in zip(numbers, people.items(), strict=True):
        ask_for_bank_change(cooperative, number, by=asker)

    assert page(signed_in(market.youssef), "/fr/workspace/register/bank/").count("order-card") >= 3
