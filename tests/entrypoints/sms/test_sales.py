"""`VENDU 2 7`: the same sale as behind the button, from any phone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.entrypoints.sms.test_inbound import write
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.services import receive_stock
from twiza.domain.stalls.models import StallSale
from twiza.domain.stalls.selectors import numbers_of
from twiza.entrypoints.sms.reader import read

SURE = {
    "vendu 2 7": ("2", "7"),
    "Vendu 2 7 merci": ("2", "7"),
    "VENDU 2x7": ("2", "7"),
    "2 7 vendus": ("2", "7"),
    "4 amlou vendus": ("4", "amlou"),
    "vendu 3 amlou au souk": ("3", "amlou"),
    "j'ai vendu 3 pots de miel": ("3", "miel"),
    "b3t 3 amlou": ("3", "amlou"),
    "b3na 2 7 f souk": ("2", "7"),
    "بعت ٢ ٧": ("2", "7"),
    "بعنا 3 أملو في السوق": ("3", "املو"),
    "sold 2 7": ("2", "7"),
    "vendu 2b 7": ("2b", "7"),
    "vendu 4 1,5 kg": ("4", "1500gramof"),
}
ASKED = ["pas vendu 2 7", "vendu 2 7 ?", "vendu 2,5", "vnedu 2 7", "vendu 2 7 livré 1523", "ma b3tch 2 7"]
NOT_SALES = ["NON 1523 tout est vendu", "oui 1523", "envoyé 1523", "بعثت 1523"]


def on_hand(variant) -> int:
    return StockLevel.objects.get(variant=variant).on_hand


@pytest.fixture
def large(market) -> Variant:
    """Mina's honey has a second size."""
    details = VariantDetails(Decimal(1000), "g", 22000)
    variant = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(variant.pk, 6, by=market.mina)
    return variant


@pytest.mark.parametrize("text", SURE)
def test_a_sale_is_read(text):
    reading = read(text)
    assert (reading.intent, reading.certainty, reading.rest) == ("sold", "sure", SURE[text])


@pytest.mark.parametrize("text", ASKED)
def test_what_may_mean_something_else_is_asked_about(text):
    assert (read(text).intent, read(text).certainty) in {("sold", "ask"), ("unknown", "unknown"), ("delivered", "ask")}


@pytest.mark.parametrize("text", NOT_SALES)
def test_other_words_stay_what_they_are(text):
    assert read(text).intent != "sold"


def test_one_text_sells_and_says_what_is_left(market):
    answer, inbound = write(market.mina, "B3T 1 3")

    assert answer == "Tba3: 3 x Miel de thym 500 g, 360 DH. B9a 7. Lyoum: 360 DH."
    assert (inbound.intent, inbound.outcome, inbound.answered_by.parts) == ("sold", "done", 1)
    sale = StallSale.objects.get()
    assert (sale.door, sale.by, sale.total_centimes, on_hand(market.honey)) == ("text", market.mina, 36_000, 7)


def test_the_same_words_at_once_sell_once_and_say_how_to_sell_again(market):
    write(market.mina, "vendu 1 3")
    answer, inbound = write(market.mina, "vendu 1 3")

    assert "vendu 1 3 3AWD" in answer
    assert (inbound.outcome, on_hand(market.honey)) == ("repeated", 7)
    write(market.mina, "vendu 1 3 3AWD")
    assert on_hand(market.honey) == 4


def test_more_than_there_is_is_refused_with_what_there_is(market):
    answer, inbound = write(market.mina, "vendu 1 11")

    assert answer.startswith("Miel de thym 500 g: b9a ghir 10,")
    assert (inbound.outcome, on_hand(market.honey), StallSale.objects.count()) == ("out_of_stock", 10, 0)
    write(market.mina, "vendu miel 10")
    assert on_hand(market.honey) == 0


@pytest.mark.parametrize("text", ["vendu", "vendu 1", "vendu miel", "vendu 9 2", "vendu 1 0", "vendu 1 99999", "vendu bananes 3"])
def test_what_is_not_clear_is_asked_and_sells_nothing(market, large, text):
    _answer, inbound = write(market.mina, text)
    assert (inbound.outcome, inbound.answered_by.parts, StallSale.objects.count()) == ("asked", 1, 0)


def test_sizes_have_letters_that_they_keep(market, large):
    market.honey.refresh_from_db()
    large.refresh_from_db()
    assert (market.honey.size_number, large.size_number) == (1, 2)
    assert numbers_of([market.honey, large]) == {market.honey.pk: "1A", large.pk: "1B"}

    asked, _ = write(market.mina, "vendu miel 2")
    assert "1A Miel de thym 500 g, 1B Miel de thym 1 kg" in asked
    write(market.mina, "vendu 1b 2")
    assert (on_hand(market.honey), on_hand(large)) == (10, 4)
    write(market.mina, "vendu 2 miel 500 g")
    assert on_hand(market.honey) == 8


def test_what_is_weighed_wants_its_weight(market):
    Variant.objects.filter(pk=market.honey.pk).update(sale_mode="weighed", price_centimes=12_000)
    answer, _ = write(market.mina, "vendu 1 2")
    assert "se vend au poids" in answer
    answer, _ = write(market.mina, "vendu 1 1,1 kg")
    assert answer.startswith("Tba3: 1,1 kg Miel de thym, 264 DH.")
    assert on_hand(market.honey) == 8


def test_whoever_sells_nothing_sells_nothing(market):
    market.order()
    for sender in (market.karim, "+212683005001"):
        _answer, inbound = write(sender, "vendu 1 2")
        assert inbound.outcome in {"not_understood", "stranger"}
    assert StallSale.objects.count() == 0
