"""One rule says how something can be bought; pages, baskets and orders read it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.catalogue.errors import PromiseTooFar
from twiza.domain.catalogue.models import Product, Way
from twiza.domain.catalogue.rules import Buying, SaleTerms, how_it_can_be_bought, terms_of
from twiza.domain.catalogue.services import ProductDetails, revise_product, set_sale_terms
from twiza.foundation.audit.models import Entry
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.months import months_in_words, runs_of_months

MAY, DECEMBER, LATER = date(2026, 5, 12), date(2026, 12, 12), date(2027, 1, 20)
SUMMER = (5, 6, 7, 8)


@pytest.mark.parametrize(
    ("terms", "day", "quantity", "expected"),
    [
        (SaleTerms(), MAY, 1, Buying(Way.SHELF, 7)),
        (SaleTerms(SUMMER), MAY, 1, Buying(Way.SHELF, 7)),
        (SaleTerms(SUMMER), DECEMBER, 1, Buying(Way.SHELF, 0, is_out_of_season=True)),
        (SaleTerms(made_to_order_days=10), MAY, 1, Buying(Way.MADE_TO_ORDER, 999, date(2026, 5, 22))),
        (SaleTerms(SUMMER, made_to_order_days=10), DECEMBER, 1, Buying(Way.SHELF, 0, is_out_of_season=True)),
        (SaleTerms(preorder_ships_by=LATER), DECEMBER, 7, Buying(Way.SHELF, 7)),
        (SaleTerms(preorder_ships_by=LATER), DECEMBER, 8, Buying(Way.PREORDER, 30, LATER)),
        (SaleTerms(SUMMER, preorder_ships_by=LATER), DECEMBER, 1, Buying(Way.PREORDER, 30, LATER)),
        (SaleTerms(preorder_ships_by=MAY), MAY + timedelta(1), 8, Buying(Way.SHELF, 7)),
    ],
)
def test_season_making_and_reserving_say_how_it_can_be_bought(terms, day, quantity, expected):
    assert how_it_can_be_bought(terms, saleable=7, reservable=30, day=day, quantity=quantity) == expected


TERMS = st.builds(
    SaleTerms,
    st.lists(st.integers(1, 12), unique=True).map(tuple),
    st.none() | st.integers(1, 120),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)


@given(TERMS, st.integers(-3, 50), st.integers(0, 50), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_nothing_is_sold_that_is_neither_there_nor_promised_for_a_day(terms, saleable, reservable, day, quantity):
    buying = how_it_can_be_bought(terms, saleable, reservable, day, quantity)

    assert (buying.way == Way.SHELF) == (buying.ships_by is None)
    assert buying.most <= max(saleable, 0) or buying.way != Way.SHELF
    assert buying.most <= reservable or buying.way != Way.PREORDER
    assert buying.ships_by is None or buying.ships_by >= day
    assert not (buying.is_out_of_season and buying.is_possible)


@pytest.mark.parametrize(
    ("months", "runs"),
    [
        ((), []),
        ((5, 6, 7, 8), [(5, 8)]),
        ((1, 11, 12), [(11, 1)]),
        ((1, 3, 4, 12), [(3, 4), (12, 1)]),
        ((9,), [(9, 9)]),
        (range(1, 13), [(1, 12)]),
    ],
)
def test_months_are_said_as_stretches_also_over_the_new_year(months, runs):
    assert runs_of_months(months) == runs


def test_months_are_named_as_in_morocco():
    with override("fr"):
        assert months_in_words([5, 6, 7, 8, 11]) == "mai à août, novembre"
    with override("ar"):
        assert months_in_words([8, 9, 12]) == "من غشت إلى شتنبر، دجنبر"


def test_what_is_made_to_order_cannot_be_returned_until_it_is_sold_from_the_shelf_again(market):
    rug = market.saffron.product
    assert rug.withdrawal == "standard"

    set_sale_terms(rug, SaleTerms(made_to_order_days=10), by=market.fatima)
    revise_product(rug, ProductDetails(rug.kind, name_fr="Tapis"), by=market.fatima)
    assert Product.objects.get(pk=rug.pk).withdrawal == "made_to_order"
    set_sale_terms(rug, SaleTerms((5, 6)), by=market.fatima)

    rug.refresh_from_db()
    assert (rug.withdrawal, terms_of(rug)) == ("standard", SaleTerms((5, 6)))
    with pytest.raises(IntegrityError, match="product_made_to_order_is_not_returned"), transaction.atomic():
        Product.objects.filter(pk=rug.pk).update(made_to_order_days=10)
    with pytest.raises(IntegrityError, match="product_season_of_known_months"), transaction.atomic():
        Product.objects.filter(pk=rug.pk).update(season_months=[13])


@pytest.mark.parametrize("days", [-1, 367])
def test_nothing_is_promised_for_a_day_that_is_over_or_that_nobody_waits_for(market, days):
    terms = SaleTerms(preorder_ships_by=clock.today() + timedelta(days))

    with pytest.raises(PromiseTooFar):
        set_sale_terms(market.saffron.product, terms, by=market.fatima)

    assert Product.objects.get(pk=market.saffron.product.pk).preorder_ships_by is None


def test_only_who_speaks_for_the_cooperative_says_when_it_is_sold(market):
    before = Entry.objects.count()

    with pytest.raises(NotFound):
        set_sale_terms(market.saffron.product, SaleTerms((5,)), by=market.mina)

    assert Product.objects.get(pk=market.saffron.product.pk).season_months == []
    assert Entry.objects.count() == before
