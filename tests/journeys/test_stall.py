"""At the stall: a tile, a number, sold; taken back with one more tap. With JavaScript and without."""

from __future__ import annotations

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

ON_HAND = "select on_hand from inventory_stocklevel order by id limit 1"


def look_at(page, *, javascript: bool) -> None:
    """It fits, and anybody can use it; only a browser with scripts can be asked."""
    if javascript:
        assert faults_of(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_fatima_sells_two_jars_and_takes_one_sale_back(site, chromium, language, javascript):
    fatima = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(fatima, site, site.people["fatima"], language)
    fatima.goto(f"{site.url}/{language}/workspace/")
    [(before,)] = site.ask(ON_HAND)

    follow(fatima, ".more-actions a[href$='/stall/']")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".stall-name")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".stall-number[value='2']")
    look_at(fatima, javascript=javascript)
    assert site.ask(ON_HAND) == [(before - 2,)]

    follow(fatima, ".stall-list a")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".queue button")
    assert site.ask(ON_HAND) == [(before,)]
    assert fatima.locator(".alert-success").count() == 1
    fatima.context.close()
