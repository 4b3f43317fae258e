"""A gift basket over plain HTTP, from the operator who composes it to the parts of three cooperatives."""

from __future__ import annotations

import json
import re

from django.test import Client

from tests.entrypoints.web.test_order_story import seen_total, to_the_summary
from tests.gift_baskets import compose_agreed
from twiza.domain.orders.models import OrderGroup, OrderLine
from twiza.domain.storefronts.models import GiftBasket, GiftBasketComponent
from twiza.domain.storefronts.services import choose_cooperatives

WORK = "/fr/workspace/stores/souk-khouribga/gift-baskets/"
PAGE = "/fr/stores/souk-khouribga/gifts/panier-du-souss/"


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def agree(client: Client, cooperative) -> None:
    here = f"/fr/workspace/{cooperative.slug}/gift-baskets/"
    page = client.get(here).content.decode()
    share = re.search(r'name="share" value="(\d+)"', page)
    address = re.search(r'action="([^"]+/agree/)"', page)
    assert share is not None
    assert address is not None
    assert client.post(address[1], {"share": share[1]}).url == here


def test_it_is_composed_agreed_to_and_ordered_from_three_cooperatives_as_one_thing(market):
    theirs = [market.saffron_cooperative, market.argan_cooperative, market.honey_cooperative]
    choose_cooperatives(market.souk, theirs, by=market.youssef)
    youssef, salma = of(market.youssef), Client()
    pieces = {f"pieces-{market.saffron.pk}": "2", f"pieces-{market.argan.pk}": "1", f"pieces-{market.honey.pk}": "x"}
    said = {"name_fr": "Panier du Souss", "name_ar": "سلة سوس", "price": "240", **pieces}
    refused = youssef.post(f"{WORK}new/", said)
    assert (refused.status_code, GiftBasket.objects.exists()) == (400, False)
    assert 'value="Panier du Souss"' in refused.content.decode()
    assert youssef.post(f"{WORK}new/", {**said, f"pieces-{market.honey.pk}": "1"}).url == WORK

    waiting = salma.get(PAGE).content.decode()
    assert ("pas accepté sa part" in waiting, "a accepté sa part de ce prix" in waiting) == (True, False)
    assert "Panier du Souss" not in salma.get("/fr/stores/souk-khouribga/").content.decode()
    for person, hers in zip((market.fatima, market.hajja, market.mina), theirs, strict=True):
        agree(of(person), hers)
    assert PAGE in salma.get("/fr/stores/souk-khouribga/").content.decode()

    page = salma.get(PAGE).content.decode()
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[-1])
    assert (data["offers"][0]["price"], data["offers"][0]["availability"]) == ("240.00", "https://schema.org/InStock")
    assert "3 colis" in page
    salma.post("/fr/cart/add-gift/", {"store": "souk-khouribga", "gift": "panier-du-souss", "quantity": "1"})
    assert salma.get("/fr/cart/").content.decode().count("Dans «") == 3
    summary = to_the_summary(salma)
    answer = salma.post("/fr/checkout/confirm/", {"order": "1", "expected_total": seen_total(summary)})

    group = OrderGroup.objects.get()
    assert group.orders.count() == 3
    assert group.items_centimes - group.discount_centimes == 24_000
    assert OrderLine.objects.filter(part_of_fr="Panier du Souss").count() == 3
    assert salma.get(answer.url).content.decode().count("Dans «") == 3
    order = group.orders.get(cooperative=market.honey_cooperative)
    assert (
        "Dans «" in of(market.mina).get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/").content.decode()
    )

    youssef.post(f"{WORK}panier-du-souss/price/", {"price": "200"})
    assert not GiftBasketComponent.objects.filter(agreed_at__isnull=False).exists()
    youssef.post(f"{WORK}panier-du-souss/stop/")
    assert salma.get(PAGE).status_code == 404


def test_the_basket_page_changes_how_many_and_takes_it_out(market):
    gift, salma = compose_agreed(market), Client()
    salma.post("/fr/cart/add-gift/", {"store": "souk-khouribga", "gift": gift.slug, "quantity": "1"})
    field = f"gift-{gift.pk}"

    salma.post("/fr/cart/change/", {field: "1", f"{field}_step": "more"})
    assert f'name="{field}"\n        value="2"' in salma.get("/fr/cart/").content.decode()
    salma.post("/fr/cart/change/", {field: "2", "remove_gift": str(gift.pk)})

    assert "Votre panier est vide" in salma.get("/fr/cart/").content.decode()
