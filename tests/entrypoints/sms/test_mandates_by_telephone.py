"""A number on file that was asked for a mandate answers by text, and only with the number that it alone was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.entrypoints.sms.test_inbound import STRANGER, write
from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory import rules
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import FreshnessQuestion, Mandate, Membership
from twiza.domain.directory.services.freshness import ask_due_questions
from twiza.domain.directory.services.mandates import ask_for_mandate
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message

ON_FILE = "+212683008001"
MORNING = datetime(2027, 10, 13, 9, 30, tzinfo=UTC)


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8101)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def tamda(market):
    details = OrganisationDetails(name_fr="Tamda", contacts=(ContactDetails("phone", ON_FILE),))
    return register_organisation(kind="cooperative", details=details, by=None)


@pytest.fixture
def asked(tamda, hamid):
    mandate = ask_for_mandate(hamid, tamda.slug)
    run_jobs()
    return mandate


def nothing_happened() -> bool:
    return Mandate.objects.get().state == "asked" and not User.objects.filter(phone=ON_FILE).exists()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("MANDAT OUI {n}", "Merci. Hamid agit pour vous pendant un an. Pour arreter: MANDAT NON {n}"),
        ("mandat wakha {n}", "Merci. Hamid agit pour vous pendant un an. Pour arreter: MANDAT NON {n}"),
        ("tafwid wakha n°{n} choukran", "Merci. Hamid agit pour vous pendant un an. Pour arreter: MANDAT NON {n}"),
        ("تفويض نعم {n}", "Hamid يعمل باسمكم سنة. للإيقاف: تفويض لا {n}"),
        ("mandate yes {n}", "Merci. Hamid agit pour vous pendant un an. Pour arreter: MANDAT NON {n}"),
    ],
)
def test_a_yes_grants_and_the_page_is_theirs(tamda, hamid, asked, text, answer):
    said, inbound = write(ON_FILE, text.format(n=asked.number))

    assert (said, inbound.outcome) == (answer.format(n=asked.number), "done")
    assert rules.speaks_for(hamid, tamda)
    assert rules.decides_for(User.objects.get(phone=ON_FILE), tamda)
    assert Entry.objects.get(action="directory.grant_mandate").channel == "sms"

    write(ON_FILE, f"  mandat  oui {asked.number}")
    assert Membership.objects.filter(organisation=tamda).count() == 1
    assert Message.objects.filter(key__startswith="mandate-granted").count() == 1
    _, ended = write(ON_FILE, f"mandat non {asked.number}")
    assert ended.outcome == "done"
    assert not rules.speaks_for(hamid, tamda)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("MANDAT NON {n}", "C'est noté: Hamid n'agit pas pour vous."),
        ("bla mandat {n}", "C'est noté: Hamid n'agit pas pour vous."),
        ("تفويض لا {n}", "تم: Hamid لا يعمل باسمكم"),
    ],
)
def test_a_no_refuses_and_the_page_stays_as_it_is(tamda, hamid, asked, text, answer):
    said, inbound = write(ON_FILE, text.format(n=asked.number))

    assert (said, inbound.outcome) == (answer, "done")
    tamda.refresh_from_db()
    assert (Mandate.objects.get().state, tamda.state) == ("refused", "listed")
    assert not User.objects.filter(phone=ON_FILE).exists()


@pytest.mark.parametrize("text", ["OUI {n}", "oui", "NON {n}", "mandat", "mandat {n}", "mandat oui {n} ?", "pas mandat oui {n}"])
def test_in_doubt_both_answers_are_written_out(tamda, asked, text):
    said, inbound = write(ON_FILE, text.format(n=asked.number))

    assert inbound.outcome == "asked", said
    assert f"MANDAT OUI {asked.number} ou MANDAT NON {asked.number}" in said
    assert nothing_happened()


def test_another_telephone_with_the_right_number_does_nothing(market, hamid, asked):
    _, stranger = write(STRANGER, f"mandat oui {asked.number}")
    assert stranger.outcome == "stranger"
    for known in (hamid, market.youssef, market.fatima, market.karim):
        for text in ("mandat oui {n}", "mandat non {n}", "oui {n}"):
            _, inbound = write(known, text.format(n=asked.number))
            assert inbound.outcome in {"not_found", "asked"}, inbound.outcome
    assert nothing_happened()


def test_a_faked_sender_without_the_number_does_nothing_and_soon_nothing_can_be_done(asked):
    for guess in ("100001", "100002", "100003", "100004", "100005"):
        said, inbound = write(ON_FILE, f"mandat oui {guess}")
        assert (said, inbound.outcome) == (f"Nous ne trouvons pas le numéro {guess}. Rien n'est fait.", "not_found")
    said, inbound = write(ON_FILE, f"MANDAT OUI {asked.number}")
    assert (said, inbound.outcome) == ("Ce mandat est terminé. L'agent peut redemander.", "mandate_over")
    assert nothing_happened()


def test_too_late_or_once_it_has_people_it_is_said_and_nothing_done(market, tamda, asked):
    add_member(tamda, market.karim, "member", None)
    said, inbound = write(ON_FILE, f"تفويض نعم {asked.number}")
    assert (said, inbound.outcome) == ("للتعاونية الآن أعضاؤها على تويزة، وهم من يقولون من يعمل باسمها.", "its_people_answer")
    Mandate.objects.update(asked_at=Mandate.objects.get().asked_at - timedelta(days=7))
    _, inbound = write(ON_FILE, f"mandat oui {asked.number}")
    assert inbound.outcome == "mandate_over"
    assert nothing_happened()


def test_neither_question_to_a_telephone_swallows_the_answer_to_the_other(market, tamda, hamid, settings):
    settings.FRESHNESS_TEXTS_A_DAY = 90
    with time_machine.travel(MORNING) as clock:
        mandate = ask_for_mandate(hamid, tamda.slug)
        ask_due_questions()
        run_jobs()
        clock.shift(300)
        said, inbound = write(ON_FILE, f"oui {mandate.number}")
        assert (inbound.outcome, f"MANDAT OUI {mandate.number}" in said) == ("asked", True)
        _, page = write(ON_FILE, "PAGE 1")
        _, yes = write(ON_FILE, f"mandat oui {mandate.number}")

    assert (page.outcome, yes.outcome) == ("done", "done")
    assert FreshnessQuestion.objects.get(organisation=tamda).state == "confirmed"
    assert rules.speaks_for(hamid, tamda)


def test_whoever_was_asked_nothing_stays_a_stranger(market, asked):
    for text in ("1", "prêt 1523", "aide"):
        _, inbound = write(ON_FILE, text)
        assert inbound.outcome == "stranger"
