"""Leïla in Lyon sends a gift of two cooperatives home, paid at the bank of the demonstration."""

from __future__ import annotations

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

RECEIVER = {"name": "Lalla Zohra", "phone": "06 83 00 70 07", "message": "عيد مبارك سعيد يا ماما"}
GIVER = {"name": "Leïla", "email": "leila@example.org", "place": "Casablanca", "landmark": "Maârif, près de la mosquée"}


def look_at(page, *, javascript: bool) -> None:
    """It fits, and anybody can use it; only a browser with scripts can be asked."""
    if javascript:
        assert faults_of(page) == []
        assert not is_too_wide(page)


def pay_with(page, card: str, *, javascript: bool) -> None:
    """From our page, which goes on by itself where scripts run, to the bank's and back."""
    if not javascript:
        follow(page, "form[data-goes-on] button")
    page.wait_for_url("**/demo-bank/**")
    look_at(page, javascript=javascript)
    page.check(f"[name=card][value='{card}']")
    follow(page, "button[name=does]")
    follow(page, "main a.btn")


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_a_gift_over_two_cooperatives_is_paid_by_card_and_both_are_asked(site, chromium, language, javascript):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    heard = {name: len(site.texts_of(site.people[name])) for name in ("fatima", "hajja")}
    for slug in site.people["products"][:2]:
        page.goto(f"{site.url}/{language}/products/{slug}/")
        follow(page, "form.choice-row button.btn")
    page.goto(f"{site.url}/{language}/checkout/for/")
    for field, text in RECEIVER.items():
        page.fill(f"[name={field}]", text)
    page.select_option("[name=country]", "FR")
    look_at(page, javascript=javascript)
    follow(page, ".form-end button")
    for field, text in GIVER.items():
        page.fill(f"[name={field}]", text)
    look_at(page, javascript=javascript)
    follow(page, ".form-end button")
    assert page.locator("[name=pay_with]").get_attribute("value") == "cmi"
    look_at(page, javascript=javascript)
    page.locator("button[name=order]").click()
    pay_with(page, "5191630100004896", javascript=javascript)
    look_at(page, javascript=javascript)
    assert page.locator("form[action$='/pay/cash/']").count() == 0
    page.locator("form[action$='/pay/'] button").click()
    pay_with(page, "4000000000000010", javascript=javascript)

    site.wait_for_text(site.people["fatima"], "mkhelsin", after=heard["fatima"])
    site.wait_for_text(site.people["hajja"], "مؤداة", after=heard["hajja"])
    page.reload()
    assert page.locator(".alert-success").count() == 1
    assert page.locator(".order-part .step-done").count() == 4  # ordered and paid, twice
    look_at(page, javascript=javascript)
    token = page.url.rstrip("/").rsplit("/", 1)[1]
    states = "select g.status, g.recipient_phone, p.state, count(o.id) from orders_ordergroup g"
    joined = " join payments_payment p on p.reference = 'group:' || g.id join orders_order o on o.group_id = g.id"
    asked = site.ask(f"{states}{joined} where g.token = %s group by 1, 2, 3", token)
    assert asked == [("placed", "+212683007007", "captured", 2)]
    page.context.close()
