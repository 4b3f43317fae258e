"""A carrier without an interface is told by a list and answers by a list; a driver is told of to the buyer."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.jobs import run_jobs
from twiza.domain.orders.models import Fulfilment, Order, OrderGroup, ParcelDriver, ParcelNews
from twiza.domain.orders.services import DriverDetails, accept_order, hand_over_order
from twiza.foundation.messaging.models import Message


def at(market, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/sending/carrier/{path}"


def sent(market) -> Order:
    return hand_over_order(accept_order(market.order(market.saffron).orders.get(), by=market.fatima), by=market.fatima)


def answer(client, market, text: str):
    return client.post(at(market), {"file": SimpleUploadedFile("suivi.csv", text.encode())})


def states() -> list[str]:
    return list(Fulfilment.objects.order_by("pk").values_list("status", flat=True))


def test_the_list_says_what_a_carrier_must_know_and_runs_nothing(market, signed_in):
    order = sent(market)
    OrderGroup.objects.update(note="=2+5", landmark='rue "A"; maison 3')

    page = signed_in(market.fatima).get(at(market, "parcels.csv"))

    rows = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [order.number, "Salma", "0683005001", "Casablanca", 'rue "A"; maison 3', "0.002", "78", "non", "'=2+5"]
    assert len(rows) == 2
    assert signed_in(market.hajja).get(at(market, "parcels.csv")).status_code == 404


def test_what_the_carrier_answers_moves_the_parcels_once(market, signed_in):
    orders = [sent(market) for _each in range(4)]
    rows = zip(orders, ("Livré", "REFUSÉ", "Client absent", "Perdu"), strict=True)
    text = "Référence;Statut;Date\n" + "".join(f"{order.number};{status};23/11/2026\n" for order, status in rows)
    fatima = signed_in(market.fatima)

    for _twice in range(2):
        assert answer(fatima, market, text).status_code == 302
        run_jobs()

    assert states() == ["delivered", "refused", "in_transit", "lost"]
    assert ParcelNews.objects.count() == 4


def test_rows_that_say_nothing_we_know_are_named_and_the_rest_is_heard(market, signed_in):
    mine, hers = sent(market), accept_order(market.order(market.argan).orders.get(), by=market.hajja)
    rows = (
        f"{mine.number};livré;",
        f"{mine.number};au bureau;",
        f"{hers.number}9;livré;",
        ";livré;",
        f"{mine.number};livré;31/12/2099",
    )
    text = "\n".join(("numero;statut;date", *rows))

    page = answer(signed_in(market.fatima), market, text).content.decode()
    run_jobs()

    for line in (3, 4, 5, 6):
        assert f"Ligne {line} :" in page.replace("\xa0", " ")
    assert states() == ["delivered", "pending"]


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "numero;date\n1;2\n", "%PDF-1.7"])
def test_a_file_that_is_no_such_list_is_refused(market, signed_in, text):
    sent(market)
    page = answer(signed_in(market.fatima), market, text)
    assert page.status_code == 200
    assert "field-error" in page.content.decode()
    assert states() == ["handed_over"]


def driver(**other: str) -> dict[str, str]:
    said = {"driver_name": "Hassan", "driver_phone": "06 61 23 45 67", "plate": "12345-A-67", "arrives_where": "Gare Ouled Ziane"}
    return {**said, "arrives_at_0": "2026-11-26", "arrives_at_1": "14:10", **other}


def test_salma_is_told_which_driver_to_meet_where_and_when(market, signed_in):
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    url = f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/"
    fatima = signed_in(market.fatima)

    wrong = fatima.post(f"{url}send/", driver(driver_phone="12"))
    unsaid = fatima.post(f"{url}send/", driver(arrives_where=""))
    assert (wrong.status_code, unsaid.status_code, ParcelDriver.objects.count()) == (200, 200, 0)
    fatima.post(f"{url}send/", driver())
    run_jobs()

    assert "06 61 23 45 67" in fatima.get(url).content.decode()
    text = Message.objects.filter(to="+212683005001").order_by("-pk").first().text
    assert "26/11 14:10, Gare Ouled Ziane" in text
    assert "Hassan, 06 61 23 45 67, 12345-A-67" in text


def test_whoever_receives_a_gift_is_told_of_the_driver_too(market):
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    OrderGroup.objects.update(recipient_name="Leïla", recipient_phone="+212683005009")
    when = datetime(2026, 11, 26, 13, 10, tzinfo=UTC)

    hand_over_order(order, by=market.fatima, driver=DriverDetails("Hassan", "+212661234567", "Gare Ouled Ziane", when))
    run_jobs()

    texts = Message.objects.filter(to="+212683005009").values_list("text", flat=True)
    assert any("26/11 14:10, Gare Ouled Ziane. Chauffeur: Hassan, 06 61 23 45 67." in text for text in texts)
