"""Mina says what many cost on her telephone; Salma reads it on the page and in her basket."""

from __future__ import annotations

from django.test import Client

from twiza.domain.catalogue.models import Variant


def test_what_many_cost_is_said_read_and_bought(market):
    mina, salma = Client(), Client()
    mina.force_login(market.mina)
    here = f"/fr/workspace/{market.honey_cooperative.slug}/prices/{market.honey.pk}/many/"

    half = mina.post(here, {"pieces_1": "3", "price_1": ""}).content.decode()
    assert ("Écrivez les deux, ou aucun." in half, 'value="3"' in half) == (True, True)
    wrong = mina.post(here, {"pieces_1": "3", "price_1": "130"}).content.decode()
    assert ("moins de 120\u00a0DH" in wrong, 'value="130"' in wrong) == (True, True)
    assert Variant.objects.get(pk=market.honey.pk).many_from == []
    assert mina.post(here, {"pieces_1": "٣", "price_1": "110", "pieces_2": "6", "price_2": "99,50"}).status_code == 302
    assert 'value="99.50"' in mina.get(here).content.decode()

    page = salma.get(f"/fr/products/{market.honey.product.slug}/").content.decode()
    assert "à partir de 3" in page
    salma.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": "2"})
    assert "encore 1, et chacun coûte 110" in salma.get("/fr/cart/").content.decode().replace("\u00a0", " ")
    salma.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "3", f"price-{market.honey.pk}": "12000"})
    basket = salma.get("/fr/cart/").content.decode()
    assert ("330" in basket, "prix modifié" in basket) == (True, False)
