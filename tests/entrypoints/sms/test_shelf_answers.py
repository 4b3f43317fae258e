"""Stock, prices, closing, language: by text the same as behind the button, asked about when in doubt, and taken back."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.entrypoints.sms.test_inbound import write
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.directory.models import OpeningTimes
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.services import receive_stock
from twiza.entrypoints.sms.closing_days import day_meant
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import ConversationNote, Message
from twiza.foundation.messaging.services import queue_text
from twiza.kit import clock


def on_hand(variant) -> int:
    return StockLevel.objects.get(variant=variant).on_hand


def price(variant) -> int:
    return Variant.objects.get(pk=variant.pk).price_centimes


def test_the_stock_is_counted_by_text_and_by_whom_is_remembered(market):
    answer, inbound = write(market.mina, "stock 1 25")

    assert answer == "Stock dyal Miel de thym 500 g: 25 (kan 10). Bach trje3: LGHA"
    assert (inbound.intent, inbound.outcome, on_hand(market.honey)) == ("stock_set", "done", 25)
    entry = Entry.objects.filter(action="inventory.count").latest("pk")
    assert (entry.actor, entry.channel) == (market.mina, "sms")


@pytest.mark.parametrize(
    ("text", "left"),
    [("zid 5 3sel", 15), ("stock miel +5", 15), ("stock miel -4", 6), ("plus de miel", 0), ("tsala l3sel", 0), ("2 1 12", 12)],
)
def test_it_is_written_in_many_ways(market, text, left):
    _answer, inbound = write(market.mina, text)
    assert (inbound.outcome, on_hand(market.honey)) == ("done", left)


def test_what_is_promised_to_a_buyer_stays_when_it_is_sold_out(market):
    market.order()
    write(market.mina, "tsala l3sel")
    level = StockLevel.objects.get(variant=market.honey)
    assert level.on_hand == level.allocated > 0


def test_fewer_than_are_promised_is_refused_by_the_house(market):
    market.order()
    _answer, inbound = write(market.mina, "stock miel 0")
    assert (inbound.outcome, on_hand(market.honey)) == ("promised_more", 10)


def test_the_price_is_changed_by_text_and_taken_back(market):
    answer, _ = write(market.mina, "taman l3sel 130 dh")
    assert answer == "Taman Miel de thym 500 g: 130 DH (kan 120). Bach trje3: LGHA"
    assert price(market.honey) == 13_000

    answer, inbound = write(market.mina, "LGHA")
    assert answer == "Tlgha. Taman Miel de thym 500 g: 120 DH"
    assert (inbound.outcome, price(market.honey)) == ("done", 12_000)
    _answer, inbound = write(market.mina, "annuler")
    assert (inbound.outcome, price(market.honey)) == ("nothing_waiting", 12_000)


def test_a_change_is_taken_back_within_the_hour_only_and_never_over_what_happened_since(market, monkeypatch):
    write(market.mina, "stock 1 25")
    receive_stock(market.honey.pk, 1, by=market.mina)
    _answer, inbound = write(market.mina, "annuler")
    assert (inbound.outcome, on_hand(market.honey)) == ("stock_moved_meanwhile", 26)

    write(market.mina, "prix 1 125")
    ConversationNote.objects.update(until=clock.now() - timedelta(seconds=1))
    _answer, inbound = write(market.mina, "annuler")
    assert (inbound.outcome, price(market.honey)) == ("nothing_waiting", 12_500)


@pytest.mark.parametrize("text", ["prix 1 200", "prix 1 12", "stock 1 100", "zid 90 miel", "stok miel 25 svpp", "pas stock 1 25"])
def test_a_leap_or_a_doubt_is_asked_about_and_a_yes_does_it(market, text):
    _answer, inbound = write(market.mina, text)
    assert (inbound.outcome, inbound.answered_by.parts, on_hand(market.honey), price(market.honey)) == ("asked", 1, 10, 12_000)

    _answer, inbound = write(market.mina, "wakha")
    assert (inbound.intent, inbound.outcome) == ("answer", "done")
    assert (on_hand(market.honey), price(market.honey)) != (10, 12_000)


def test_a_no_and_half_an_hour_leave_everything_as_it_was(market):
    for ends in ("la", "non merci", "annuler"):
        write(market.mina, "prix 1 200")
        _answer, inbound = write(market.mina, ends)
        assert (inbound.outcome, price(market.honey)) == ("dropped", 12_000)
    write(market.mina, "prix 1 200")
    ConversationNote.objects.update(until=clock.now() - timedelta(seconds=1))
    _answer, inbound = write(market.mina, "oui")
    assert (inbound.outcome, price(market.honey)) == ("nothing_waiting", 12_000)


def test_a_new_command_or_another_text_of_ours_ends_the_question(market):
    write(market.mina, "prix 1 200")
    write(market.mina, "1")
    write(market.mina, "oui")
    assert price(market.honey) == 12_000

    write(market.mina, "prix 1 210")
    queue_text(to=market.mina.phone, text="Commande 1523", key="k", kind="service", language="fr")
    write(market.mina, "iyeh")
    assert price(market.honey) == 12_000


def test_a_yes_answers_once(market):
    write(market.mina, "zid 90 miel")
    write(market.mina, "oui")
    write(market.mina, "oui")
    assert on_hand(market.honey) == 100


def test_the_same_words_at_once_add_once(market):
    write(market.mina, "zid 5 miel")
    _answer, inbound = write(market.mina, "zid 5 miel")
    assert (inbound.outcome, on_hand(market.honey)) == ("repeated", 15)


def test_of_two_products_the_number_is_the_answer(market):

    large = add_variant(market.honey.product, VariantDetails(Decimal(1000), "g", 22000), by=market.mina)
    answer, _ = write(market.mina, "stock miel 7")
    assert "1A Miel de thym 500 g, 1B Miel de thym 1 kg" in answer
    _answer, inbound = write(market.mina, "1b")
    assert (inbound.outcome, on_hand(market.honey), on_hand(large)) == ("done", 10, 7)


def test_questions_are_answered_with_facts(market):
    assert write(market.mina, "prix miel ?")[0] == "Miel de thym 500 g: 120 DH"
    assert write(market.mina, "ch7al b9a mn l3sel")[0] == "Miel de thym 500 g: 10"


@pytest.mark.parametrize("text", ["stock bananes 20", "stock", "bla bla", "stock miel miel 12,5 dh 3"])
def test_what_nobody_can_do_changes_nothing(market, text):
    write(market.mina, text)
    write(market.mina, "oui")
    assert (on_hand(market.honey), price(market.honey)) == (10, 12_000)


def test_somebody_elses_product_is_never_meant(market):
    for sender in (market.karim, "+212683005001", "+212683777777"):
        write(sender, "stock miel 99")
        write(sender, "oui")
    write(market.hajja, "stock miel 99")
    assert on_hand(market.honey) == 10


def test_closed_until_a_day_and_open_again(market):
    answer, inbound = write(market.mina, "fermé jusqu'au 15/8")
    times = OpeningTimes.objects.get(organisation=market.honey_cooperative)
    assert (inbound.outcome, times.takes_no_orders, times.closed_until.day, times.closed_until.month) == ("done", True, 15, 8)
    assert f"{times.closed_until:%d/%m/%Y}" in answer

    _answer, inbound = write(market.mina, "7ellina")
    assert inbound.outcome == "done"
    assert not OpeningTimes.objects.filter(organisation=market.honey_cooperative, closed_until__isnull=False).exists()


def test_closed_without_a_day_asks_for_it(market):
    _answer, inbound = write(market.mina, "sadd")
    assert (inbound.outcome, OpeningTimes.objects.filter(closed_until__isnull=False).count()) == ("asked", 0)


def test_days_are_read_as_they_are_said():
    monday = date(2026, 11, 23)
    assert day_meant("15/8", monday) == date(2027, 8, 15)
    assert day_meant("24-12-26", monday) == date(2026, 12, 24)
    assert day_meant("lundi", monday) == date(2026, 11, 30)
    assert day_meant("ljam3a", monday) == date(2026, 11, 27)
    assert day_meant("12 juin", monday) == date(2027, 6, 12)
    assert day_meant("غدا", monday) == date(2026, 11, 24)
    assert [day_meant(words, monday) for words in ("31/2", "99/99", "jamais", "", "15/8/2031")] == [None] * 5


def test_the_language_is_changed_and_answered_in(market):
    answer, _ = write(market.mina, "langue arabe")
    market.mina.refresh_from_db()
    assert (market.mina.language, answer) == ("ar", "نكتب لكم الآن بالعربية. للتغيير: لغة فرنسية")
    write(market.mina, "darija")
    market.mina.refresh_from_db()
    assert market.mina.language == "ary"


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("9", True),
        ("3ayto liya", True),
        ("vote 17", True),
        ("candidature tiwiza", True),
        ("cert 7K2M9QXD", True),
        ("formation", False),
        ("programmes", False),
    ],
)
def test_what_needs_a_person_waits_for_one_and_nothing_is_promised_that_is_not_there(market, text, waits):
    answer, inbound = write(market.mina, text)
    assert (inbound.needs_person, inbound.outcome) == (waits, "passed_on" if waits else "done")
    assert answer


SAID = [
    "stock",
    "1",
    "12",
    "miel",
    "oui",
    "non",
    "annuler",
    "prix",
    "pas",
    "zid",
    "?",
    "fermé",
    "demain",
    "vendu",
    "500 g",
    "لا",
    "🙏",
]


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_any_words_get_one_answer_at_most_and_change_nothing_untold(market, seed):
    drawn = random.Random(seed)
    for _ in range(18):
        before = on_hand(market.honey), price(market.honey)
        sent = Message.objects.filter(to=market.mina.phone, kind="reply").count()
        text = " ".join(drawn.choices(SAID, k=drawn.randint(0, 5)))
        _answer, inbound = write(market.mina, text)

        assert Message.objects.filter(to=market.mina.phone, kind="reply").count() - sent <= 1, text
        assert inbound.outcome, text
        if inbound.outcome != "done":
            assert (on_hand(market.honey), price(market.honey)) == before, text
