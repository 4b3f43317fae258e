"""Another bank account takes two people and 72 hours; everybody hears of it, and each of them can stop it."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.directory.errors import (
    BankAccountKnown,
    BankAccountTaken,
    BankChangeEnded,
    BankChangeWaiting,
    BankNumberWrong,
    MayNotApprove,
    SecondPersonNeeded,
)
from twiza.domain.directory.forms import IdentifierDetails
from twiza.domain.directory.jobs import apply_bank_changes
from twiza.domain.directory.models import BankDetailsChange, Identifier
from twiza.domain.directory.selectors import bank_account_ending_of, open_bank_changes, open_records
from twiza.domain.directory.services.bank_details import (
    apply_due_bank_changes,
    approve_bank_change,
    ask_for_bank_change,
    read_rib,
    stop_bank_change,
)
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.particulars import add_identifier
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import stop_texts
from twiza.kit.clock import now
from twiza.kit.errors import NotAllowed
from twiza.kit.identifiers import mod97_key

RIB = "007780000123456789012396"
OTHER_RIB = "230780123456789012345649"
HOURS = timedelta(hours=1)


@pytest.fixture
def cooperative(market):
    return market.saffron_cooperative


@pytest.fixture
def change(market, cooperative):
    """Brahim, a member, asks; Fatima presides."""
    return ask_for_bank_change(cooperative, RIB, by=market.brahim)


def accounts(cooperative) -> list[str]:
    return list(
        Identifier.objects.filter(organisation=cooperative, scheme="rib", retired_at=None).values_list("value", flat=True)
    )


def in_hours(hours: float):
    return time_machine.travel(now() + hours * HOURS)


def state_of(change) -> str:
    change.refresh_from_db()
    return str(change.state)


def test_an_account_counts_after_a_second_person_and_72_hours_and_not_a_minute_before(market, cooperative, change):
    approve_bank_change(change, by=market.fatima)
    with in_hours(71.98):
        assert apply_due_bank_changes() == 0
        assert (state_of(change), accounts(cooperative)) == ("approved", [])

    with in_hours(72.01):
        apply_bank_changes(0)
        run_jobs()

    assert (state_of(change), accounts(cooperative)) == ("applied", [RIB])
    assert bank_account_ending_of(cooperative) == "2396"
    entry = Entry.objects.get(action="directory.apply_bank_change")
    assert (entry.channel, entry.actor, entry.details) == ("system", None, {"change": change.pk, "last_four": "2396"})


def test_without_a_second_person_nothing_changes_however_long_it_waits(cooperative, change):
    with in_hours(24 * 29):
        assert apply_due_bank_changes() == 0
    assert (state_of(change), accounts(cooperative)) == ("asked", [])

    with in_hours(24 * 31):
        assert apply_due_bank_changes() == 0
    assert (state_of(change), accounts(cooperative)) == ("cancelled", [])


def test_the_old_account_is_retired_and_kept(market, cooperative, change):
    old = add_identifier(cooperative, IdentifierDetails("rib", OTHER_RIB), None)
    approve_bank_change(change, by=market.fatima)

    with in_hours(73):
        assert (apply_due_bank_changes(), apply_due_bank_changes()) == (1, 0)

    old.refresh_from_db()
    assert old.retired_at is not None
    assert accounts(cooperative) == [RIB]


def test_whoever_asks_does_not_approve(market, cooperative):
    change = ask_for_bank_change(cooperative, RIB, by=market.fatima)

    with pytest.raises(SecondPersonNeeded):
        approve_bank_change(change, by=market.fatima)
    assert (state_of(change), change.approved_by) == ("asked", None)


def test_the_table_itself_wants_two_people_and_72_hours(market, change):
    rows = BankDetailsChange.objects.filter(pk=change.pk)
    wrong = [
        {"approved_by": market.brahim},
        {"not_before": change.asked_at + 71 * HOURS},
        {"state": "applied", "approved_by": market.fatima, "approved_at": now(), "ended_at": change.asked_at + HOURS},
        {"state": "approved"},
        {"state": "cancelled"},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    assert state_of(change) == "asked"


@pytest.mark.parametrize("who", ["karim", "hajja", "youssef"])
def test_strangers_neither_ask_nor_approve_nor_stop(market, cooperative, change, who):
    stranger = getattr(market, who)
    with pytest.raises(MayNotApprove):
        approve_bank_change(change, by=stranger)
    with pytest.raises(NotAllowed):
        stop_bank_change(change, by=stranger)
    stop_bank_change(change, by=market.fatima)
    with pytest.raises(NotAllowed):
        ask_for_bank_change(cooperative, RIB, by=stranger)
    assert BankDetailsChange.objects.count() == 1


def test_a_plain_member_and_a_treasurer_who_came_after_the_question_do_not_approve(market, cooperative):
    change = ask_for_bank_change(cooperative, RIB, by=market.fatima)
    add_member(cooperative, market.karim, "treasurer", None)

    for person in (market.brahim, market.karim):
        with pytest.raises(MayNotApprove):
            approve_bank_change(change, by=person)
    assert state_of(change) == "asked"


def test_the_registers_office_approves_where_there_is_nobody_else_and_only_there(market, cooperative, change):
    entrust_register(market.operator, by=None)
    alone = ask_for_bank_change(market.argan_cooperative, OTHER_RIB, by=market.hajja)

    with pytest.raises(MayNotApprove):
        approve_bank_change(change, by=market.youssef)
    approve_bank_change(alone, by=market.youssef)

    assert (state_of(change), state_of(alone)) == ("asked", "approved")
    assert [(seen.change, seen.may_approve, seen.may_stop) for seen in open_bank_changes(market.youssef)] == [
        (change, False, True),
        (alone, False, True),
    ]


def test_every_member_stops_it_also_when_approved(market, cooperative, change):
    approve_bank_change(change, by=market.fatima)
    add_member(cooperative, market.karim, "member", None)

    stop_bank_change(change, by=market.karim)

    with in_hours(80):
        assert apply_due_bank_changes() == 0
    assert (state_of(change), change.ended_by, accounts(cooperative)) == ("cancelled", market.karim, [])
    with pytest.raises(BankChangeEnded):
        approve_bank_change(change, by=market.fatima)
    with pytest.raises(BankChangeEnded):
        stop_bank_change(change, by=market.fatima)


def test_a_no_of_the_second_person_is_a_refusal(market, change):
    stop_bank_change(change, by=market.fatima)

    assert state_of(change) == "refused"


def test_one_change_waits_at_a_time(market, cooperative, change):
    with pytest.raises(BankChangeWaiting):
        ask_for_bank_change(cooperative, OTHER_RIB, by=market.fatima)
    stop_bank_change(change, by=market.brahim)
    assert ask_for_bank_change(cooperative, OTHER_RIB, by=market.fatima).state == "asked"


def test_an_account_in_use_or_of_another_is_refused_without_saying_its_number(market, cooperative):
    add_identifier(cooperative, IdentifierDetails("rib", RIB), None)
    add_identifier(market.argan_cooperative, IdentifierDetails("rib", OTHER_RIB), None)

    with pytest.raises(BankAccountKnown) as known:
        ask_for_bank_change(cooperative, RIB, by=market.brahim)
    with pytest.raises(BankAccountTaken) as taken:
        ask_for_bank_change(cooperative, OTHER_RIB, by=market.brahim)
    assert RIB not in f"{known.value}{known.value.facts}"
    assert OTHER_RIB not in f"{taken.value}{taken.value.facts}"
    assert not BankDetailsChange.objects.exists()


def test_an_account_that_another_took_meanwhile_is_not_applied(market, cooperative, change):
    old = add_identifier(cooperative, IdentifierDetails("rib", OTHER_RIB), None)
    approve_bank_change(change, by=market.fatima)
    add_identifier(market.argan_cooperative, IdentifierDetails("rib", RIB), None)

    with in_hours(73):
        assert apply_due_bank_changes() == 0

    old.refresh_from_db()
    assert (state_of(change), old.retired_at) == ("refused", None)


@pytest.mark.parametrize("written", [RIB, "007 780 0001234567890123 96", f"MA64{RIB}", "MA64 0077 8000 0123 4567 8901 2396"])
def test_a_number_is_read_as_banks_write_it(written):
    assert read_rib(written) == RIB


@pytest.mark.parametrize("written", ["", "12", RIB[:-1] + "7", RIB + "0", "0" * 24, "abc"])
def test_a_wrong_key_is_refused(market, cooperative, written):
    with pytest.raises(BankNumberWrong):
        ask_for_bank_change(cooperative, written, by=market.brahim)
    assert not BankDetailsChange.objects.exists()


@given(body=st.from_regex(r"[1-9][0-9]{21}", fullmatch=True), place=st.integers(0, 23), more=st.integers(1, 9))
def test_every_right_number_is_read_and_every_slip_of_one_digit_refused(body, place, more):
    right = body + mod97_key(body)
    slip = right[:place] + str((int(right[place]) + more) % 10) + right[place + 1 :]

    assert read_rib(right) == right
    with pytest.raises(BankNumberWrong):
        read_rib(slip)


def test_all_members_are_told_at_once_also_those_who_wish_silence(market, cooperative):
    stop_texts(market.fatima.phone, "STOP")

    change = ask_for_bank_change(cooperative, RIB, by=market.brahim)
    run_jobs()

    texts = {message.person: message for message in Message.objects.filter(key__startswith="bank-change-asked")}
    assert set(texts) == {market.fatima, market.brahim}
    assert {message.state for message in texts.values()} == {"delivered"}
    assert "RIB LA" in texts[market.fatima].text
    assert "RIB NON" in texts[market.brahim].text
    assert all("2396" in message.text and RIB not in message.text for message in texts.values())
    stop_bank_change(change, by=market.fatima)
    run_jobs()
    assert Message.objects.filter(key__startswith="bank-change-stopped").count() == 2


def test_the_whole_number_is_in_no_text_no_record_no_job_and_no_open_data(market, cooperative, change, caplog):
    caplog.set_level("DEBUG")
    approve_bank_change(change, by=market.fatima)
    with in_hours(73):
        apply_due_bank_changes()
    run_jobs()
    said = io.StringIO()
    for entry in Entry.objects.all():
        said.write(json.dumps(entry.details))
    for message in Message.objects.all():
        said.write(message.text)
    for record in open_records():
        said.write(str(record))
    said.write(str(change) + repr(change) + caplog.text)
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs")
        said.writelines(row[0] for row in cursor.fetchall())

    assert accounts(cooperative) == [RIB]
    assert "2396" in said.getvalue()
    assert RIB not in said.getvalue()
