"""What is out of season, made to order or reserved says so on every page between the shelf and the order."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.entrypoints.web.test_order_story import put_in, to_the_summary
from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.services import set_sale_terms
from twiza.domain.inventory.services import allow_reservations, count_stock
from twiza.domain.orders.models import CartLine, OrderGroup, OrderLine
from twiza.kit import clock

IN_DECEMBER = "2040-12-10T10:00:00Z"


def page_of(client: Client, market, language: str = "fr") -> str:
    return client.get(f"/{language}/products/{market.saffron.product.slug}/").content.decode()


def sell(market, **terms) -> None:
    set_sale_terms(market.saffron.product, SaleTerms(**terms), by=market.fatima)


@pytest.fixture
def december():
    with time_machine.travel(IN_DECEMBER, tick=False):
        yield


def test_out_of_season_the_months_are_said_and_nothing_can_be_put_in(market, client, december):
    sell(market, season_months=(5, 6, 7, 8))

    page = page_of(client, market)
    assert "mai à août" in page
    assert "Hors saison" in page
    assert 'name="quantity"' not in page
    assert "schema.org/OutOfStock" in page
    assert "من ماي إلى غشت" in page_of(client, market, "ar")
    assert '<span class="badge mark">mai à août</span>' in client.get("/fr/products/").content.decode()
    put_in(client, market.saffron)
    assert not CartLine.objects.exists()


def test_the_season_opens_at_midnight_without_anybody_writing(market, client):
    with time_machine.travel("2040-11-30T22:30:00Z", tick=False):
        sell(market, season_months=(12,))
        before = page_of(client, market)
    with time_machine.travel("2040-11-30T23:30:00Z", tick=False):  # half past midnight in Morocco
        after = page_of(client, market)

    assert ('name="quantity"' in before, 'name="quantity"' in after) == (False, True)


def test_made_to_order_is_said_with_its_day_and_that_it_is_kept_until_it_is_ordered(market, client):
    sell(market, made_to_order_days=10)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    day = (clock.today() + timedelta(10)).day

    page = page_of(client, market)
    assert "Sur commande" in page
    assert "ne peut pas être rendu" in page
    assert '"availability":"https://schema.org/MadeToOrder"' in page
    assert '"maxValue":10' in page
    assert "MerchantReturnNotPermitted" in page
    put_in(client, market.saffron, 2)
    basket = client.get("/fr/cart/").content.decode()
    assert "part au plus tard le " + str(day) in basket
    assert "ne peut pas être rendu" in basket
    summary = to_the_summary(client)
    assert "part au plus tard le " + str(day) in summary
    assert "fabriqué pour vous" in summary or "fait pour vous" in summary


def test_what_is_reserved_carries_its_day_to_the_order(market, client):
    ships_by = clock.today() + timedelta(50)
    sell(market, preorder_ships_by=ships_by)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    allow_reservations([market.saffron.pk], 3, by=market.fatima)

    page = page_of(client, market)
    assert "Réserver" in page
    assert '"availability":"https://schema.org/PreOrder"' in page
    assert f'"availabilityStarts":"{ships_by.isoformat()}"' in page
    put_in(client, market.saffron, 2)
    summary = to_the_summary(client)
    promises = summary.split('name="expected_promises" value="')[1].split('"')[0]
    assert promises.startswith(f"{market.saffron.pk}:preorder:{ships_by};")
    client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": str(7600 + 4000), "expected_promises": promises})
    group = OrderGroup.objects.get()
    assert OrderLine.objects.get().ships_by == ships_by
    assert f"part au plus tard le {ships_by.day} " in client.get(f"/fr/orders/{group.token}/").content.decode()


def test_whoever_read_another_day_reads_the_new_one_before_anything_is_ordered(market, client):
    sell(market, made_to_order_days=10)
    put_in(client, market.saffron)
    page = to_the_summary(client)
    read = page.split('name="expected_promises" value="')[1].split('"')[0]
    set_sale_terms(Product.objects.get(pk=market.saffron.product_id), SaleTerms(made_to_order_days=60), by=market.fatima)

    answer = client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "7800", "expected_promises": read})

    assert answer.status_code == 409
    assert "Rien n" in answer.content.decode()
    assert not OrderGroup.objects.exists()
