from __future__ import annotations

import pytest

from tests.jobs import run_jobs
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.domain.inventory.services import count_stock, recall_lot, receive_lot
from twiza.domain.orders.services import accept_order, hand_over_order
from twiza.foundation.messaging.models import Message
from twiza.kit import clock


@pytest.fixture
def lot(market) -> Lot:
    """Five boxes of saffron, one of them sent to Salma."""
    count_stock(market.saffron.pk, 0, by=market.fatima)
    made = receive_lot(market.saffron.pk, 5, produced_on=clock.today(), best_before=None, by=market.fatima)
    order = market.order(market.saffron).orders.get()
    accept_order(order, by=market.fatima)
    hand_over_order(order, by=market.fatima)
    made.refresh_from_db()
    return made


def at(market, lot: Lot, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/stock/{market.saffron.pk}/lots/{lot.code}/{path}"


def test_a_lot_says_who_was_sent_some_of_it(market, signed_in, lot):
    fatima = signed_in(market.fatima)

    page = fatima.get(at(market, lot)).content.decode()

    assert "Salma" in page
    assert 'href="tel:+212683005001"' in page
    assert lot.code in fatima.get(at(market, lot).removesuffix(f"{lot.code}/")).content.decode()


def test_a_lot_is_recalled_after_reading_who_will_be_told(market, signed_in, lot):
    fatima = signed_in(market.fatima)

    asked = fatima.get(at(market, lot, "recall/")).content.decode()
    said = fatima.post(at(market, lot, "recall/"), {"reason": "allergen"}, follow=True).content.decode()
    run_jobs()

    assert "1 acheteur en a reçu" in asked
    assert f"Le lot {lot.code} est rappelé. Nous écrivons à 1 acheteur." in said
    assert "un allergène n’est pas sur l’étiquette" in said
    lot.refresh_from_db()
    assert (lot.recall_reason, lot.recalled_by, lot.recall_is_wide) == ("allergen", market.fatima, False)
    assert saleable_quantities([market.saffron.pk]) == {market.saffron.pk: 0}
    assert Message.objects.filter(to="+212683005001", key__startswith="lot-recalled").count() == 1


@pytest.mark.parametrize("typed", [{}, {"reason": "nothing we know"}])
def test_without_a_reason_nothing_is_recalled(market, signed_in, lot, typed):
    page = signed_in(market.fatima).post(at(market, lot, "recall/"), typed)

    assert "field-error" in page.content.decode()
    lot.refresh_from_db()
    assert not lot.is_recalled
    assert saleable_quantities([market.saffron.pk]) == {market.saffron.pk: 4}


def test_pieces_promised_from_a_recalled_lot_are_named(market, signed_in, lot):
    market.order(market.saffron, quantity=2)
    fatima = signed_in(market.fatima)

    fatima.post(at(market, lot, "recall/"), {"reason": "unsafe"})

    assert "il manque 2 pièces promises" in fatima.get(at(market, lot)).content.decode()
    assert "4 sont rappelés" in fatima.get(f"/fr/workspace/{market.saffron_cooperative.slug}/stock/").content.decode()


def test_whoever_packs_reads_which_lot_to_take_and_the_buyer_which_one_was_sent(market, signed_in, lot):
    order = market.order(market.saffron).orders.get()
    fatima, here = signed_in(market.fatima), f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/"
    accept_order(order, by=market.fatima)
    for path in ("", "sheet/"):
        page = fatima.get(here + path).content.decode()
        assert "Prenez d’abord" in page
        assert lot.code in page

    hand_over_order(order, by=market.fatima)
    recall_lot(lot, "unsafe", by=market.fatima)

    page = fatima.get(here).content.decode()
    assert "Prenez d’abord" not in page
    assert "Lots dans ce colis" in page
    bought = fatima.get(f"/fr/orders/{order.group.token}/").content.decode()
    assert f'href="/fr/lots/{lot.code}/"' in bought
    assert "rappelé" in bought
