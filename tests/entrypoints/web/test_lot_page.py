"""Whoever scans a label reads who made it, when, until when it is good, and whether it is called back."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.labels import label
from twiza.domain.catalogue.services import retire_product
from twiza.domain.catalogue.services.labelling import withdraw_label
from twiza.domain.directory.services.registering import change_state
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.services import recall_lot, receive_lot, throw_away_lot


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def lot(market) -> Lot:
    made, good = date(2026, 11, 20), date(2026, 12, 31)
    return receive_lot(market.honey.pk, 4, produced_on=made, best_before=good, by=market.mina)


def page_of(lot: Lot, language: str = "fr") -> str:
    answer = Client().get(f"/{language}/lots/{lot.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_label_says_who_where_and_when(market, lot):
    page = page_of(lot)

    for words in ("Miel de thym", "Coopérative Nahlat", "Khouribga", "20 novembre 2026", "31 décembre 2026", "Aucun rappel"):
        assert words in page
    assert '<meta name="robots" content="noindex">' in page
    assert f"/fr/products/{market.honey.product.slug}/" in page


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "لا يعرف أي استرجاع"), ("en", "No recall is known"), ("zgh", "Aucun rappel")]
)
def test_it_is_read_in_every_language(lot, language, words):
    assert words in page_of(lot, language)


def test_a_label_leads_to_the_reader_s_language(lot):
    answer = Client().get(f"/lots/{lot.code}/", headers={"Accept-Language": "ar-MA,ar;q=0.9"})

    assert (answer.status_code, answer.url) == (302, f"/ar/lots/{lot.code}/")


def test_a_code_typed_in_small_letters_is_found(lot):
    assert Client().get(f"/fr/lots/{lot.code.lower()}/").status_code == 200


def test_a_recall_is_the_first_thing_one_reads(market, lot):
    recall_lot(lot, "allergen", by=market.mina)

    page = page_of(lot)

    assert "Ce lot est rappelé. Ne l’utilisez plus." in page
    assert "un allergène n’est pas sur l’étiquette" in page
    assert "Aucun rappel" not in page


def test_past_its_date_is_said_from_the_first_minute_of_the_next_day(lot, today):
    today.move_to("2026-12-31T22:59:59Z")
    assert "Sa date est dépassée." not in page_of(lot)

    today.move_to("2026-12-31T23:00:00Z")
    assert "Sa date est dépassée." in page_of(lot)


def test_what_is_sold_no_more_is_still_explained(market, lot):
    throw_away_lot(lot, by=market.mina)
    retire_product(market.honey.product, by=market.mina)
    change_state(market.honey_cooperative, "suspended", None)

    page = page_of(lot)

    assert "Miel de thym" in page
    assert f"/fr/cooperatives/{market.honey_cooperative.slug}/" not in page
    assert f"/fr/products/{market.honey.product.slug}/" not in page


@pytest.mark.parametrize("code", ["AAAAAAAA", "no-such-lot", "x"])
def test_what_is_no_code_is_not_found(db, code):
    assert Client().get(f"/fr/lots/{code}/").status_code == 404


def test_it_says_which_labels_the_product_carried_when_the_lot_was_received(market):
    held = label(market.honey, "bio", by=market.mina)
    then = receive_lot(market.honey.pk, 3, produced_on=date(2026, 11, 20), best_before=None, by=market.mina)
    withdraw_label(market.honey.product, held, by=market.mina)
    since = receive_lot(market.honey.pk, 3, produced_on=date(2026, 11, 23), best_before=None, by=market.mina)

    assert "Bio (Bio Maroc) BIO-7" in page_of(then)
    assert (since.labels, "BIO-7" in page_of(since)) == ([], False)
