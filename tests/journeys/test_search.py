"""Somebody searches as people type: by the keyboard through suggestions, by touch, and without JavaScript."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

FIELD = "header [name=q]"
SHOWN = "#suggestions:not([hidden]) a"


@pytest.fixture(scope="module")
def searched(site):
    """The site, once its search index is built."""
    environment = {**os.environ, "DATABASE_URL": site.database, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-m", "twiza", "rebuild_search"], env=environment, check=True, capture_output=True)
    return site


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("fr", "taroudant zafran", "Coopérative Zafrane Taliouine"),
        ("ar", "عسل خريبكة", "تعاونية نحلات"),
        ("fr", "3sel khouribga", "Coopérative Nahlat"),
        ("ar", "ⵜⴰⵎⵎⵏⵜ", "تعاونية نحلات"),
        ("fr", "huil argan tafraout", "Coopérative Taghart"),
    ],
)
def test_what_was_meant_is_found_with_the_enter_key(searched, chromium, language, typed, found, javascript):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    page.goto(f"{searched.url}/{language}/")
    page.fill(FIELD, typed)
    with page.expect_navigation(wait_until="load"):
        page.press(FIELD, "Enter")

    assert found in page.inner_text("main")
    page.context.close()


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_suggestion_is_chosen_with_the_keyboard(searched, chromium, language, size):
    page = chromium.new_context(viewport=size).new_page()
    page.goto(f"{searched.url}/{language}/cooperatives/")
    page.locator(FIELD).press_sequentially("tali", delay=30)
    page.wait_for_selector(SHOWN)
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert faults_of(page) == []
    assert not is_too_wide(page)
    assert all(box["height"] >= 44 for box in (option.bounding_box() for option in page.locator(SHOWN).all()))

    page.press(FIELD, "Escape")
    assert page.locator(SHOWN).count() == 0
    assert page.input_value(FIELD) == "tali"
    page.press(FIELD, "ArrowDown")
    chosen = page.get_attribute(FIELD, "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    address = page.get_attribute(f"#{chosen}", "href")
    assert faults_of(page) == []
    with page.expect_navigation(wait_until="load"):
        page.press(FIELD, "Enter")
    assert page.url == searched.url + address
    page.context.close()


def test_enter_searches_the_words_when_nothing_was_chosen(searched, chromium):
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"{searched.url}/fr/")
    page.locator(FIELD).press_sequentially("miel", delay=30)
    page.wait_for_selector(SHOWN)
    page.press(FIELD, "ArrowDown")
    page.press(FIELD, "ArrowUp")
    assert page.get_attribute(FIELD, "aria-activedescendant") is None
    with page.expect_navigation(wait_until="load"):
        page.press(FIELD, "Enter")
    assert page.url.endswith("/fr/search/?q=miel")
    page.context.close()


def test_only_the_last_words_are_asked_and_a_tap_opens_one(searched, chromium):
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"{searched.url}/fr/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.locator(FIELD).press_sequentially("safran", delay=20)
    page.wait_for_selector(SHOWN)
    assert [url.partition("?")[2] for url in asked] == ["q=safran"]
    follow(page, SHOWN)
    assert "/fr/products/safran-pur" in page.url
    page.context.close()
