"""axe-core finds nothing wrong on any public screen, in both directions."""

from __future__ import annotations

from functools import cache

import pytest

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = ["", "products/", "products/{product}/", "cooperatives/", "cooperatives/{cooperative}/", "stores/souk-khouribga/"]
SCREENS += [
    "cooperatives/map/",
    "cooperatives/map/05/",
    "cooperatives/open-data/",
    "stores/souk-khouribga/conditions/",
    "stores/souk-khouribga/pages/legal/",
    "stores/souk-khouribga/pages/delivery/",
    "search/?q=miel",
    "search/?q=miel&region=05",
    "cooperatives/?region=05&online=on",
    "products/?kind=honey-family&price=100-200",
    "search/?q=zzz",
    "terms/",
    "cart/",
    "account/login/",
    "nowhere/",
]


@cache
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def faults_of(page) -> list[str]:
    found = axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]} ({violation['nodes'][0].get('failureSummary', '')[:160]})"
        for violation in found.response["violations"]
    ]


def is_too_wide(page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_public_screens_are_accessible_and_fit(site, chromium, language, size):
    page = chromium.new_context(viewport=size).new_page()
    wrong: dict[str, list[str]] = {}
    for screen in SCREENS:
        page.goto(
            f"{site.url}/{language}/{screen.format(product=site.people['products'][0], cooperative=site.people['cooperative'])}"
        )
        faults = faults_of(page) + (["wider than the screen"] if is_too_wide(page) else [])
        if faults:
            wrong[screen] = faults
    page.context.close()

    assert wrong == {}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_way_through_the_checkout_is_accessible(site, chromium, language):
    page = chromium.new_context(viewport=PHONE).new_page()
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        faults = faults_of(page) + (["wider than the screen"] if is_too_wide(page) else [])
        if faults:
            wrong[name] = faults

    page.goto(f"{site.url}/{language}/products/{site.people['products'][1]}/")
    follow(page, "form.choice-row button.btn")
    page.goto(f"{site.url}/{language}/cart/")
    look("basket")
    follow(page, "button[name=checkout]")
    look("address")
    follow(page, "a[href$='/checkout/for/']")
    look("for somebody else")
    page.fill("[name=name]", "Lalla Zohra")
    page.fill("[name=phone]", "0683005003")
    follow(page, ".form-end button")
    follow(page, ".form-end button")
    look("address, with faults")
    for field, text in {"name": "Salma", "phone": "0683005002", "place": "Casablanca", "landmark": "Maârif"}.items():
        page.fill(f"[name={field}]", text)
    follow(page, ".form-end button")
    look("summary")
    follow(page, "button[name=order]")
    page.wait_for_url("**/orders/**")
    look("order")
    page.context.close()

    assert wrong == {}
