"""Two people decide about one bank account in the same moment: committed rows, threads with connections of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import BankDetailsChange, Identifier, Membership, Organisation, Revision
from twiza.domain.directory.services.bank_details import (
    apply_due_bank_changes,
    approve_bank_change,
    ask_for_bank_change,
    stop_bank_change,
)
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person
from twiza.foundation.audit.models import Entry
from twiza.foundation.search.models import SearchChange
from twiza.kit.clock import now
from twiza.kit.errors import DomainError

RIB = "007780000123456789012396"


@dataclass(frozen=True)
class Decision:
    """Brahim asked; Fatima presides and Idder keeps the money."""

    change: BankDetailsChange
    brahim: User
    fatima: User
    idder: User


@pytest.fixture
def decision(django_db_setup, django_db_blocker) -> Iterator[Decision]:
    with django_db_blocker.unblock():
        names = {"Brahim": "member", "Fatima": "president", "Idder": "treasurer"}
        people = [register_person(name=name, phone=f"+2126830090{index:02d}") for index, name in enumerate(names)]
        cooperative = register_organisation(kind="cooperative", details=OrganisationDetails(name_fr="Zafrane"), by=None)
        for person, role in zip(people, names.values(), strict=True):
            add_member(cooperative, person, role, None)
        yield Decision(ask_for_bank_change(cooperative, RIB, by=people[0]), *people)
        forget(cooperative, people)
        connection.close()


def forget(cooperative: Organisation, people: list[User]) -> None:
    Organisation.objects.filter(pk=cooperative.pk).update(published_revision=None)
    for model in (BankDetailsChange, Identifier, Membership, Revision):
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {model._meta.db_table} where organisation_id = %s", [cooperative.pk])
    Entry.objects.filter(subject=f"organisation:{cooperative.pk}").delete()
    SearchChange.objects.filter(kind="cooperative", object_id=cooperative.pk).delete()
    cooperative.delete()
    for person in people:
        person.delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'events.handle'")


def together(*acts: Callable[[], object]) -> list[str]:
    """Each act in a thread of its own; what each one came to."""

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def entries(decision: Decision, action: str) -> int:
    return Entry.objects.filter(action=action, subject=f"organisation:{decision.change.organisation_id}").count()


def test_two_approvals_at_once_are_one(decision):
    ends = together(*[lambda who=who: approve_bank_change(decision.change, by=who) for who in (decision.fatima, decision.idder)])

    assert sorted(ends) == ["bank_change_ended", "done"]
    assert entries(decision, "directory.approve_bank_change") == 1


def test_an_approval_and_a_stop_at_once_end_in_a_stop(decision):
    ends = together(
        lambda: approve_bank_change(decision.change, by=decision.fatima),
        lambda: stop_bank_change(decision.change, by=decision.brahim),
    )

    decision.change.refresh_from_db()
    assert ends[1] == "done"
    assert decision.change.state == "cancelled"


def test_two_askings_at_once_are_one(decision):
    stop_bank_change(decision.change, by=decision.fatima)

    ends = together(
        *[
            lambda who=who: ask_for_bank_change(decision.change.organisation, RIB, by=who)
            for who in (decision.fatima, decision.idder)
        ]
    )

    assert sorted(ends) == ["bank_change_waiting", "done"]


def test_two_workers_apply_once(decision):
    approve_bank_change(decision.change, by=decision.fatima)

    with time_machine.travel(now() + timedelta(hours=73)):
        together(apply_due_bank_changes, apply_due_bank_changes)

    accounts = Identifier.objects.filter(organisation=decision.change.organisation, scheme="rib", retired_at=None)
    assert list(accounts.values_list("value", flat=True)) == [RIB]
    assert entries(decision, "directory.apply_bank_change") == 1
