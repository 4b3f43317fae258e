"""Youssef announces what sending costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from twiza.domain.delivery.models import Tariff, Zone
from twiza.kit import clock

URL = "/fr/workspace/stores/souk-khouribga/tariffs/"


def typed(**other: str) -> dict[str, str]:
    day = clock.today() + timedelta(days=3)
    said = {"valid_from": day.isoformat(), "included_kilograms": "2", "is_contracted": "on"}
    for zone in Zone.values:
        said |= {f"{zone}-{name}": value for name, value in {"base": "30", "extra": "1,50", "cash": "0", "back": "12"}.items()}
        said |= {f"{zone}-least": "1", f"{zone}-most": "3"}
    return said | other


def test_what_is_announced_stands_on_the_screen_and_can_be_taken_away(market, signed_in):
    youssef = signed_in(market.youssef)
    assert youssef.get(URL).status_code == 200

    assert youssef.post(URL, typed()).status_code == 302
    row = Tariff.objects.get(operator=market.operator, zone="remote")
    assert (row.base_centimes, row.extra_kilogram_centimes, row.return_centimes, row.included_grams) == (3000, 150, 1200, 2000)
    day = typed()["valid_from"]
    assert f'value="{day}"' in youssef.get(URL).content.decode()

    youssef.post(f"{URL}withdraw/", {"day": day})
    assert not Tariff.objects.filter(operator=market.operator).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": "2020-01-01"},
        {"valid_from": "soon"},
        {"local-base": "much"},
        {"local-base": "1e3"},
        {"remote-least": "9"},
        {"included_kilograms": "0"},
    ],
)
def test_a_table_that_cannot_be_is_asked_again(market, signed_in, wrong):
    answer = signed_in(market.youssef).post(URL, typed(**wrong))

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert not Tariff.objects.filter(operator__isnull=False).exists()


def test_a_day_that_is_none_is_not_found(market, signed_in):
    assert signed_in(market.youssef).post(f"{URL}withdraw/", {"day": "x"}).status_code == 404
