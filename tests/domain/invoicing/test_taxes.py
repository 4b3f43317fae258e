"""What of an amount is tax: nothing is lost or made by rounding, whatever is sold, sent and given back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.invoicing.rules import TaxLine, TaxSum, credited, fingerprint_of, spread, sums_by_class, tax_within

CLASSES = [
    TaxLine("rate", 20, "", ""),
    TaxLine("rate", 10, "", ""),
    TaxLine("exempt", 0, "pain", ""),
    TaxLine("outside", 0, "", ""),
]
AMOUNTS = st.lists(st.tuples(st.sampled_from(CLASSES), st.integers(0, 5_000_000)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("centimes", "percent", "tax"), [(12_000, 20, 2_000), (11_000, 10, 1_000), (9_999, 20, 1_667), (1, 20, 0), (5_000, 0, 0)]
)
def test_the_tax_within_a_price(centimes, percent, tax):
    assert tax_within(centimes, percent) == tax


@given(AMOUNTS, st.integers(0, 20_000))
def test_sums_and_delivery_make_the_total_exactly(amounts, delivery):
    goods = {one.tax: one.with_tax_centimes for one in sums_by_class(amounts)}
    sent = spread(delivery, goods)
    sums = sums_by_class([*goods.items(), *sent.items()])

    assert sum(sent.values()) == delivery
    assert sum(one.with_tax_centimes for one in sums) == delivery + sum(centimes for _tax, centimes in amounts)
    assert all(one.tax_centimes + one.without_tax_centimes == one.with_tax_centimes for one in sums)
    assert all(one.tax_centimes == tax_within(one.with_tax_centimes, one.tax.percent) for one in sums)


@given(st.lists(st.integers(1, 300_000), min_size=1, max_size=8), st.sampled_from([0, 10, 20]))
def test_parts_that_go_back_give_back_the_tax_that_was_invoiced(parts, percent):
    whole = sum(parts)
    invoiced = TaxSum(TaxLine("rate", percent, "", ""), whole, tax_within(whole, percent))
    back, given_back = 0, []
    for part in parts:
        given_back.append(credited(invoiced, back, part))
        back += part

    assert sum(one.tax_centimes for one in given_back) == invoiced.tax_centimes
    assert all(0 <= one.tax_centimes <= one.with_tax_centimes for one in given_back)


def test_a_fingerprint_is_of_what_is_said_not_of_its_order():
    assert fingerprint_of({"a": 1, "b": "é"}) == fingerprint_of({"b": "é", "a": 1})
    assert fingerprint_of({"a": 1, "b": "é"}) != fingerprint_of({"a": 1, "b": "e"})
