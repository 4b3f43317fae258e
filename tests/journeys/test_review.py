"""Salma has her oil: she says what she thinks on the order's page, Hajja answers, everybody reads both."""

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


def look_at(page, *, javascript: bool) -> None:
    """It fits, and anybody can use it; only a browser with scripts can be asked."""
    if javascript:
        assert faults_of(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_salma_says_what_she_thinks_and_hajja_answers(site, chromium, language, javascript):
    order = site.people["delivered"][language]
    salma = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    salma.goto(f"{site.url}/{language}/orders/{order['token']}/")
    look_at(salma, javascript=javascript)
    follow(salma, f"a[href$='/lines/{order['line']}/review/']")
    salma.check("[name=stars][value='4']")
    salma.fill("[name=words]", "Parfumée, bien emballée. +212 6 12 34 56 78")
    salma.check("[name=is_named]")
    look_at(salma, javascript=javascript)
    follow(salma, ".form-end button")

    hajja = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(hajja, site, site.people["hajja"], language)
    hajja.goto(f"{site.url}/{language}/workspace/")
    hajja.click(".more-menu summary")
    follow(hajja, "a[href$='/reviews/']")
    look_at(hajja, javascript=javascript)
    follow(hajja, hajja.locator("li", has=hajja.locator(".badge-waiting")).locator(".queue-name a"))
    hajja.fill("[name=words]", f"Merci {language}")
    look_at(hajja, javascript=javascript)
    follow(hajja, ".panel .form-end button")

    salma.goto(f"{site.url}/{language}/products/{site.people['oil']}/")
    look_at(salma, javascript=javascript)
    said = salma.inner_text("#reviews .review >> nth=0")
    assert "Parfumée, bien emballée. •••" in said
    assert f"Merci {language}" in said
    assert "Salma" in said
    for page in (salma, hajja):
        page.context.close()
