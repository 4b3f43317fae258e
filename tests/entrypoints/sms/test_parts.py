"""A cooperative that has only a part says so by text, and the buyer answers by text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.entrypoints.sms.test_inbound import SALMA, write
from tests.jobs import run_jobs
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.models import Order, PartialOffer
from twiza.domain.orders.services import confirm_group, offer_part
from twiza.entrypoints.sms.reader import read


@pytest.fixture
def order(market) -> Order:
    group = market.order(market.honey, market.saffron, quantity=3)
    run_jobs()
    return group.orders.get(cooperative=market.honey_cooperative)


def ask(market, order: Order) -> PartialOffer:
    offer = offer_part(order, {order.lines.get().pk: 2}, by=market.mina)
    run_jobs()
    return offer


@pytest.mark.parametrize(
    ("text", "pieces", "certainty"),
    [
        ("seulement 1523 2", 2, "sure"),
        ("J'ai seulement 2 pour la commande 1523", 2, "sure"),
        ("salam 3ndna ghir 2 f talab 1523", 2, "sure"),
        ("فقط ١٥٢٣ ٢", 2, "sure"),
        ("عندنا غير 2 1523", 2, "sure"),
        ("only 1523 12", 12, "sure"),
        ("seulement 1523", 0, "sure"),
        ("seulement 1523 2 3", 0, "ask"),
        ("seulement 1523 2 pots", 2, "ask"),
        ("oui 1523 seulement 2", 0, "ask"),
        ("pas seulement 1523 2", 2, "ask"),
        ("seulement 1523 2 ?", 2, "ask"),
    ],
)
def test_how_many_there_are_is_read_and_what_is_in_doubt_is_asked(text, pieces, certainty):
    reading = read(text)

    assert (reading.pieces, reading.certainty) == (pieces, certainty)


def test_fatimas_telephone_is_enough_to_say_that_there_are_only_two(market, order):
    answer, inbound = write(market.mina, f"ghir {order.number} 2")

    order.refresh_from_db()
    assert (order.status, order.partial_offer.total_centimes, inbound.outcome) == ("offered", 28000, "done")
    assert answer.startswith(f"Talab {order.number}: kanse9siw lmochtari wach bgha 2 x Miel de thym 500 g.")
    assert inbound.answered_by.parts == 1


@pytest.mark.parametrize(
    ("text", "outcome"), [("ghir {n}", "asked"), ("ghir {n} 3", "everything_is_there"), ("ghir {n} 4", "more_than_ordered")]
)
def test_what_says_too_little_or_too_much_asks_nobody(market, order, text, outcome):
    _, inbound = write(market.mina, text.format(n=order.number))

    assert inbound.outcome == outcome
    assert not PartialOffer.objects.exists()


def test_of_several_products_the_page_asks_for_each(market):
    other = add_variant(market.honey.product, VariantDetails(Decimal(250), "g", 7000), by=market.mina)
    receive_stock(other.pk, 5, by=market.mina)
    order = market.order(market.honey, other, quantity=2).orders.get()

    answer, inbound = write(market.mina, f"ghir {order.number} 1")

    assert (inbound.outcome, PartialOffer.objects.count()) == ("asked", 0)
    assert "saf7a" in answer


def test_salma_answers_with_the_number_that_was_asked(market, order):
    ask(market, order)

    answer, inbound = write(SALMA, f"Oui {order.number}")

    order.refresh_from_db()
    assert (order.status, order.lines.get().quantity, inbound.outcome) == ("accepted", 2, "done")
    assert answer == "Merci ! Vous recevez 2 x Miel de thym 500 g. A payer : 280 DH."
    assert order.steps.get(what="accepted").channel == "sms"


def test_salma_says_no_and_only_that_part_is_cancelled(market, order):
    ask(market, order)

    answer, inbound = write(SALMA, f"non {order.number}")

    order.refresh_from_db()
    assert (order.status, inbound.outcome, inbound.needs_person) == ("declined", "done", False)
    assert order.group.orders.get(cooperative=market.saffron_cooperative).status == "placed"
    assert f"la commande {order.group.number} est annulée" in answer


def test_a_bare_yes_is_understood_when_nothing_else_waits(market, order):
    ask(market, order)
    answer, inbound = write(SALMA, "oui")
    assert (inbound.outcome, order.partial_offer.state) == ("asked", "asked")  # the order itself waits for a yes too
    assert f"OUI {order.number}" in answer
    confirm_group(order.group)

    write(SALMA, "oui !")

    assert PartialOffer.objects.get().state == "taken"


def test_a_doubt_a_second_answer_and_a_stranger_change_nothing(market, order):
    ask(market, order)
    _, doubtful = write(SALMA, f"oui {order.number} mais pas maintenant")
    assert doubtful.outcome == "asked"
    write("+212683777777", f"oui {order.number}")
    write(market.karim, f"non {order.number}")
    assert PartialOffer.objects.get().state == "asked"
    write(SALMA, f"oui {order.number}")

    answer, inbound = write(SALMA, f"non {order.number}")

    assert (inbound.outcome, PartialOffer.objects.get().state) == ("part_answered", "taken")
    assert "déjà" in answer
