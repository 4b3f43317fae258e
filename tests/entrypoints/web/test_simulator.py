"""The phones of the demonstration, side by side: what they received, and a line to answer on."""

from __future__ import annotations

import pytest

from tests.jobs import run_jobs
from twiza.domain.orders.models import Order
from twiza.foundation.messaging.models import InboundText
from twiza.foundation.messaging.services import queue_text

pytestmark = pytest.mark.django_db

PAGE = "/simulator/phones/"
TEXTS = "/simulator/phones/messages.json"


@pytest.fixture
def group(market):
    placed = market.order()
    run_jobs()
    return placed


def test_everybody_is_there_with_their_texts_and_a_line_to_answer(client, market, group):
    order = Order.objects.get(group=group, cooperative=market.honey_cooperative)

    page = client.get(PAGE, {"lang": "fr"}).content.decode()

    assert all(f'aria-label="{name}"' in page for name in ("Fatima", "Brahim", "Hajja", "Mina", "Salma", "Youssef"))
    assert "Coopérative Nahlat" in page
    assert f'value="OUI {order.number}"' in page
    assert f'value="LA {order.number}"' in page
    assert 'lang="fr" dir="ltr"' in page


def test_the_page_turns_round_in_arabic(client, market, group):
    page = client.get(PAGE, {"lang": "ar"}).content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "تعاونية نحلات" in page


def test_an_answer_typed_there_goes_the_way_of_every_text(client, market, group):
    order = Order.objects.get(group=group, cooperative=market.honey_cooperative)

    answer = client.post(f"{PAGE}?lang=ar", {"from": market.mina.phone, "text": f"oui {order.number}"})
    run_jobs()

    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?lang=ar")
    order.refresh_from_db()
    assert order.status == "accepted"
    assert 'value="OUI' not in client.get(PAGE, {"phone": market.mina.phone}).content.decode().split("Salma")[0].split("Mina")[1]


def test_a_page_that_looks_again_gets_nothing_when_nothing_happened(client, market, group):
    from twiza.foundation.messaging.selectors import newest_mark

    mark = newest_mark()
    assert client.get(PAGE, {"seen": mark}).status_code == 204

    client.post(f"{PAGE}?seen={mark}", {"from": market.mina.phone, "text": "1"})
    assert client.get(PAGE, {"seen": mark}).status_code == 200
    assert InboundText.objects.count() == 1


def test_any_number_may_be_put_first(client, market):
    page = client.get(PAGE, {"phone": "06 83 77 77 77"}).content.decode()

    assert page.index("+212683777777") < page.index("Fatima")


@pytest.mark.parametrize("wrong", ["beaucoup", "12", "\x00"])
def test_what_is_not_a_number_is_said_and_nothing_is_kept(client, market, wrong):
    assert client.get(PAGE, {"phone": wrong}).status_code == 400
    assert client.post(PAGE, {"from": wrong, "text": "oui"}).status_code == 400
    assert client.get(TEXTS, {"phone": wrong}).status_code == 400
    assert InboundText.objects.count() == 0


def test_programs_read_the_same_texts(client, market, group):
    order = Order.objects.get(group=group, cooperative=market.honey_cooperative)
    client.post(PAGE, {"from": market.mina.phone, "text": "1"})
    run_jobs()

    texts = client.get(f"{TEXTS}?phone={market.mina.phone}").json()  # the plus arrives as a space

    assert [set(text) for text in texts] == [{"id", "at", "direction", "text", "parts", "state"}] * 3
    assert [(text["direction"], text["state"]) for text in texts] == [
        ("out", "delivered"),
        ("in", "received"),
        ("out", "delivered"),
    ]
    assert texts[0]["text"].startswith(f"Talab {order.number}")
    assert texts[0]["parts"] == 1


def test_a_real_site_has_no_such_page(client, market, settings):
    settings.DEMO = settings.DEBUG = False

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"from": market.mina.phone, "text": "1"}).status_code == 404
    assert client.get(TEXTS, {"phone": market.mina.phone}).status_code == 404
    assert InboundText.objects.count() == 0


def test_with_a_real_gateway_only_fictional_phones_are_shown(client, market, settings):
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"
    queue_text(to="+212612345678", text="Votre code : 987654", key="c", kind="security", language="fr")

    assert client.get(TEXTS, {"phone": "+212612345678"}).status_code == 400
    assert "987654" not in client.get(PAGE, {"phone": "+212612345678"}).content.decode()
    assert client.get(TEXTS, {"phone": market.mina.phone}).json() == []


def test_a_text_from_outside_is_shown_as_text(client, market):
    client.post(PAGE, {"from": market.mina.phone, "text": "<script>alert(1)</script>"})

    assert "<script>alert" not in client.get(PAGE).content.decode()
