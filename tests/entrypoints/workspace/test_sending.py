"""Fatima says how she sends and where her parcels may be fetched; Salma reads it before she orders."""

from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from twiza.domain.delivery.models import PickupPoint, SendingTerms
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate, revoke_mandate


def at(market, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/sending/{path}"


POINT = {
    "name_fr": "Étal",
    "name_ar": "",
    "kind": "souk",
    "place": "Taliouine",
    "weekdays": ["3"],
    "opens_at": "07:00",
    "closes_at": "13:00",
}


def test_a_stall_is_opened_changed_closed_and_opened_again(market, signed_in):
    fatima = signed_in(market.fatima)
    assert fatima.post(at(market, "points/new/"), POINT).status_code == 302
    point = PickupPoint.objects.get()
    assert (point.name_fr, point.name_ar, point.kind, point.weekdays, point.opens_at) == ("Étal", "Étal", "souk", [3], time(7, 0))
    assert "jeudi de 07:00 à 13:00" in fatima.get(at(market)).content.decode()

    fatima.post(at(market, f"points/{point.pk}/"), {**POINT, "weekdays": ["1", "3"]})
    fatima.post(at(market, f"points/{point.pk}/close/"))
    point.refresh_from_db()
    assert (point.weekdays, point.closed_at is None) == ([1, 3], False)
    fatima.post(at(market, f"points/{point.pk}/open/"))
    assert PickupPoint.objects.get().closed_at is None


def test_how_she_sends_is_kept_and_salma_reads_it_before_ordering(market, signed_in):
    fatima = signed_in(market.fatima)
    said = {"weekdays": ["1", "4"], "cut_off": "12:00", "free_from": "300", "allows_opening": "on"}
    assert fatima.post(at(market), said).status_code == 302
    terms = SendingTerms.objects.get()
    assert (terms.weekdays, terms.cut_off, terms.free_from_centimes, terms.allows_opening) == ([1, 4], time(12, 0), 30000, True)
    fatima.post(at(market, "points/new/"), POINT)

    cart = market.basket(market.saffron)
    salma = Client()
    salma.cookies["basket"] = cart.token
    page = salma.get("/fr/checkout/confirm/").content.decode()
    assert "au souk du jeudi" in page
    assert "Vous pouvez ouvrir le colis avant de payer." in page


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("points/new/", {**POINT, "name_fr": ""}),
        ("points/new/", {**POINT, "place": "Nullepart-sur-Rien"}),
        ("points/new/", {**POINT, "closes_at": ""}),
        ("points/new/", {**POINT, "kind": "cave"}),
        ("", {"weekdays": []}),
        ("", {"weekdays": ["1"], "free_from": "beaucoup"}),
    ],
)
def test_what_cannot_be_is_asked_again(market, signed_in, path, typed):
    answer = signed_in(market.fatima).post(at(market, path), typed)

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode() or "alert" in answer.content.decode()
    assert not PickupPoint.objects.exists()
    assert not SendingTerms.objects.exists()


def test_an_agent_acts_on_a_point_only_while_its_cooperative_lets_him(market, signed_in):
    signed_in(market.fatima).post(at(market, "points/new/"), POINT)
    close = at(market, f"points/{PickupPoint.objects.get().pk}/close/")
    agent = signed_in(market.youssef)
    assert agent.post(close).status_code == 404

    mandate = grant_mandate(ask_for_mandate(market.youssef, market.saffron_cooperative.slug), by=market.fatima)
    assert agent.post(at(market, f"points/{PickupPoint.objects.get().pk}/"), {**POINT, "name_fr": "Stand"}).status_code == 302
    revoke_mandate(mandate, by=market.fatima)
    assert agent.post(close).status_code == 404

    point = PickupPoint.objects.get()
    assert (point.name_fr, point.closed_at) == ("Stand", None)
