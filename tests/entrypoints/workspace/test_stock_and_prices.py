from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.rules import is_surprising_price
from twiza.domain.inventory.models import StockLevel


def at(market, path: str) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/{path}"


def on_hand(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).on_hand


def price(market) -> int:
    return Variant.objects.get(pk=market.saffron.pk).price_centimes


def test_what_was_counted_is_on_hand_and_what_was_made_comes_on_top(market, signed_in):
    fatima = signed_in(market.fatima)

    fatima.post(at(market, f"stock/{market.saffron.pk}/"), {"on_hand": "31"})
    assert on_hand(market) == 31
    fatima.post(at(market, f"stock/{market.saffron.pk}/add/"), {"quantity": "4"})
    assert on_hand(market) == 35


@pytest.mark.parametrize("typed", ["douze", "", "-1", "1,5", "99999999999", "١٢٠٠٠٠٠", "1\x002"])
@pytest.mark.parametrize(("path", "field"), [("", "on_hand"), ("add/", "quantity")])
def test_a_wrong_number_is_kept_answered_and_changes_nothing(market, signed_in, path, field, typed):
    answer = signed_in(market.fatima).post(at(market, f"stock/{market.saffron.pk}/{path}"), {field: typed})

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert on_hand(market) == 40


def test_minus_and_plus_work_without_javascript_and_save_nothing(market, signed_in):
    fatima = signed_in(market.fatima)

    more = fatima.post(at(market, f"stock/{market.saffron.pk}/"), {"on_hand": "40", "step": "more"})
    less = fatima.post(at(market, f"stock/{market.saffron.pk}/"), {"on_hand": "0", "step": "less"})

    assert 'value="41"' in more.content.decode()
    assert 'value="0"' in less.content.decode()
    assert on_hand(market) == 40


def test_fewer_than_were_promised_cannot_be_counted(market, signed_in):
    market.order(market.saffron, quantity=5)

    answer = signed_in(market.fatima).post(at(market, f"stock/{market.saffron.pk}/"), {"on_hand": "4"})

    assert "5" in answer.context["count_form"].errors["on_hand"][0]
    assert 'value="4"' in answer.content.decode()
    assert on_hand(market) == 40


@pytest.mark.parametrize(
    ("typed", "centimes"), [("39", 3900), ("39,50", 3950), ("39.5 DH", 3950), ("٣٩", 3900), ("39 د.م.", 3900)]
)
def test_a_price_is_read_as_people_type_it(market, signed_in, typed, centimes):
    answer = signed_in(market.fatima).post(at(market, f"prices/{market.saffron.pk}/"), {"price": typed})

    assert answer.status_code == 302
    assert price(market) == centimes


@pytest.mark.parametrize("typed", ["", "cher", "-3", "0", "0,10", "999999", "12\x00"])
def test_a_wrong_price_is_kept_answered_and_changes_nothing(market, signed_in, typed):
    answer = signed_in(market.fatima).post(at(market, f"prices/{market.saffron.pk}/"), {"price": typed, "sure": "99999900"})

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert price(market) == 3800


def test_a_price_that_jumps_is_asked_again_for_this_very_amount(market, signed_in):
    fatima = signed_in(market.fatima)
    where = at(market, f"prices/{market.saffron.pk}/")

    asked = fatima.post(where, {"price": "380"})
    assert asked.context["asks_about"] == 38000
    assert price(market) == 3800
    fatima.post(where, {"price": "390", "sure": "38000"})
    assert price(market) == 3800
    fatima.post(where, {"price": "380", "sure": "38000"})
    assert price(market) == 38000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(was=st.integers(50, 5_000_000), becomes=st.integers(50, 5_000_000))
def test_a_surprise_is_more_than_thirty_percent_either_way(was, becomes):
    assert is_surprising_price(was, becomes) == (abs(becomes / was - 1) > 0.3 + 1e-12)
    assert not is_surprising_price(was, was)
