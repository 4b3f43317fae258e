"""Whether what we say of a cooperative is still true: who is asked and when, and what the answers lead to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.jobs import run_jobs
from twiza.domain.directory.errors import QuestionAnswered, ReportSettled, SayWhatChanged
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.jobs import ask_freshness
from twiza.domain.directory.models import ChangeReport, FreshnessQuestion, ImportBatch, Organisation, Revision
from twiza.domain.directory.selectors import get_public_organisation, waiting_reports
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.freshness import answer_still_true, ask_due_questions, confirm_still_true
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.directory.services.reported_changes import (
    answer_changed,
    answer_closed,
    confirm_despite_report,
    dismiss_report,
    report_change,
    report_closed,
    settle_report,
)
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import stop_texts
from twiza.kit.errors import NotAllowed

# A Wednesday; Morocco is an hour before UTC.
MORNING = datetime(2027, 10, 13, 9, 30, tzinfo=UTC)
FEW = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def forty_a_day(settings):
    settings.FRESHNESS_TEXTS_A_DAY = 40
    settings.FRESHNESS_MONTHS = 6


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


def asked() -> list[str]:
    return [question.organisation.name_in("fr") for question in FreshnessQuestion.objects.select_related(
        "organisation__published_revision").order_by("pk")]  # fmt: skip


def question_to(market) -> FreshnessQuestion:
    with at(MORNING):
        ask_due_questions()
    return FreshnessQuestion.objects.get(organisation=market.saffron_cooperative)


def test_a_member_who_agreed_is_asked_in_her_language_and_told_what_we_hold(market):
    with at(MORNING):
        ask_freshness(0)
        run_jobs()

    question = FreshnessQuestion.objects.get(organisation=market.saffron_cooperative)
    text = Message.objects.get(key=question.text_key)
    assert (question.phone, question.person, question.language) == (market.fatima.phone, market.fatima, "ary")
    assert (text.to, text.parts) == (market.fatima.phone, 1)
    assert text.text == (
        "Twiza: Coopérative Zafrane Taliouine, Taliouine. Mazal s7i7? 1 ah, 2 tbeddel (goulou chnou), 3 sddat. 7BES: bla SMS"
    )


def test_the_telephone_on_file_is_asked_when_no_member_agreed(db, market):
    details = OrganisationDetails(
        name_fr="Coopérative Tamda",
        commune_code="09.541.01.11",
        members_total=24,
        contacts=(ContactDetails("phone", "+212522112233"), ContactDetails("phone", "+212683008001")),
    )
    tamda = register_organisation(kind="cooperative", details=details, by=None)

    with at(MORNING):
        ask_due_questions()
        run_jobs()

    question = FreshnessQuestion.objects.get(organisation=tamda)
    assert (question.phone, question.person, question.language) == ("+212683008001", None, "fr")  # a landline reads no text
    text = Message.objects.get(key=question.text_key)
    assert text.text == (
        "Twiza: Coopérative Tamda, Taliouine, 24 membres, 05 22 11 22 33."
        " Toujours vrai ? 1 oui, 2 non (dites quoi), 3 fermée. STOP: plus de SMS"
    )
    assert text.parts == 1


@pytest.mark.parametrize("hour", [0, 7, 17, 18, 23])
def test_nobody_is_asked_at_night(market, hour):
    with at(MORNING.replace(hour=hour)):
        assert ask_due_questions() == 0
    assert not FreshnessQuestion.objects.exists()


def test_nobody_is_asked_on_a_sunday(market):
    with at(MORNING + timedelta(days=4)):
        assert ask_due_questions() == 0


def test_a_day_has_no_more_questions_than_it_may_and_an_hour_its_share(market, settings):
    settings.FRESHNESS_TEXTS_A_DAY = 2
    with at(MORNING):
        assert [ask_due_questions() for _ in range(4)] == [1, 1, 0, 0]
    with at(MORNING + timedelta(days=1)):
        assert ask_due_questions() == 1
    assert len(asked()) == 3
    settings.FRESHNESS_TEXTS_A_DAY = 0
    with at(MORNING + timedelta(days=400)):
        assert ask_due_questions() == 0


def test_those_confirmed_longest_ago_are_asked_first(market, settings):
    settings.FRESHNESS_TEXTS_A_DAY = 9
    Organisation.objects.filter(pk=market.saffron_cooperative.pk).update(
        last_confirmed_on=date(2027, 1, 3), last_confirmed_by="cooperative"
    )
    Organisation.objects.filter(pk=market.argan_cooperative.pk).update(
        last_confirmed_on=date(2027, 1, 2), last_confirmed_by="cooperative"
    )
    with at(MORNING):
        for _ in range(3):
            ask_due_questions()

    assert asked() == ["Coopérative Nahlat", "Coopérative Taghart", "Coopérative Zafrane Taliouine"]


def test_nobody_is_asked_twice_within_the_months_nor_soon_after_registering(market):
    with at(datetime.now(UTC).replace(hour=10) + timedelta(days=1)):
        assert ask_due_questions() == 0
    with at(MORNING):
        ask_due_questions()
    with at(MORNING + timedelta(days=150)):
        assert ask_due_questions() == 0
    assert set(FreshnessQuestion.objects.values_list("state", flat=True)) == {"lapsed"}
    with at(MORNING + timedelta(days=190)):
        assert ask_due_questions() == 3


def test_whoever_wished_silence_is_not_asked(market):
    stop_texts(market.fatima.phone, "STOP")

    with at(MORNING):
        ask_due_questions()

    assert asked() == ["Coopérative Taghart", "Coopérative Nahlat"]


def test_one_telephone_has_one_open_question(market):
    for name in ("Coopérative Un", "Coopérative Deux"):
        details = OrganisationDetails(name_fr=name, contacts=(ContactDetails("phone", "+212683008002"),))
        register_organisation(kind="cooperative", details=details, by=None)

    with at(MORNING):
        ask_due_questions()

    assert FreshnessQuestion.objects.filter(phone="+212683008002").count() == 1


def test_a_suspended_or_closed_cooperative_is_not_asked(market):
    Organisation.objects.filter(pk=market.saffron_cooperative.pk).update(state="closed")
    Organisation.objects.filter(pk=market.argan_cooperative.pk).update(state="suspended")

    with at(MORNING):
        ask_due_questions()

    assert asked() == ["Coopérative Nahlat"]


def test_still_true_is_written_on_the_page_once(market):
    question = question_to(market)

    with at(MORNING + FEW):
        answer_still_true(question, by=market.fatima)
        with pytest.raises(QuestionAnswered):
            answer_still_true(question, by=market.fatima)

    page = get_public_organisation(market.saffron_cooperative.slug)
    assert (page.confirmed_on, page.confirmed_by) == (date(2027, 10, 13), "cooperative")
    assert Entry.objects.filter(action="directory.confirm").count() == 1


def test_an_answer_after_two_weeks_changes_nothing(market):
    question = question_to(market)

    with at(MORNING + timedelta(days=14)):
        for late in (
            lambda: answer_still_true(question, by=None),
            lambda: answer_changed(question, "24", by=None),
            lambda: answer_closed(question, by=None, is_sure=True),
        ):
            with pytest.raises(QuestionAnswered):
                late()
    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_on is None
    assert not ChangeReport.objects.exists()


def test_what_changed_is_a_task_with_its_words(market):
    question = question_to(market)

    with at(MORNING + FEW):
        first = answer_changed(question, "", by=market.fatima)
        second = answer_changed(question, "nous sommes  24\x00 maintenant", by=market.fatima)

    assert first == second
    report = ChangeReport.objects.get()
    assert (report.kind, report.words, report.phone) == ("changed", "nous sommes 24 maintenant", market.fatima.phone)
    question.refresh_from_db()
    assert question.state == "changed"


def test_closing_is_asked_twice_confirmed_by_the_office_and_only_then_shown(market):
    entrust_register(market.operator, by=None)
    question = question_to(market)

    with at(MORNING + FEW):
        assert answer_closed(question, by=market.fatima, is_sure=True) is None  # sure too early: nobody asked yet
        report = answer_closed(question, by=market.fatima, is_sure=True)
    assert report is not None
    assert get_public_organisation(market.saffron_cooperative.slug).state == "listed"

    settle_report(report, by=market.youssef)

    assert get_public_organisation(market.saffron_cooperative.slug).state == "closed"
    with pytest.raises(ReportSettled):
        dismiss_report(report, by=market.youssef)


def test_a_closing_that_was_a_mistake_leaves_the_page(market):
    entrust_register(market.operator, by=None)
    report = report_closed(market.saffron_cooperative, by=market.brahim)
    assert report_closed(market.saffron_cooperative, by=market.fatima) == report

    confirm_despite_report(report, by=market.youssef)

    page = get_public_organisation(market.saffron_cooperative.slug)
    assert (page.state, page.confirmed_by) == ("listed", "keeper")
    assert waiting_reports() == []


def test_members_and_the_office_confirm_and_nobody_else(market):
    with pytest.raises(NotAllowed):
        confirm_still_true(market.saffron_cooperative, by=market.hajja)
    with pytest.raises(NotAllowed):
        confirm_still_true(market.saffron_cooperative, by=market.youssef)
    question = question_to(market)
    with at(MORNING + FEW):
        confirm_still_true(market.saffron_cooperative, by=market.brahim)

    question.refresh_from_db()
    assert question.state == "confirmed"  # the text needs no answer any more
    entrust_register(market.operator, by=None)
    confirm_still_true(market.saffron_cooperative, by=market.youssef)
    assert get_public_organisation(market.saffron_cooperative.slug).confirmed_by == "keeper"


def test_only_members_report_and_only_the_office_settles(market):
    with pytest.raises(NotAllowed):
        report_change(market.saffron_cooperative, "24", by=market.karim)
    with pytest.raises(NotAllowed):
        report_closed(market.saffron_cooperative, by=market.karim)
    with pytest.raises(SayWhatChanged):
        report_change(market.saffron_cooperative, "  ", by=market.brahim)
    assert not ChangeReport.objects.exists()
    report = report_change(market.saffron_cooperative, "24", by=market.brahim)
    with pytest.raises(NotAllowed):
        settle_report(report, by=market.fatima)
    report.refresh_from_db()
    assert report.state == "waiting"


def test_a_page_known_from_a_register_says_so_until_somebody_confirms_it(market):
    page = get_public_organisation(market.saffron_cooperative.slug)
    assert (page.confirmed_on, page.register) == (None, "")
    batch = ImportBatch.objects.create(source="ODCO 2019", file_name="r.csv", file_sha256="0" * 64)
    read = Revision.objects.create(
        organisation=market.saffron_cooperative, number=2, state="published", name_fr="Zafrane", import_batch=batch
    )
    Organisation.objects.filter(pk=market.saffron_cooperative.pk).update(published_revision=read)

    assert get_public_organisation(market.saffron_cooperative.slug).register == "ODCO 2019"
    confirm_still_true(market.saffron_cooperative, by=market.fatima)
    assert get_public_organisation(market.saffron_cooperative.slug).register == ""
