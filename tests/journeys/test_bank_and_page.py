"""A bank account and a page looked after on a small telephone, without JavaScript, in French and in Arabic."""

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
RIBS = {"fr": ("007 780 0001234567890123 96", "2396"), "ar": ("230 780 1234567890123456 49", "5649")}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_hajja_asks_for_an_account_stops_it_by_text_and_says_that_her_page_is_true(site, chromium, language):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    typed, ending = RIBS[language]
    hajja = site.people["hajja"]
    sign_in(page, site, hajja, language)
    page.goto(f"{site.url}/{language}/workspace/")
    home = page.url

    page.goto(f"{home}bank/")
    before = len(site.texts_of(hajja))
    page.fill("[name=rib]", typed)
    follow(page, "main form button")
    assert ending in page.content()
    assert typed.replace(" ", "") not in page.content()
    assert page.locator("form[action$='bank/approve/']").count() == 0  # who asks does not approve
    assert not is_too_wide(page)
    faults = faults_on(chromium, page, [f"{home}bank/"])

    assert ending in site.wait_for_text(hajja, ending, after=before)
    page.goto(home)
    assert page.locator(".alert a[href$='/bank/']").count() == 1
    before = len(site.texts_of(hajja))
    site.text_from(hajja, "RIB NON", f"bank-{language}")
    site.wait_for_text(hajja, "لن يستعمل", after=before)
    page.goto(f"{home}bank/")
    assert page.locator("[name=rib]").count() == 1
    assert not is_too_wide(page)

    page.goto(f"{home}still-true/")
    assert not is_too_wide(page)
    page.fill("[name=words]", "24")
    follow(page, "form:has([name=words]) button")
    follow(page, "form[action$='/yes/'] button")
    faults |= faults_on(chromium, page, [f"{home}bank/?ended", f"{home}still-true/"])
    follow(page, f"main a[href*='/{language}/cooperatives/']")
    assert ("par la coopérative" if language == "fr" else "أكدته التعاونية") in page.content()

    page.context.close()
    assert faults == {}


def faults_on(chromium, page, addresses: list[str]) -> dict[str, list[str]]:
    """What the accessibility checker, which is a script, finds on these screens for the person signed in on `page`."""
    with_scripts = chromium.new_context(viewport=PHONE, storage_state=page.context.storage_state()).new_page()
    found = {}
    for address in addresses:
        with_scripts.goto(address)
        found[address] = faults_of(with_scripts)
    with_scripts.context.close()
    return {address: faults for address, faults in found.items() if faults}
