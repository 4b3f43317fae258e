"""A no to another bank account is taken by text from any member; a yes never is."""

from __future__ import annotations

import pytest

from tests.entrypoints.sms.test_inbound import STRANGER, write
from tests.jobs import run_jobs
from twiza.domain.directory.models import BankDetailsChange
from twiza.domain.directory.services.bank_details import ask_for_bank_change
from twiza.foundation.audit.models import Entry

RIB = "007780000123456789012396"


@pytest.fixture
def change(market):
    asked = ask_for_bank_change(market.saffron_cooperative, RIB, by=market.brahim)
    run_jobs()
    return asked


@pytest.mark.parametrize(
    "words", ["RIB LA", "rib non", "الحساب لا", "STOP RIB", "non rib !", "rib non je ne connais pas ce compte"]
)
def test_fatima_stops_it_by_text(market, change, words):
    answer, inbound = write(market.fatima, words)

    change.refresh_from_db()
    assert (change.state, change.ended_by) == ("cancelled", market.fatima)
    assert answer == "T7bes: compte bancaire ...2396 ma ghadich ykhdem. Walou ma tbeddel."
    assert (inbound.intent, inbound.outcome) == ("bank_stop", "done")
    assert Entry.objects.get(action="directory.stop_bank_change").channel == "sms"


@pytest.mark.parametrize("words", ["RIB OUI", "oui rib", "oui", "RIB", "1"])
def test_no_text_approves(market, change, words):
    write(market.fatima, words)

    change.refresh_from_db()
    assert (change.state, change.approved_by) == ("asked", None)


def test_members_of_other_cooperatives_and_strangers_stop_nothing(market, change):
    answer, _ = write(market.hajja, "RIB NON")
    assert answer == "لا تغيير للحساب البنكي في انتظار جوابكم"
    _, inbound = write(STRANGER, "RIB NON")

    change.refresh_from_db()
    assert (inbound.outcome, change.state) == ("stranger", "asked")


def test_the_same_text_twice_is_one_stop(market, change):
    write(market.fatima, "RIB NON")
    write(market.fatima, "RIB NON")

    assert Entry.objects.filter(action="directory.stop_bank_change").count() == 1
    assert BankDetailsChange.objects.get().state == "cancelled"
