from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.services import ProductFacts, state_facts
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound


def at(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/products/{market.saffron.product.slug}/facts/"


def shop(market, client, language: str) -> str:
    return client.get(f"/{language}/products/{market.saffron.product.slug}/").content.decode()


TYPED = {
    "ingredients_fr": "Miel, sésame & noix",
    "allergens": ["sesame", "nuts"],
    "storage_fr": "À l'ombre",
    "shelf_life_days": "365",
    "origin_fr": "Taliouine",
}


def test_what_a_label_says_is_asked_once_and_shown_to_buyers_in_the_language_it_was_written_in(market, signed_in, client):
    answer = signed_in(market.fatima).post(at(market), TYPED)

    assert answer.status_code == 302
    product = Product.objects.get(pk=market.saffron.product.pk)
    assert (product.allergens, product.shelf_life_days) == (["sesame", "nuts"], 365)
    french, arabic = shop(market, client, "fr"), shop(market, client, "ar")
    assert "Miel, sésame &amp; noix" in french
    assert "365 jours" in french
    assert 'lang="fr" dir="ltr">Miel, sésame &amp; noix</span>' in arabic
    assert "(نص بالفرنسية)" in arabic
    assert "(texte en français)" not in french


def test_nobody_said_is_not_none(market, signed_in, client):
    fatima = signed_in(market.fatima)
    fatima.post(at(market), {"origin_fr": "Taliouine"})
    unsaid = shop(market, client, "fr")
    fatima.post(at(market), {"no_allergen": "on"})

    assert "Allergènes" not in unsaid
    assert "aucun, dit la coopérative" in shop(market, client, "fr")
    assert Product.objects.get(pk=market.saffron.product.pk).allergens == []
    assert 'name="no_allergen" id="id_no_allergen" checked' in fatima.get(at(market)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"allergens": ["stones"]},
        {"no_allergen": "on", "allergens": ["milk"]},
        {"shelf_life_days": "0"},
        {"storage_fr": "x" * 201},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(market, signed_in, wrong):
    answer = signed_in(market.fatima).post(at(market), {**TYPED, **wrong})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Product.objects.get(pk=market.saffron.product.pk).ingredients_fr == ""


def test_only_who_speaks_for_the_cooperative_says_what_is_in_it(market):
    before = Entry.objects.count()

    with pytest.raises(NotFound):
        state_facts(market.saffron.product, ProductFacts(origin_fr="Ailleurs"), by=market.mina)

    assert Product.objects.get(pk=market.saffron.product.pk).origin_fr == ""
    assert Entry.objects.count() == before


def test_the_table_refuses_what_is_no_allergen(market):
    product = Product.objects.filter(pk=market.saffron.product.pk)

    with pytest.raises(IntegrityError, match="product_allergens_known"), transaction.atomic():
        product.update(allergens=["stones"])
    with pytest.raises(IntegrityError, match="product_shelf_life"), transaction.atomic():
        product.update(shelf_life_days=0)
