"""Youssef opens a storefront for Khouribga on a telephone; Salma reads what it promises and puts a jar in her basket."""

from __future__ import annotations

import os

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

NAMES = {"name_fr": "Marché de la place", "name_ar": "سوق الساحة", "phone": "0683006001"}
HYGIENE = {"text_fr": "Nous mettons des gants.", "text_ar": "نلبس القفازات."}


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)])
def test_youssef_opens_a_storefront_and_salma_finds_it(site, chromium, language, javascript):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    salma = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(page, site, site.people["youssef"], language)
    slug, wrong = f"place-{language}", {}
    here, shop = f"{site.url}/{language}/workspace/stores/{slug}", f"{site.url}/{language}/stores/{slug}/"

    def look(shown, name: str) -> None:
        faults = (faults_of(shown) if javascript else []) + (["wider than the screen"] if is_too_wide(shown) else [])
        if faults:
            wrong[name] = faults
        if folder := os.environ.get("PICTURES"):
            shown.screenshot(path=f"{folder}/{name}-{language}.png", full_page=True)

    page.goto(f"{site.url}/{language}/workspace/stores/new/")
    for name, value in {**NAMES, "slug": slug}.items():
        page.fill(f"[name={name}]", value)
    follow(page, "main form button")
    page.click("details.panel summary")
    page.select_option("[name=place]", "05.311")
    follow(page, "button[name=rule]")
    look(page, "1-assortment")

    page.goto(f"{here}/ways/")
    page.uncheck("[name=languages][value=zgh]")
    page.uncheck("[name=carriers][value=pickup]")
    follow(page, "main form .form-end button")
    page.goto(f"{here}/pages/hygiene/")
    for name, value in HYGIENE.items():
        page.fill(f"[name={name}]", value)
    follow(page, "main form .form-end button")
    look(page, "2-pages")
    follow(page, "form[action$='/keep/'] button")
    page.goto(f"{here}/look/")
    page.check("input[value='#a33f27']")
    follow(page, "button[name=paint]")

    page.goto(f"{here}/setup/")
    look(page, "3-setup")
    follow(page, f"main .btn[href='/{language}/stores/{slug}/']")
    look(page, "4-preview")
    assert page.locator(".card").count() >= 1
    assert salma.goto(shop).status == 404  # nobody else sees it yet
    page.goto(f"{here}/setup/")
    follow(page, "form[action$='/open/'] button")

    assert salma.goto(shop).status == 200
    look(salma, "5-storefront")
    assert salma.locator("link[href*='/theme.css']").count() == 1
    salma.goto(f"{shop}conditions/")
    look(salma, "6-conditions")
    words = salma.inner_text("main")
    assert HYGIENE[f"text_{language}"] in words
    assert ("retirer" if language == "fr" else "أخذ طردكم") not in words  # nothing is fetched here
    salma.goto(f"{shop}products/{site.people['products'][2]}/")
    follow(salma, "form.choice-row button.btn")
    salma.goto(f"{site.url}/{language}/cart/")
    assert salma.locator(".line").count() == 1
    look(salma, "7-basket")

    page.context.close()
    salma.context.close()
    assert wrong == {}
