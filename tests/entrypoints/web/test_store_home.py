"""What a visitor finds on the first page of a storefront."""

from __future__ import annotations

import re

from django.test import Client

from tests.people import cooperative
from twiza.domain.catalogue.models import Product
from twiza.domain.storefronts.services import (
    choose_cooperatives,
    draw_hero,
    feature_cooperative,
    move_block,
    show_block,
    tell_storefront_story,
)
from twiza.kit import clock

STORE = "/fr/stores/souk-khouribga/"


def first_page(language: str = "fr") -> str:
    answer = Client().get(f"/{language}/stores/souk-khouribga/")
    assert answer.status_code == 200
    return answer.content.decode()


def headings(html: str) -> list[str]:
    return re.findall(r"<h[12]>([^<]+)</h[12]>", html)


def test_an_empty_block_is_not_shown(market):
    html = first_page()

    assert headings(html) == ["Souk Khouribga", "Sur les étals", "1 coopérative"]
    assert "Familles de produits" not in html


def test_every_block_with_something_to_say_is_shown_in_the_order_chosen(market):
    choose_cooperatives(market.souk, [market.honey_cooperative, market.saffron_cooperative], by=market.youssef)
    Product.objects.filter(pk=market.saffron.product_id).update(season_months=[clock.today().month])
    tell_storefront_story(market.souk, "Depuis 2020.", "", by=market.youssef)
    feature_cooperative(market.souk, market.saffron_cooperative.pk, by=market.youssef)
    move_block(market.souk, "story", -9, by=market.youssef)

    html = first_page()
    shown = ["Souk Khouribga", "Notre histoire", "De saison", "Sur les étals", "Coopérative du mois", "2 coopératives"]
    assert headings(html) == shown
    assert 'aria-label="Familles de produits"' in html
    assert '<div class="page-words" lang="fr" dir="ltr"><p>Depuis 2020.</p></div>' in first_page("ar")

    show_block(market.souk, "story", is_shown=False, by=market.youssef)
    assert "Depuis 2020." not in first_page()


def test_without_the_hero_the_page_keeps_its_heading(market):
    show_block(market.souk, "hero", is_shown=False, by=market.youssef)

    html = first_page()
    assert headings(html)[0] == "Souk Khouribga"
    assert 'class="hero"' not in html


def test_a_photo_stands_in_the_arch_unless_a_drawing_is_wished_for(market):
    photo = {"small": "p/a-240.webp", "medium": "p/a-480.webp", "large": "p/a-960.webp"}
    market.honey.product.photos.create(**photo, position=0)

    assert '<image href="/media/p/a-480.webp"' in first_page()
    draw_hero(market.souk, is_drawn=True, by=market.youssef)
    assert "<image" not in first_page()


def test_the_first_page_asks_no_more_for_more_cooperatives(market, django_assert_max_num_queries):
    made = [cooperative(f"Coopérative {n}", f"تعاونية {n}", "05.311.01.07", market.mina, f"{n}/9/2020") for n in range(9)]
    choose_cooperatives(market.souk, [market.honey_cooperative, *made], by=market.youssef)

    with django_assert_max_num_queries(40):
        assert headings(first_page())[-2:] == ["Coopératives du mois", "10 coopératives"]
