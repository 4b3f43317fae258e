"""A cooperative at work in its six big actions: signed in with a code, by button what others do by text."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_first_order import BUYER, order_from_three

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

TASKS = ["orders/", "stock/", "prices/", "prices/least-order/", "coupons/", "products/", "products/new/", "earnings/", "help/"]


def sign_in(page, site, phone: str, language: str) -> None:
    """With the code that comes to her own telephone."""
    already = len(site.texts_of(phone))
    page.goto(f"{site.url}/{language}/account/login/")
    page.fill("[name=login]", phone)
    follow(page, "main form button")
    for _attempt in range(400):  # a busy machine takes its time
        texts = [text["text"] for text in site.texts_of(phone)[already:] if text["direction"] == "out"]
        codes = [found[0] for text in texts if (found := re.search(r"\b\d{6}\b", text))]
        if codes:
            break
        page.wait_for_timeout(100)
    page.fill("[name=code]", codes[-1])
    page.click("button[value=verify]")
    page.wait_for_url(lambda url: "/login/" not in url)  # in her own language, whichever page she came by


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)])
def test_mina_prepares_an_order_by_her_six_big_actions(site, chromium, language, javascript):
    buyer = chromium.new_context(viewport=PHONE).new_page()
    order_page = order_from_three(buyer, site, language)
    page = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()

    sign_in(page, site, site.people["mina"], language)
    page.goto(f"{site.url}/{language}/workspace/")
    home = page.url
    assert page.locator(".tile").count() == 6

    page.goto(f"{home}orders/")
    number = site.ask(
        "select o.number from orders_order o join orders_ordergroup g on g.id = o.group_id"
        " join directory_organisation c on c.id = o.cooperative_id where g.token = %s and c.slug = %s",
        order_page.rstrip("/").rsplit("/", 1)[1],
        site.people["cooperative"],
    )[0][0]
    accept = page.locator(f"form[action*='/{number}/accept/'] button")
    follow(page, accept.first)
    site.wait_for_text(BUYER, "a accepté" if language == "fr" else "قبلت")
    buyer.goto(order_page)
    assert buyer.locator(".order-part .step-done").count() == 4  # three ordered, hers accepted

    page.context.close()
    buyer.context.close()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_screen_of_the_workspace_is_accessible_and_fits_a_phone(site, chromium, language):
    page = chromium.new_context(viewport=PHONE).new_page()
    sign_in(page, site, site.people["fatima"], language)
    page.goto(f"{site.url}/{language}/workspace/")
    home, wrong = page.url, {}

    for task in ["", *TASKS]:
        answer = page.goto(home + task)
        faults = faults_of(page) + (["wider than the screen"] if is_too_wide(page) else [])
        if answer.status != 200 or faults:
            wrong[task] = [answer.status, *faults]

    page.context.close()
    assert wrong == {}
