"""The main story, by browser and by text message: three cooperatives, one basket, everybody told."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

ADDRESS = {"name": "Salma", "phone": "06 83 00 50 01", "place": "Casablanca", "landmark": "Maârif, près de la mosquée"}
BUYER = "+212683005001"


def order_from_three(page, site, language: str) -> str:
    """Salma's way; answers the address of her order's page."""
    for slug in site.people["products"]:
        page.goto(f"{site.url}/{language}/products/{slug}/")
        follow(page, "form.choice-row button.btn")
    page.goto(f"{site.url}/{language}/cart/")
    assert page.locator(".line").count() == 3
    follow(page, "button[name=checkout]")
    for field, text in ADDRESS.items():
        page.fill(f"[name={field}]", text)
    follow(page, ".form-end button")
    assert "373" in page.inner_text(".sum-total")
    follow(page, "button[name=order]")
    page.wait_for_url("**/orders/**")
    return page.url


def number_texted_to(site, phone: str, after: int) -> str:
    """The number in the newest order that this phone heard of, after so many texts."""
    text = site.wait_for_text(phone, "OUI " if phone != site.people["hajja"] else "نعم ", after=after)
    found = re.search(r"(?:Commande|Talab|طلب) (\d+)", text)
    assert found, text
    return found[1]


def answer_on_the_phones_page(chromium, site, phone: str, text: str, *, javascript: bool) -> None:
    """Somebody types an answer on her own telephone."""
    page = chromium.new_context(viewport=DESK, java_script_enabled=javascript).new_page()
    page.goto(f"{site.url}/simulator/phones/?phone={phone.replace('+', '%2B')}")
    form = page.locator(f"form:has(input[value='{phone}'])").last
    form.locator("input[name=text]").fill(text)
    follow(page, form.locator("button").last)
    page.context.close()


@pytest.mark.parametrize(
    ("language", "size", "javascript"),
    [("fr", PHONE, True), ("ar", PHONE, True), ("fr", DESK, False)],
    ids=["fr", "ar", "without-js"],
)
def test_salma_orders_and_the_cooperatives_answer_by_text(site, chromium, language, size, javascript):
    context = chromium.new_context(viewport=size, java_script_enabled=javascript)
    page = context.new_page()
    told_before = len(site.texts_of(BUYER))
    heard_before = {name: len(site.texts_of(site.people[name])) for name in ("fatima", "hajja", "mina")}

    address = order_from_three(page, site, language)
    steps = page.locator(".order-part .step-done")
    assert steps.count() == 3  # ordered, three times

    numbers = {name: number_texted_to(site, site.people[name], before) for name, before in heard_before.items()}
    answer_on_the_phones_page(chromium, site, site.people["fatima"], f"OUI {numbers['fatima']}", javascript=javascript)
    assert site.text_from(site.people["hajja"], f"نعم {numbers['hajja']}", f"{language}{javascript}-1") == 204
    assert site.text_from(site.people["mina"], f"LA {numbers['mina']}", f"{language}{javascript}-2") == 204

    site.wait_for_text(site.people["fatima"], numbers["fatima"])
    wait_for(lambda: len([text for text in site.texts_of(BUYER) if text["direction"] == "out"]) >= told_before + 4, page)
    if javascript:
        page.wait_for_selector(".step-refused", timeout=15_000)
    else:
        page.goto(address)
    assert page.locator(".step-refused").count() == 1
    assert page.locator(".order-part .step-done").count() == 2 + 2 + 1  # two ordered and accepted, one only ordered
    statuses = site.ask(
        "select o.status from orders_order o join orders_ordergroup g on g.id = o.group_id where g.token = %s order by o.status",
        address.rstrip("/").rsplit("/", 1)[1],
    )
    assert [status for (status,) in statuses] == ["accepted", "accepted", "declined"]
    context.close()


def wait_for(holds, page, seconds: int = 15) -> None:
    for _attempt in range(seconds * 5):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not happen in time")
