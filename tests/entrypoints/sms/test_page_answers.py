"""1 still true, 2 changed, 3 closed: bound to the question this telephone got, and to no other menu."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.entrypoints.sms.test_inbound import STRANGER, write
from tests.jobs import run_jobs
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import ChangeReport, FreshnessQuestion
from twiza.domain.directory.services.freshness import ask_due_questions
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.inventory.selectors import shelf_row_of
from twiza.domain.orders.models import Order
from twiza.entrypoints.sms.page_answers import PageAnswer, read_page_answer
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import OptOut
from twiza.foundation.messaging.services import queue_text

MORNING = datetime(2027, 10, 13, 9, 30, tzinfo=UTC)
ON_FILE = "+212683008001"


@pytest.fixture
def asked(market, settings):
    """Everybody was asked, and it is a few minutes later."""
    settings.FRESHNESS_TEXTS_A_DAY = 90
    details = OrganisationDetails(name_fr="Tamda", contacts=(ContactDetails("phone", ON_FILE),))
    register_organisation(kind="cooperative", details=details, by=None)
    with time_machine.travel(MORNING) as clock:
        ask_due_questions()
        run_jobs()
        clock.shift(300)
        yield clock


def question_of(cooperative) -> FreshnessQuestion:
    return FreshnessQuestion.objects.get(organisation=cooperative)


@pytest.mark.parametrize("words", ["1", " 1 ", "1.", "١", "1️⃣", "1 merci", "1 toujours vrai", "PAGE 1", "صفحة 1", "page1"])
def test_one_confirms_the_page(market, asked, words):
    answer, inbound = write(market.fatima, words)

    market.saffron_cooperative.refresh_from_db()
    assert str(market.saffron_cooperative.last_confirmed_on) == "2027-10-13"
    assert answer == "Chokran. Coopérative Zafrane Taliouine: safha s7i7a nhar 13/10/2027."
    assert (inbound.intent, inbound.outcome, inbound.needs_person) == ("page", "done", False)
    assert Entry.objects.get(action="directory.confirm").channel == "sms"


@pytest.mark.parametrize("words", ["1 ?", "1 pas sur", "1 non", "1 ou 2"])
def test_a_one_in_doubt_is_asked_back(market, asked, words):
    answer, inbound = write(market.fatima, words)

    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_on is None
    assert answer.startswith("Coopérative Zafrane Taliouine: jawbou b ra9m")
    assert inbound.outcome == "asked"


def test_a_one_after_something_else_was_sent_is_asked_about(market, asked):
    queue_text(to=market.fatima.phone, text="Talab jdid", key="order-placed:1:1", kind="service", language="ary")

    answer, inbound = write(market.fatima, "1")
    assert (inbound.intent, inbound.outcome) == ("page", "asked")
    assert "PAGE 1" in answer
    assert "TALABAT" in answer
    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_on is None

    write(market.fatima, "PAGE 1")
    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_on is not None


def test_the_menu_is_the_menu_again_once_the_question_is_answered(market, asked):
    write(market.fatima, "1")
    asked.shift(121)

    _, inbound = write(market.fatima, "1")

    assert (inbound.intent, inbound.outcome) == ("orders", "done")
    assert Entry.objects.filter(action="directory.confirm").count() == 1


def test_stock_and_prices_are_changed_as_ever_while_the_question_waits(market, asked):
    write(market.fatima, "stock safran 31")
    assert shelf_row_of(market.saffron).on_hand == 31
    _, inbound = write(market.fatima, "2 1 32")
    assert (inbound.intent, shelf_row_of(market.saffron).on_hand) == ("stock_set", 32)
    assert ChangeReport.objects.count() == 0


def test_digits_after_the_question_answer_it_and_no_shelf(market, asked):
    _, inbound = write(market.fatima, "2 1 32")

    assert (inbound.intent, ChangeReport.objects.get().words) == ("page", "1 32")
    assert shelf_row_of(market.saffron).on_hand == 40


def test_an_impatient_thumb_gets_the_same_answer_and_confirms_once(market, asked):
    first, _ = write(market.fatima, "1")
    second, inbound = write(market.fatima, "1")

    assert (first, inbound.outcome) == (second, "repeated")
    assert Entry.objects.filter(action="directory.confirm").count() == 1


def test_orders_are_answered_as_ever_while_the_question_waits(market, asked):
    order = market.order(market.saffron).orders.get()
    run_jobs()

    write(market.fatima, f"4 {order.number}")
    assert Order.objects.get(pk=order.pk).status == "accepted"
    _, inbound = write(market.fatima, f"1 {order.number}")
    assert inbound.intent != "page"
    assert question_of(market.saffron_cooperative).state == "open"


@pytest.mark.parametrize(
    "words", ["2 nous sommes 24 maintenant", "2nous sommes 24 maintenant", "PAGE 2 nous sommes 24 maintenant"]
)
def test_two_with_words_is_a_task_for_the_office(market, asked, words):
    answer, inbound = write(market.fatima, words)

    report = ChangeReport.objects.get()
    assert (report.kind, report.words, report.reported_by) == ("changed", "nous sommes 24 maintenant", market.fatima)
    assert answer.startswith("Chokran. Coopérative Zafrane Taliouine: sejjelnaha")
    assert inbound.outcome == "done"


@pytest.mark.parametrize("then", ["2 nous sommes 24", "nous sommes 24"])
def test_two_alone_asks_what_and_the_next_words_tell_it(market, asked, then):
    answer, _ = write(market.fatima, "2")
    assert "chnou tbeddel" in answer

    write(market.fatima, then)

    assert [report.words for report in ChangeReport.objects.all()] == ["nous sommes 24"]


def test_three_is_asked_once_more_and_the_page_waits_for_the_office(market, asked):
    answer, inbound = write(market.fatima, "3")
    assert "3 OUI" in answer
    assert (inbound.outcome, ChangeReport.objects.count()) == ("asked", 0)

    answer, _ = write(market.fatima, "3 OUI")

    assert ChangeReport.objects.get().kind == "closed"
    assert "sejjelnaha" in answer
    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.state == "listed"


def test_three_was_a_slip_of_the_finger(market, asked):
    write(market.fatima, "3")
    write(market.fatima, "1")

    market.saffron_cooperative.refresh_from_db()
    assert market.saffron_cooperative.last_confirmed_by == "cooperative"
    assert not ChangeReport.objects.exists()


def test_a_first_three_yes_closes_nothing(market, asked):
    answer, _ = write(market.fatima, "3 oui")

    assert "3 OUI" in answer
    assert not ChangeReport.objects.exists()


def test_the_telephone_on_file_answers_though_nobody_is_known_by_it(market, asked):
    answer, inbound = write(ON_FILE, "3 non")
    assert answer.startswith("Tamda : répondez par un chiffre")
    answer, inbound = write(ON_FILE, "bonjour qui êtes-vous")
    assert answer.startswith("Tamda : répondez par un chiffre")
    assert (inbound.outcome, inbound.needs_person) == ("not_understood", True)

    answer, inbound = write(ON_FILE, "1")

    assert answer == "Merci. Tamda : la page est confirmée le 13/10/2027."
    assert (inbound.person, inbound.outcome) == (None, "done")


def test_silence_is_silence_for_the_telephone_on_file(market, asked):
    write(ON_FILE, "STOP")

    assert OptOut.objects.filter(phone=ON_FILE, until=None).exists()


def test_a_late_answer_gets_a_sentence_and_changes_nothing(market, asked):
    asked.shift(timedelta(days=15))

    for who in (market.fatima, ON_FILE):
        answer, inbound = write(who, "1")
        assert (inbound.intent, inbound.outcome) == ("page", "late")
        assert answer in {
            "Had so2al sala, walou ma tbeddel f safha. Ghadi n3awdou nsewlou men ba3d.",
            "Cette question est finie, rien n'a changé sur la page. Nous la reposerons plus tard.",
        }
    assert not Entry.objects.filter(action="directory.confirm").exists()


def test_a_stranger_answers_nothing(market, asked):
    _, inbound = write(STRANGER, "1")

    assert inbound.outcome == "stranger"
    assert not Entry.objects.filter(action="directory.confirm").exists()


def test_the_answer_in_arabic_fits_and_is_in_arabic(market, asked):
    answer, inbound = write(market.hajja, "٢ نحن 24")

    assert answer == "شكرا. تعاونية تاغارت: سجلنا ذلك وسيصحح شخص الصفحة"
    assert inbound.answered_by.parts == 1
    assert ChangeReport.objects.get().words == "نحن 24"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2 : le téléphone est 0612345678", PageAnswer("2", "le téléphone est 0612345678", False)),
        ("2 0612345678", PageAnswer("2", "0612345678", False)),
        ("1523", None),
        ("1 1523", None),
        ("12", None),
        ("2,5", None),
        ("4", None),
        ("oui", None),
        ("", None),
        ("Page 3", PageAnswer("3", "", True)),
        ("٣", PageAnswer("3", "", False)),
    ],
)
def test_what_may_be_an_answer(text, read):
    assert read_page_answer(text) == read
