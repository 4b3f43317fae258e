"""The stall's screens: a tile, a number, sold. All of it without JavaScript."""

from __future__ import annotations

import uuid
from datetime import timedelta

from twiza.domain.catalogue.models import Variant
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.services import receive_lot
from twiza.domain.stalls.models import StallSale
from twiza.domain.stalls.services import Sold, record_till_sale
from twiza.kit import clock


def at(market, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/stall/{path}"


def on_hand(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).on_hand


def test_two_taps_sell_and_the_day_says_so(market, signed_in):
    fatima = signed_in(market.fatima)
    where = at(market, f"{market.saffron.pk}/")
    assert where in fatima.get(at(market)).content.decode()
    form = fatima.get(where)
    assert form.content.decode().count('name="pieces" value=') == 12

    typed = {"key": form.context["form"]["key"].value(), "pieces": "2"}
    told = fatima.post(where, typed, follow=True).content.decode()

    assert "Vendu\u00a0: 76 DH." in told
    assert on_hand(market) == 38
    assert fatima.get(at(market)).context["today"].total_centimes == 7600
    again = fatima.post(where, typed, follow=True).content.decode()
    assert "Elle compte une seule fois" in again
    assert on_hand(market) == 38


def test_another_number_and_another_price_are_written(market, signed_in):
    fatima = signed_in(market.fatima)
    where = at(market, f"{market.saffron.pk}/")

    more = fatima.post(where, {"key": str(uuid.uuid4()), "pieces": "14", "price": "30", "step": "more"})
    assert more.context["form"]["pieces"].value() == "15"
    assert on_hand(market) == 40
    assert "field-error" in fatima.post(where, {"key": str(uuid.uuid4()), "pieces": "deux"}).content.decode()
    dear = fatima.post(where, {"key": str(uuid.uuid4()), "pieces": "2", "price": "90"}).content.decode()
    assert "de 19 à 76 DH" in dear
    assert "40" in fatima.post(where, {"key": str(uuid.uuid4()), "pieces": "41"}).content.decode()
    assert on_hand(market) == 40
    fatima.post(where, {"key": str(uuid.uuid4()), "pieces": "15", "price": "30"})
    assert (on_hand(market), StallSale.objects.get().total_centimes) == (25, 45_000)


def test_what_is_weighed_asks_for_the_weight_and_the_price_of_a_kilo(market, signed_in):
    Variant.objects.filter(pk=market.saffron.pk).update(
        sale_mode="weighed", net_content=400, gross_weight_grams=450, price_centimes=4000
    )
    fatima = signed_in(market.fatima)
    where = at(market, f"{market.saffron.pk}/")
    page = fatima.get(where).content.decode()
    assert 'name="grams"' in page
    assert 'name="pieces" value="1"' not in page

    fatima.post(where, {"key": str(uuid.uuid4()), "grams": "0,83", "price": "110"})

    sale = StallSale.objects.get()
    assert (sale.total_centimes, sale.lines.get().pieces, on_hand(market)) == (9130, 2, 38)


def test_a_sale_is_taken_back_from_the_first_screen(market, signed_in):
    fatima = signed_in(market.fatima)
    fatima.post(at(market, f"{market.saffron.pk}/"), {"key": str(uuid.uuid4()), "pieces": "3"})
    back = at(market, f"sales/{StallSale.objects.get().pk}/take-back/")
    assert back in fatima.get(at(market)).content.decode()

    fatima.post(back)

    assert on_hand(market) == 40
    assert back not in fatima.get(at(market)).content.decode()
    assert "annulée" in fatima.get(at(market, "day/")).content.decode()


def test_days_are_leafed_through_and_what_is_missing_is_counted(market, signed_in):
    fatima, yesterday = signed_in(market.fatima), clock.now() - timedelta(days=1)
    record_till_sale(market.saffron_cooperative, uuid.uuid4(), [Sold(market.saffron.pk, 42)], yesterday, by=market.fatima)

    day = fatima.get(at(market, f"day/?day={clock.local_day(yesterday)}"))
    assert day.context["sold"].count == 1
    assert "2 n’étaient pas dans le compte" in day.content.decode()
    assert fatima.get(at(market, "day/?day=2026-02-31")).context["sold"].day == clock.today()
    count = at(market, f"{market.saffron.pk}/count/")
    assert count in fatima.get(at(market)).content.decode()
    fatima.post(count, {"on_hand": "3"})
    assert on_hand(market) == 3
    assert count not in fatima.get(at(market)).content.decode()


def test_whoever_recalls_a_lot_reads_when_some_was_sold_at_the_stall(market, signed_in):
    fatima = signed_in(market.fatima)
    lot = receive_lot(market.saffron.pk, 5, produced_on=clock.today(), best_before=None, by=market.fatima)
    where = f"/fr/workspace/{market.saffron_cooperative.slug}/stock/{market.saffron.pk}/lots/{lot.code}/"
    assert "Personne ne connaît ces acheteurs" not in fatima.get(where).content.decode()

    fatima.post(at(market, f"{market.saffron.pk}/"), {"key": str(uuid.uuid4()), "pieces": "42"})

    for page in (where, f"{where}recall/"):
        answer = fatima.get(page)
        assert [one.pieces for one in answer.context["at_stall"]] == [2]
        assert "Personne ne connaît ces acheteurs" in answer.content.decode()
