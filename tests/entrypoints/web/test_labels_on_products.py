"""What buyers read of labels: on the product's page with number and dates, on its card as one mark, for machines too."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.labels import label
from twiza.domain.inventory.services import count_stock

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False) as traveller:
        yield traveller


def page(path: str) -> str:
    return Client().get(path).content.decode()


def data_of(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def marks(language: str = "fr") -> list[str]:
    return re.findall(r'<span class="badge mark">([^<]*)</span>', page(f"/{language}/products/"))


def test_a_product_shows_its_label_until_the_last_day(market, today):
    label(market.saffron, "aop", by=market.fatima, end=date(2026, 12, 31))
    address = f"/fr/products/{market.saffron.product.slug}/"

    shown = page(address)
    assert "Appellation d&#x27;origine protégée (AOP)" in shown
    assert "AOP-7" in shown
    assert "valable jusqu'au 31 décembre 2026" in shown
    assert data_of(shown)["hasCertification"] == [
        {
            "@type": "Certification",
            "name": "Appellation d'origine protégée (AOP)",
            "certificationIdentification": "AOP-7",
            "expires": "2026-12-31",
            "issuedBy": {"@type": "Organization", "name": "Organisme"},
        }
    ]

    today.move_to("2026-12-31T23:00:00Z")
    later = page(address)
    assert "AOP" not in later
    assert "hasCertification" not in data_of(later)


@pytest.mark.parametrize(("language", "mark"), [("fr", "Bio"), ("ar", "عضوي"), ("en", "Organic")])
def test_a_card_carries_one_mark_and_stock_comes_first(market, language, mark):
    label(market.honey, "bio", by=market.mina)
    assert marks(language) == [mark]

    count_stock(market.honey.pk, 0, by=market.mina)
    assert len(marks(language)) == 1
    assert marks(language) != [mark]
