from __future__ import annotations

import pytest

from twiza.domain.catalogue.models import Product

TYPED = {
    "name_fr": "Safran pur",
    "story_fr": "Cueilli à l'aube.",
    "name_ar": "زعفران حر",
    "name_zgh": "ⵣⵄⴼⵕⴰⵏ",
    "story_zgh": "ⵙ ⵜⵓⴼⴰⵜ",
    "name_en": "Pure saffron",
}


def at(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/products/{market.saffron.product.slug}/"


def shop(market, client, language: str) -> str:
    return client.get(f"/{language}/products/{market.saffron.product.slug}/").content.decode()


def test_each_reads_their_own_language_and_is_told_when_it_is_another(market, signed_in, client):
    answer = signed_in(market.fatima).post(f"{at(market)}words/", TYPED)

    assert answer.status_code == 302
    zgh, english, arabic, french = (shop(market, client, language) for language in ("zgh", "en", "ar", "fr"))
    assert "<h1>ⵣⵄⴼⵕⴰⵏ</h1>" in zgh
    assert "<p>ⵙ ⵜⵓⴼⴰⵜ</p>" in zgh
    assert "<h1>Pure saffron</h1>" in english
    assert '<p lang="fr" dir="ltr">Cueilli à l&#x27;aube.</p>' in english
    assert "(text in French)" in english
    assert "<h1>زعفران حر</h1>" in arabic
    assert '<p lang="fr" dir="ltr">' in arabic
    assert "<p>Cueilli à l&#x27;aube.</p>" in french


def test_a_name_in_another_language_is_marked(market, signed_in, client):
    signed_in(market.fatima).post(f"{at(market)}words/", {**TYPED, "name_ar": "", "name_en": "", "name_zgh": ""})

    assert '<h1><span lang="fr" dir="ltr">Safran pur</span></h1>' in shop(market, client, "ar")
    assert '<h1><span lang="fr" dir="ltr">Safran pur</span></h1>' in shop(market, client, "en")


def test_what_the_short_form_does_not_ask_stays(market, signed_in):
    fatima = signed_in(market.fatima)
    fatima.post(f"{at(market)}words/", TYPED)

    fatima.post(at(market), {"name_fr": "Safran", "name_ar": "زعفران", "kind": "saffron", "story": "Autre."})

    product = Product.objects.get(pk=market.saffron.product_id)
    assert (product.name_fr, product.story_fr) == ("Safran", "Autre.")
    assert (product.name_en, product.name_zgh, product.story_zgh) == ("Pure saffron", "ⵣⵄⴼⵕⴰⵏ", "ⵙ ⵜⵓⴼⴰⵜ")


@pytest.mark.parametrize("wrong", [{"name_fr": "", "name_ar": ""}, {"name_en": "x" * 121}, {"story_en": "x" * 2001}])
def test_what_is_wrong_is_said_and_nothing_is_kept(market, signed_in, wrong):
    answer = signed_in(market.fatima).post(f"{at(market)}words/", {**TYPED, **wrong})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Product.objects.get(pk=market.saffron.product_id).name_en == ""
