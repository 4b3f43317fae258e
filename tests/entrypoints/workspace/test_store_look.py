"""Youssef gives his storefront a colour and a logo."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from tests.domain.storefronts.test_look import look, picture
from twiza.domain.storefronts.models import Storefront, StorefrontLook
from twiza.domain.storefronts.services import choose_colour
from twiza.kit.photographs import PhotoUnreadable

HERE = "/fr/workspace/stores/souk-khouribga/look/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def test_he_chooses_one_that_is_proposed_another_and_ours_again(market, signed_in):
    youssef = signed_in(market.youssef)

    for said, kept in (
        ({"colour": "#a33f27", "other": "#000000"}, "#a33f27"),
        ({"colour": "another", "other": "#123456"}, "#123456"),
        ({"colour": "ours", "other": "#123456"}, ""),
    ):
        assert youssef.post(HERE, {"paint": "1", **said}).status_code == 302
        assert look(market.souk).colour == kept


def test_a_colour_that_cannot_be_read_is_answered_with_one_press_for_the_nearest(market, signed_in):
    youssef = signed_in(market.youssef)

    answer = youssef.post(HERE, {"paint": "1", "colour": "another", "other": "#e7a11c"})

    nearest = answer.context["nearest"]
    assert f"La plus proche qui convienne est {nearest}." in answer.content.decode()
    assert StorefrontLook.objects.count() == 0
    youssef.post(HERE, {"paint": "1", "colour": "another", "other": nearest})
    assert look(market.souk).colour == nearest


@pytest.mark.parametrize("other", ["", "rouge", "#12"])
def test_what_is_no_colour_changes_nothing(market, signed_in, other):
    answer = signed_in(market.youssef).post(HERE, {"paint": "1", "colour": "another", "other": other})

    assert "n'est pas une couleur" in answer.content.decode().replace("&#x27;", "'")
    assert StorefrontLook.objects.count() == 0


def test_his_logo_stands_at_the_head_of_every_page(market, signed_in):
    youssef = signed_in(market.youssef)
    youssef.post(HERE, {"picture": "1", "logo": SimpleUploadedFile("souk.png", picture().getvalue(), "image/png")})

    url = look(market.souk).logo_url
    for page in ("", "products/", "pages/legal/"):
        assert f'src="{url}"' in youssef.get(f"/fr/stores/souk-khouribga/{page}").content.decode()
    refused = youssef.post(HERE, {"picture": "1", "logo": SimpleUploadedFile("souk.svg", b"<svg/>", "image/svg+xml")})
    with override("fr"):
        assert escape(str(PhotoUnreadable())) in refused.content.decode()
    youssef.post(HERE, {"remove": "1"})
    assert look(market.souk).logo_url == ""


def test_of_one_that_is_being_prepared_only_its_people_see_it(market, signed_in):
    blue = "/stores/souk-khouribga/theme.css?v=1f4a8f-1"
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)
    Storefront.objects.filter(pk=market.souk.pk).update(state="draft")

    assert Client().get(blue).status_code == 404
    assert signed_in(market.youssef).get(blue)["Cache-Control"] == "private, no-cache"
    assert f'href="{blue}"' in signed_in(market.youssef).get("/fr/stores/souk-khouribga/").content.decode()
