"""What was weighed is said in the text that says it is ready, always with its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.entrypoints.sms.test_inbound import write
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.orders.services import accept_order
from twiza.entrypoints.sms.reader import read


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("prêt 1523 1620 g", 1620),
        ("prêt 1523 1,62 kg", 1620),
        ("pret 1523 1.62kg merci", 1620),
        ("1,5 kilo prêt 1523", 1500),
        ("wajda 1523 1620g", 1620),
        ("جاهز 1523 1,62 كغ", 1620),
        ("جاهز ١٥٢٣ ١٦٢٠ غ", 1620),
        ("ready 1523, 2 kilos", 2000),
    ],
)
def test_a_weight_with_its_unit_is_read_beside_the_order(text, grams):
    reading = read(text)

    assert (reading.intent, reading.order, reading.grams, reading.certainty) == ("ready", "1523", grams, "sure")


@pytest.mark.parametrize(
    "text",
    ["prêt 1523 1620", "prêt 1523 g", "prêt 1523 1 kg 2 kg", "oui 1523 2 kg", "livré 1523 1,5 kg", "prêt 1523 1,62 kg ?"],
)
def test_a_weight_that_may_mean_something_else_is_asked_about(text):
    assert read(text).certainty == "ask"


def test_a_reason_may_speak_of_kilos():
    reading = read("non 1523 plus que 2 kg")

    assert (reading.intent, reading.reason, reading.certainty) == ("refuse", "plus que 2 kg", "sure")


@pytest.fixture
def order(market) -> Order:
    details = VariantDetails(Decimal(500), "g", 4500, name_fr="en rayon", sale_mode="weighed")
    comb: Variant = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(comb.pk, 50, by=market.mina)
    return accept_order(market.order(comb, quantity=3).orders.get(), by=market.mina)


def test_a_cooperative_without_a_screen_weighs_and_is_told_the_amount(market, order):
    asked, _ = write(market.mina, f"pret {order.number}")
    assert f"PRET {order.number} 1,62 kg" in asked
    answer, inbound = write(market.mina, f"pret {order.number} 1,62 kg")

    assert (inbound.outcome, inbound.answered_by.parts) == ("done", 1)
    assert "185.80 DH" in answer
    order.refresh_from_db()
    assert (OrderLine.objects.get().weighed_grams, order.fulfilment.status, order.total_centimes) == (1620, "ready", 18580)


def test_a_weight_that_cannot_be_changes_nothing(market, order):
    answer, _ = write(market.mina, f"pret {order.number} 162 kg")

    assert "750" in answer
    order.refresh_from_db()
    assert (OrderLine.objects.get().weighed_grams, order.fulfilment.status) == (None, "pending")


def test_what_is_not_weighed_is_ready_whatever_its_weight(market):
    plain = accept_order(market.order(market.honey).orders.get(), by=market.mina)

    write(market.mina, f"pret {plain.number} 600 g")

    plain.refresh_from_db()
    assert (plain.fulfilment.status, plain.total_centimes) == ("ready", 16000)
