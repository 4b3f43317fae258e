"""A storefront's colour stands on all its pages, in a style sheet of its own."""

from __future__ import annotations

import re

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.storefronts.rules import nearest_allowed
from twiza.domain.storefronts.services import choose_colour
from twiza.entrypoints.ui.tokens import READABLE, colours
from twiza.entrypoints.web.store_theme import theme_sheet
from twiza.kit.colours import contrast

STORE = "/fr/stores/souk-khouribga/"
BLUE = "/stores/souk-khouribga/theme.css?v=1f4a8f-1"
LINK = f'<link rel="stylesheet" href="{BLUE}">'


@given(st.integers(0, 0xFFFFFF))
def test_whatever_colour_is_allowed_is_read_in_both_themes(number):
    sheet = theme_sheet(nearest_allowed(f"#{number:06x}"))
    theirs = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+):light-dark\((#\w{6}),(#\w{6})\)", sheet)}
    known = {**colours(), **theirs}

    for word, ground in [("cedar", name) for name in ("paper", "card", "sunk", "cedar-soft")] + [("on-cedar", "cedar")]:
        for theme in (0, 1):
            assert contrast(known[word][theme], known[ground][theme]) >= READABLE - 0.005, (word, ground, theme)
    assert theirs.keys() == {"cedar", "on-cedar", "cedar-soft", "zellige"}


def test_all_its_pages_and_no_others_have_its_colour(market):
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)

    for page in ("", "products/", f"products/{market.honey.product.slug}/", "conditions/", "pages/legal/"):
        assert LINK in Client().get(f"{STORE}{page}").content.decode(), page
    assert "theme.css" not in Client().get("/fr/products/").content.decode()


def test_the_sheet_is_kept_for_a_year_at_the_address_that_names_its_colour(market):
    assert Client().get(BLUE).status_code == 404
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)

    sheet = Client().get(BLUE)
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--cedar:#1f4a8f;" in sheet.content.decode()
    assert Client().get("/stores/souk-khouribga/theme.css?v=000000-1")["Cache-Control"] == "private, no-cache"
