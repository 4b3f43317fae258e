from __future__ import annotations

from datetime import timedelta

import pytest

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.rules import SaleTerms, terms_of
from twiza.domain.inventory.models import StockLevel
from twiza.kit import clock


def at(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/products/{market.saffron.product.slug}/when/"


def kept(market) -> tuple[SaleTerms, int]:
    product = Product.objects.get(pk=market.saffron.product_id)
    return terms_of(product), StockLevel.objects.get(variant=market.saffron).reservable


def test_months_are_ticked_and_shown_again(market, signed_in):
    fatima = signed_in(market.fatima)

    answer = fatima.post(at(market), {"months": ["5", "6"], "way": "shelf", "days": "9"})

    assert answer.status_code == 302
    assert kept(market) == (SaleTerms((5, 6)), 0)
    page = fatima.get(at(market)).content.decode()
    assert page.count("checked") == 3
    assert "juin" in page


def test_a_made_product_says_its_days_and_its_order_says_by_when(market, signed_in):
    fatima = signed_in(market.fatima)
    fatima.post(at(market), {"way": "made_to_order", "days": "10"})

    assert kept(market) == (SaleTerms(made_to_order_days=10), 0)
    order = market.order(market.saffron).orders.get()
    page = fatima.get(f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/").content.decode()
    assert "À fabriquer" in page
    shelf = fatima.get(f"/fr/workspace/{market.saffron_cooperative.slug}/stock/").content.decode()
    assert "1 promis avant" in shelf


def test_reservations_are_opened_counted_and_closed(market, signed_in):
    fatima = signed_in(market.fatima)
    day = clock.today() + timedelta(60)

    fatima.post(at(market), {"way": "preorder", "ships_by": day.isoformat(), "reservable": "25"})
    assert kept(market) == (SaleTerms(preorder_ships_by=day), 25)
    assert f'value="{day.isoformat()}"' in fatima.get(at(market)).content.decode()
    fatima.post(at(market), {"way": "shelf"})

    assert kept(market) == (SaleTerms(), 0)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"way": "made_to_order"}, "days"),
        ({"way": "made_to_order", "days": "0"}, "days"),
        ({"way": "preorder", "reservable": "5"}, "ships_by"),
        ({"way": "preorder", "ships_by": "2027-02-31", "reservable": "5"}, "ships_by"),
        ({"way": "preorder", "ships_by": "2020-01-01", "reservable": "5"}, "ships_by"),
        ({"way": "preorder", "ships_by": "2026-12-31"}, "reservable"),
        ({"way": "tomorrow"}, "way"),
        ({"way": "shelf", "months": ["13"]}, "months"),
    ],
)
def test_what_is_wrong_is_said_beside_its_question_and_nothing_is_kept(market, signed_in, typed, field):
    answer = signed_in(market.fatima).post(at(market), typed)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert kept(market) == (SaleTerms(), 0)
