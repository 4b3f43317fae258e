"""What a keeper of the register sees and does of the cash that buyers pay at the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.domain.orders.test_cash import fetched
from twiza.domain.delivery.services import PointDetails, hand_over_at, open_pickup_point
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.payments.models import Remittance
from twiza.domain.payments.selectors import cash_in_the_field, cash_of
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock


@pytest.fixture
def keeper(market, signed_in):
    entrust_register(market.operator, by=None)
    return signed_in(market.youssef)


def delivered(market, tracking: str):
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    return record_delivery(hand_over_order(order, by=market.fatima, tracking=tracking), by=market.fatima)


def send(client, text: str, **said: str):
    file = SimpleUploadedFile("versement.csv", text.encode())
    typed = {"carrier": "tariff_table", "file": file, "on": clock.today().isoformat(), **said}
    return client.post("/fr/workspace/money/cash/list/", typed, follow=True)


def test_youssef_takes_a_list_in_and_reads_what_is_missing(market, keeper):
    whole, little = delivered(market, "LD-1"), delivered(market, "LD-2")
    owed = cash_of(f"order:{whole.pk}").collected_centimes
    (held,) = cash_in_the_field(market.youssef)
    assert (held.owed_centimes, held.parcels, held.by_age_centimes) == (2 * owed, 2, (2 * owed, 0, 0, 0))

    answer = send(keeper, f"Colis;Montant\nLD-1;{owed // 100}\nLD-2;10\nLD-9;30\n", reference="V-7")

    read = answer.content.decode()
    assert "V-7" in read
    assert "2 lignes à regarder" in read
    assert "aucun colis de ce transporteur n’a ce numéro" in read
    (held,) = cash_in_the_field(market.youssef)
    assert (held.owed_centimes, held.missing_centimes) == (owed - 1000, owed - 1000)
    page = keeper.get("/fr/workspace/money/cash/").content.decode()
    assert "LD-2" in page
    assert f"commande {little.number}" in page


def test_the_same_list_again_says_so_and_a_wrong_file_changes_nothing(market, keeper):
    delivered(market, "LD-1")
    send(keeper, "Colis;Montant\nLD-1;10\n")

    assert "rien n’a changé" in send(keeper, "Colis;Montant\nLD-1;10\n").content.decode()
    assert "les titres de cette liste" in send(keeper, "Nom;Ville\nSalma;Fès\n").content.decode()
    assert "pas encore venu" in send(keeper, "Colis;Montant\nLD-1;11\n", on="2099-01-01").content.decode()
    assert Remittance.objects.count() == 1


def test_each_age_has_its_place(market, keeper, time_machine):
    began = clock.now()
    owed = []
    for days in (40, 20, 10, 1):
        time_machine.move_to(began - timedelta(days=days))
        owed.append(cash_of(f"order:{delivered(market, f'LD-{days}').pk}").collected_centimes)
    time_machine.move_to(began)

    (held,) = cash_in_the_field(market.youssef)
    assert held.by_age_centimes == tuple(reversed(owed))
    page = keeper.get("/ar/workspace/money/cash/").content.decode()
    assert page.count('height="20"') == 4


def test_fatima_gives_her_neighbour_what_was_paid_at_her_point(market, signed_in):
    details = PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)
    order = record_delivery(fetched(market, point, market.argan, market.hajja), by=market.hajja)
    cash = cash_of(f"order:{order.pk}")
    fatima, hajja = signed_in(market.fatima), signed_in(market.hajja)
    hers, neighbours = (f"/fr/workspace/{one.slug}/" for one in (market.saffron_cooperative, market.argan_cooperative))

    assert f"commande {order.number}" in fatima.get(f"{hers}cash/").content.decode()
    fatima.post(f"{hers}cash/given/", {"to": market.argan_cooperative.pk, "cash": cash.pk})
    remittance = Remittance.objects.get()
    assert "Une voisine dit vous avoir remis de l’argent." in hajja.get(neighbours).content.decode()
    assert "dit vous avoir remis" in hajja.get(f"{neighbours}cash/").content.decode()
    assert fatima.post(f"{hers}cash/answer/", {"remittance": remittance.pk, "came": "yes"}).status_code == 404

    hajja.post(f"{neighbours}cash/answer/", {"remittance": remittance.pk, "came": "yes"})

    cash.refresh_from_db()
    assert cash.state == "reconciled"
    assert "confirmé" in fatima.get(f"{hers}cash/").content.decode()
