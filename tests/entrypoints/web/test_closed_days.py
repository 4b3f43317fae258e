"""A cooperative that is closed for a while takes no orders: its pages say until when, and baskets and orders refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.models import OpeningTimes
from twiza.domain.directory.selectors import closings_today
from twiza.domain.directory.services.opening import say_opening_times
from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.errors import CooperativeClosed
from twiza.domain.orders.models import CartLine, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import begin_checkout, place_order, put_in_cart, start_cart
from twiza.foundation.versions.selectors import version_of
from twiza.kit import clock

WANTED = {"quantity": "1", "store": "", "here": "/"}


def close(market, first: date, last: date, *, takes_no_orders: bool = True) -> None:
    details = OpeningDetails(closed_from=first, closed_until=last, takes_no_orders=takes_no_orders)
    say_opening_times(market.honey_cooperative, details, by=market.mina)


def close_now(market, **how) -> date:
    last = clock.today() + timedelta(days=10)
    close(market, clock.today() - timedelta(days=1), last, **how)
    return last


def test_nothing_can_be_put_in_a_basket_while_it_is_closed(market):
    close_now(market)
    with pytest.raises(CooperativeClosed) as refusal:
        put_in_cart(start_cart(language="fr"), market.honey.pk, 1, market.national)

    assert refusal.value.facts["cooperative"] == "Coopérative Nahlat"
    assert CartLine.objects.count() == 0
    put_in_cart(start_cart(language="fr"), market.saffron.pk, 1, market.national)  # others sell on


def test_a_basket_filled_before_is_neither_held_nor_ordered(market):
    cart = market.basket(market.honey, market.saffron)
    total = basket_of(cart).total_centimes
    close_now(market)

    for act in (lambda: begin_checkout(cart), lambda: place_order(cart, expected_total_centimes=total)):
        with pytest.raises(CooperativeClosed):
            act()
    level = StockLevel.objects.get(variant=market.honey)
    assert (level.held, level.allocated, OrderGroup.objects.count()) == (0, 0, 0)


def test_what_was_ordered_before_stays_ordered(market):
    group = market.order(market.honey)
    close_now(market)

    assert group.orders.get().status == "placed"


def test_a_closing_that_stops_no_orders_stops_none(market):
    close_now(market, takes_no_orders=False)

    assert closings_today([market.honey_cooperative.pk]) == {}
    assert market.order(market.honey).orders.count() == 1


def test_every_page_says_until_when(market, client):
    slug = market.honey.product.slug
    close(market, date(2027, 8, 1), date(2027, 8, 31))
    with time_machine.travel("2027-08-20 10:00 +01:00", tick=False):
        product = client.get(f"/fr/products/{slug}/").content.decode()
        listed = client.get("/fr/products/").content.decode()
        own = client.get(f"/fr/cooperatives/{market.honey_cooperative.slug}/").content.decode()
        asked = client.post(reverse("web:basket-add"), {**WANTED, "variant": market.honey.pk}, follow=True)

    assert "Fermée jusqu'au 31 août" in product
    assert "1 septembre 2027" in product
    assert "OutOfStock" in product
    assert "31 août" in listed
    assert "31 août 2027" in own
    assert "est fermée jusqu" in asked.content.decode()


def test_the_first_and_the_last_day_are_closed_and_the_next_is_not_without_any_write(market):
    close(market, date(2027, 8, 1), date(2027, 8, 31))
    pk = market.honey_cooperative.pk
    for moment, closed in (
        ("2027-07-31 23:59 +01:00", {}), ("2027-08-01 00:01 +01:00", {pk: date(2027, 8, 31)}),
        ("2027-08-31 23:59 +01:00", {pk: date(2027, 8, 31)}), ("2027-09-01 00:01 +01:00", {}),
    ):  # fmt: skip
        with time_machine.travel(moment, tick=False):
            assert closings_today([pk]) == closed


def test_a_kept_page_is_made_anew_when_it_closes(market):
    before = version_of(["organisations"])
    close_now(market)
    assert version_of(["organisations"]) != before


def test_mina_says_it_in_her_workspace_and_is_reminded_of_it(market):
    mina = Client()
    mina.force_login(market.mina)
    here = f"/fr/workspace/{market.honey_cooperative.slug}/"
    last = clock.today() + timedelta(days=5)
    days = {"closed_from": clock.today().isoformat(), "closed_until": last.isoformat()}

    assert mina.post(f"{here}page/opening/", {**days, "takes_no_orders": "on"}).status_code == 302
    assert OpeningTimes.objects.get().takes_no_orders
    assert "personne ne peut commander" in mina.get(here).content.decode()
    assert 'name="takes_no_orders"' in mina.get(f"{here}page/opening/").content.decode()

    mina.post(f"{here}page/opening/", {"takes_no_orders": "on"})  # without days it says nothing
    assert OpeningTimes.objects.count() == 0
    assert "personne ne peut commander" not in mina.get(here).content.decode()


def test_the_basket_names_the_line_that_cannot_be_ordered(market):
    buyer = Client()
    buyer.post(reverse("web:basket-add"), {**WANTED, "variant": market.honey.pk})
    close_now(market)

    assert "La coopérative est fermée jusqu" in buyer.get(reverse("web:basket")).content.decode()
