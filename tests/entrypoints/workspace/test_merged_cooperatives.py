"""After a merge its people work on: old addresses lead on, open orders are answered on the screen and by text."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory.models import Identifier
from twiza.domain.directory.services.merging import merge_organisations, undo_merge
from twiza.domain.orders.models import Order
from twiza.domain.storefronts.selectors import cooperatives_shown_in, products_shown_in, storefronts_showing
from twiza.domain.storefronts.services import choose_cooperatives
from twiza.foundation.messaging.models import Message


@pytest.fixture
def order(market) -> Order:
    return Order.objects.get(group=market.order(market.argan))


@pytest.fixture
def merge(market, order):
    keeper = person("Keeper", 7001)
    keeper.is_staff = True
    keeper.save(update_fields=["is_staff"])
    Identifier.objects.all().delete()
    choose_cooperatives(market.souk, [market.argan_cooperative, market.honey_cooperative], by=market.youssef)
    merge = merge_organisations(market.saffron_cooperative, market.argan_cooperative, by=keeper)
    run_jobs()
    return merge


def test_an_old_address_leads_to_the_same_screen_of_the_kept_cooperative(market, merge, signed_in):
    hajja = signed_in(market.hajja)
    kept, merged = merge.kept.slug, merge.merged.slug

    for name in ("cooperative", "stock", "products", "orders", "earnings"):
        answer = hajja.get(reverse(f"workspace:{name}", args=[merged]))
        assert (answer.status_code, answer.url) == (302, reverse(f"workspace:{name}", args=[kept]))
    assert signed_in(market.mina).get(reverse("workspace:stock", args=[merged])).status_code == 404


def test_an_order_keeps_its_address_and_is_answered_there(market, merge, order, signed_in):
    fatima = signed_in(market.fatima)
    address = reverse("workspace:order", args=[merge.merged.slug, order.number])

    assert address in fatima.get(reverse("workspace:orders", args=[merge.kept.slug])).content.decode()
    assert fatima.get(address).status_code == 200
    assert fatima.post(reverse("workspace:order_accept", args=[merge.merged.slug, order.number])).status_code == 302

    order.refresh_from_db()
    assert order.status == "accepted"
    assert signed_in(market.mina).get(address).status_code == 404


@pytest.mark.parametrize("who", ["hajja", "fatima"])
def test_an_order_is_answered_by_text(market, merge, order, client, who):
    sender = getattr(market, who)
    client.post("/webhooks/sms/simulator/inbound", {"from": sender.phone, "text": f"OUI {order.number}", "id": "one"})
    run_jobs()

    order.refresh_from_db()
    assert order.status == "accepted"
    assert order.number in Message.objects.filter(to=sender.phone).latest("pk").text


def test_after_undoing_only_its_own_people_answer(market, merge, order, signed_in):
    undo_merge(merge, by=merge.by)
    run_jobs()
    address = reverse("workspace:order", args=[merge.merged.slug, order.number])

    assert signed_in(market.hajja).get(address).status_code == 200
    assert signed_in(market.fatima).get(address).status_code == 404


def test_a_storefront_that_chose_the_merged_page_shows_the_kept_one(market, merge):
    assert list(cooperatives_shown_in(market.souk)) == [market.saffron_cooperative, market.honey_cooperative]
    assert {product.pk for product in products_shown_in(market.souk)} == {
        market.saffron.product_id, market.argan.product_id, market.honey.product_id
    }  # fmt: skip
    assert list(storefronts_showing(market.saffron_cooperative)) == [market.souk]

    undo_merge(merge, by=merge.by)
    run_jobs()

    assert list(cooperatives_shown_in(market.souk)) == [market.argan_cooperative, market.honey_cooperative]
    assert list(storefronts_showing(market.saffron_cooperative)) == []
