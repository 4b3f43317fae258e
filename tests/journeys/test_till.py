"""A phone without network goes on selling: what it kept is sent later, once, and by whoever sold it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import CHROMIUM, PHONE
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

TILL_SALES = "select count(*), coalesce(sum(total_centimes), 0) from stalls_stallsale where door = 'till'"


def look_at(page) -> None:
    assert faults_of(page) == []
    assert not is_too_wide(page)


def sell(page, number: int) -> None:
    page.click(".till-tile")
    page.click(f"[data-pieces='{number}']")
    expect(page.locator("#till-sell")).to_be_hidden()


def waits(page, number: int) -> None:
    expect(page.locator("#till-waiting")).to_have_text(str(number))


def test_fatima_sells_without_network_and_signs_in_again_to_send(site, chromium):
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, site.people["fatima"], "fr")
    page.goto(f"{site.url}/fr/workspace/")
    till = page.locator(".more-actions a[href$='/stall/']").get_attribute("href") + "till/"
    page.goto(f"{site.url}{till}")
    page.wait_for_selector("#till-ready:not([hidden])")
    before = site.ask("select sum(on_hand) from inventory_stocklevel")[0][0]
    look_at(page)

    context.set_offline(True)
    page.reload()
    sell(page, 2)
    waits(page, 1)
    page.click(".till-tile")
    look_at(page)
    page.fill("#till-pieces", "1")
    page.fill("#till-price", "300")
    page.click("#till-form .till-ends .btn")
    assert page.inner_text("#till-wrong")
    page.fill("#till-price", "30")
    page.click("#till-form .till-ends .btn")
    waits(page, 2)
    assert "Pas de réseau" in page.inner_text("#till-state")
    expect(page.locator("#till-total")).to_have_text("106 DH")
    page.reload()
    waits(page, 2)
    look_at(page)
    assert site.ask(TILL_SALES) == [(0, 0)]

    cookies = context.cookies()
    context.clear_cookies()
    context.set_offline(False)
    expect(page.locator("#till-state")).to_contain_text("Connectez-vous")
    waits(page, 2)
    assert site.ask(TILL_SALES) == [(0, 0)]

    context.add_cookies(cookies)
    page.evaluate("() => { document.getElementById('till').dataset.person = '0' }")
    page.click("#till-send")
    expect(page.locator("#till-state")).to_contain_text("Quelqu’un d’autre")
    expect(page.locator("#till-others")).to_contain_text("2")
    assert site.ask(TILL_SALES) == [(0, 0)]
    page.reload()
    expect(page.locator("#till-state")).to_contain_text("Tout est envoyé", timeout=20_000)
    waits(page, 0)
    expect(page.locator("#till-look")).to_be_hidden()
    look_at(page)
    assert site.ask(TILL_SALES) == [(2, 10_600)]
    assert site.ask("select sum(on_hand) from inventory_stocklevel")[0][0] == before - 3
    context.close()
