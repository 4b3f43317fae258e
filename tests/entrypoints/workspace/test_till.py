"""What a phone sends when it finds the network again: each sale once, in any order, and nothing lost."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

from twiza.domain.catalogue.models import Variant
from twiza.domain.inventory.models import StockLevel
from twiza.domain.stalls.models import StallSale
from twiza.kit import clock


def at(market, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/stall/till/{path}"


def sale(market, pieces=1, **said) -> dict[str, object]:
    moment = (clock.now() - timedelta(hours=2)).isoformat().replace("+00:00", "Z")
    known = {"key": str(uuid.uuid4()), "variant": market.saffron.pk, "pieces": pieces, "grams": None}
    return {**known, "price_centimes": 3800, "usual_centimes": 3800, "sold_at": moment, **said}


def sent(client, market, *sales) -> list[dict[str, object]]:
    answer = client.post(at(market, "sales/"), json.dumps({"sales": sales}), content_type="application/json")
    assert answer.status_code == 200
    return answer.json()["results"]


def on_hand(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).on_hand


def test_what_is_sent_twice_and_in_another_order_counts_once(market, signed_in):
    fatima, sales = signed_in(market.fatima), [sale(market, pieces) for pieces in (1, 2, 1, 1, 3)]

    first = sent(fatima, market, *sales[:4])
    again = sent(fatima, market, *reversed(sales))

    assert [result["state"] for result in (*first, *again)] == ["recorded"] * 9
    assert (StallSale.objects.count(), on_hand(market)) == (5, 32)


def test_what_changed_meanwhile_is_recorded_and_said(market, signed_in):
    Variant.objects.filter(pk=market.saffron.pk).update(price_centimes=4200, retired_at=clock.now())

    (told,) = sent(signed_in(market.fatima), market, sale(market, 42))

    assert told["state"] == "recorded"
    assert told["total_centimes"] == 42 * 3800
    assert told["sentences"] == [
        "D’après le compte, 2 n’étaient pas là\u00a0: comptez ce qui reste.",
        "Il ne se vend plus sur le site.",
        "Son prix sur le site est 42 DH.",
    ]
    assert (on_hand(market), StallSale.objects.get().lines.get().missing_pieces) == (0, 2)


def test_one_that_cannot_be_recorded_says_why_and_the_others_are_recorded(market, signed_in):
    broken = [sale(market, variant=market.argan.pk), sale(market, 0), sale(market, sold_at="hier"), sale(market, key="1")]

    told = sent(signed_in(market.fatima), market, *broken, sale(market, 2))

    assert [result["state"] for result in told] == ["refused"] * 4 + ["recorded"]
    assert all(result["sentences"] for result in told[:4])
    assert (StallSale.objects.count(), on_hand(market)) == (1, 38)


def test_what_is_no_list_of_sales_is_refused(market, signed_in):
    fatima = signed_in(market.fatima)
    for body in ("", "[]", '{"sales": 3}', '{"sales": null}'):
        assert fatima.post(at(market, "sales/"), body, content_type="application/json").status_code == 400
    assert sent(fatima, market, "x", {"key": 3}) == []
    assert not StallSale.objects.exists()


def test_the_phone_learns_who_is_there_and_keeps_only_its_own_page(market, signed_in):
    fatima = signed_in(market.fatima)
    page, worker = fatima.get(at(market)), fatima.get(at(market, "worker.js"))

    assert fatima.get(at(market, "who.json")).json()["person"] == str(market.fatima.pk)
    assert f'data-person="{market.fatima.pk}"' in page.content.decode()
    assert "Fatima" not in page.content.decode()
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in worker
