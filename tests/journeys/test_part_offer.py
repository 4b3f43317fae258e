"""Three jars are ordered and two are there: the cooperative says so, the buyer chooses, the rest goes on."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_first_order import ADDRESS, BUYER, wait_for
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]
HONEY, SAFFRON = 2, 0


def order_three_jars(page, site, language: str) -> str:
    """Beside one saffron; answers the address of the order's page."""
    for which, pieces in ((HONEY, "3"), (SAFFRON, "1")):
        page.goto(f"{site.url}/{language}/products/{site.people['products'][which]}/")
        page.locator("form.choice-row [name=quantity]").first.fill(pieces)
        follow(page, "form.choice-row button.btn")
    page.goto(f"{site.url}/{language}/cart/")
    follow(page, "button[name=checkout]")
    for field, text in ADDRESS.items():
        page.fill(f"[name={field}]", text)
    follow(page, ".form-end button")
    follow(page, "button[name=order]")
    page.wait_for_url("**/orders/**")
    return page.url


@pytest.mark.parametrize(("language", "javascript", "answer"), [("fr", True, "yes"), ("ar", False, "no")])
def test_two_of_three_jars_are_offered_and_the_buyer_chooses(site, chromium, language, javascript, answer):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=javascript)
    buyer = context.new_page()
    told = len(site.texts_of(BUYER))
    order_page = order_three_jars(buyer, site, language)
    mina = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(mina, site, site.people["mina"], language)

    mina.goto(f"{site.url}/{language}/workspace/{site.people['cooperative']}/orders/")
    follow(mina, mina.locator("a[href$='/part/']").last)
    assert not javascript or faults_of(mina) == []
    mina.fill("main form input[type=number]", "2")
    follow(mina, "main form .form-end button")
    number = re.findall(r"\d+", mina.url)[-1]

    def asked() -> str:
        texts = [text["text"] for text in site.texts_of(BUYER)[told:] if text["direction"] == "out"]
        return next((text for text in texts if re.search(r"2 (sur|من) 3", text)), "")

    wait_for(asked, buyer)
    assert number in asked()
    buyer.goto(order_page)
    assert not javascript or (faults_of(buyer), is_too_wide(buyer)) == ([], False)
    follow(buyer, f"button[name=answer][value={answer}]")

    assert buyer.locator("button[name=answer]").count() == 0
    assert buyer.locator(".step-refused").count() == (1 if answer == "no" else 0)
    token = order_page.rstrip("/").rsplit("/", 1)[1]
    rows = site.ask(
        "select o.status, l.quantity from orders_order o join orders_ordergroup g on g.id = o.group_id"
        " join orders_orderline l on l.order_id = o.id where g.token = %s order by l.quantity",
        token,
    )
    left = [("placed", 1), ("accepted", 2)] if answer == "yes" else [("placed", 1), ("declined", 3)]
    assert [tuple(row) for row in rows] == left
    mina.context.close()
    context.close()
