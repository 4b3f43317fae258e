"""Papers are found by whom they concern, read in two languages, and checked by whoever holds one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.domain.aftersales.test_returns import delivered
from tests.domain.invoicing.test_papers import asks_tax, invoice, sent_back_whole
from twiza.domain.invoicing.errors import RegimeInThePast
from twiza.domain.invoicing.models import Paper, TaxRegime
from twiza.domain.invoicing.selectors import (
    checked_paper,
    is_as_issued,
    missing_numbers,
    months_with_papers,
    paper_as_read,
    paper_behind,
    paper_of_cooperative,
    papers_of,
    papers_of_month,
    regime_of,
    sums_of,
)
from twiza.domain.invoicing.services import say_regime
from twiza.kit import clock
from twiza.kit.errors import NotAllowed, NotFound


def forge(change: str) -> None:
    """As somebody with the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE invoicing_paper SET {change} WHERE number = 1")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_paper_is_found_by_its_buyer_and_its_cooperative_alone(market):
    paper = invoice(market)
    other = market.order(market.honey)

    assert papers_of([paper.order]) == {paper.order_id: [paper]}
    assert paper_behind(paper.order.group, paper.pk) == paper
    assert paper_of_cooperative(market.saffron_cooperative, paper.pk) == paper
    with pytest.raises(NotFound):
        paper_behind(other, paper.pk)
    with pytest.raises(NotFound):
        paper_of_cooperative(market.honey_cooperative, paper.pk)


def test_a_month_has_its_papers_and_what_they_come_to(market):
    asks_tax(market.saffron_cooperative)
    kept = invoice(market, 1)
    sent_back_whole(market, delivered(market))
    today = clock.today()

    papers = papers_of_month(market.saffron_cooperative, today)
    sums = sums_of(papers)
    assert [paper.number for paper in papers] == [1, 2, 3]
    assert sums.left_centimes == kept.total_centimes
    assert sums.tax_centimes == kept.says["taxes"][0]["tax_centimes"]
    assert months_with_papers(market.saffron_cooperative) == [today.replace(day=1)]
    assert papers_of_month(market.saffron_cooperative, today - timedelta(days=40)) == []
    assert months_with_papers(market.honey_cooperative) == []


def test_a_paper_is_read_in_arabic_or_french_with_its_amount_in_both(market):
    paper = invoice(market)
    french, arabic = paper_as_read(paper, "fr"), paper_as_read(paper, "ary")

    assert (french.title, french.title_in_other) == ("Facture", "فاتورة")
    assert (arabic.title, arabic.seller.name) == ("فاتورة", "تعاونية زعفران تالوين")
    assert (french.words, arabic.words_in_other) == (arabic.words_in_other, french.words)
    assert french.way == "cash"
    assert french.buyer.place == "Casablanca"
    assert french.rates == ()
    assert french.laws[0].startswith("TVA non applicable")


@pytest.mark.parametrize("write", [str, str.upper, lambda code: f" {code[:8]}-{code[8:]} "])
def test_a_printed_code_finds_the_paper_however_it_is_typed(market, write):
    paper = invoice(market)

    checked = checked_paper(write(paper.check_code))

    assert (checked.paper, checked.is_as_issued, checked.credit_notes) == (paper, True, ())


def test_arabic_digits_are_read_as_ours(market):
    paper = invoice(market)
    typed = paper.check_code.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})

    assert checked_paper(typed).paper == paper


@pytest.mark.parametrize("typed", ["", "0" * 16, "é²☃", "a" * 500])
def test_another_code_finds_nothing(market, typed):
    invoice(market)

    with pytest.raises(NotFound):
        checked_paper(typed)


def test_the_check_says_what_was_given_back(market):
    credit = sent_back_whole(market, delivered(market))

    assert checked_paper(credit.corrects.check_code).credit_notes == (credit,)
    assert checked_paper(credit.check_code).is_as_issued


@pytest.mark.parametrize(
    "change",
    [
        "total_centimes = total_centimes + 1",
        "snapshot = jsonb_set(snapshot, '{buyer,name}', '\"Karim\"')",
        "issued_on = issued_on - 1",
        "previous_fingerprint = repeat('a', 64)",
    ],
)
def test_a_paper_that_was_forged_is_not_as_issued(market, change):
    paper = invoice(market)
    forge(change)

    assert not is_as_issued(Paper.objects.get(pk=paper.pk))


def test_a_chain_rewritten_at_one_place_shows_at_the_next(market):
    invoice(market, 1)
    second = invoice(market, 2)
    forge("fingerprint = repeat('b', 64)")

    assert not is_as_issued(second)


def test_the_president_says_how_it_is_with_the_tax(market):
    say_regime(market.saffron_cooperative, "vat", clock.today(), by=market.fatima)

    assert regime_of(market.saffron_cooperative, clock.today()) == "vat"


def test_a_member_does_not_and_nobody_does_for_the_past(market):
    with pytest.raises(NotAllowed):
        say_regime(market.saffron_cooperative, "vat", clock.today(), by=market.brahim)
    with pytest.raises(RegimeInThePast):
        say_regime(market.saffron_cooperative, "vat", clock.today() - timedelta(days=1), by=market.fatima)
    assert not TaxRegime.objects.exists()


def test_an_operator_asks_tax_until_it_says_otherwise(market):
    assert regime_of(market.operator, clock.today()) == "vat"


def test_numbers_the_law_asks_for_are_named_when_they_are_missing(market):
    assert missing_numbers(market.saffron_cooperative) == ["ice", "tax_if"]
