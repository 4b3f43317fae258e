"""Somebody abroad wants two hundred of it: she asks on the market, is answered, accepts and reads the pro-forma."""

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

ASKED = {"quantity": "200", "name": "Anne", "email": "anne@example.org", "purpose": "Pour mon magasin"}
ANSWERED = {"price": "31,50", "delivery": "450", "prepare_days": "12"}


def look_at(page, *, javascript: bool) -> None:
    """It fits, and anybody can use it; only a browser with scripts can be asked."""
    if javascript:
        assert faults_of(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_anne_asks_from_france_the_cooperative_answers_and_she_accepts(site, chromium, language, javascript):
    anne = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    anne.goto(f"{site.url}/{language}/products/{site.people['products'][0]}/")
    follow(anne, "a[href$='/quote/']")
    for field, text in ASKED.items():
        anne.fill(f"[name={field}]", text)
    anne.check("[name=variant]")
    anne.select_option("[name=country]", "FR")
    look_at(anne, javascript=javascript)
    follow(anne, ".form-end button")
    look_at(anne, javascript=javascript)
    address = anne.url

    fatima = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(fatima, site, site.people["fatima"], language)
    fatima.goto(f"{site.url}/{language}/workspace/")
    follow(fatima, ".alert a[href$='/quotes/']")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".queue-name a")
    for field, text in ANSWERED.items():
        fatima.fill(f"[name={field}]", text)
    look_at(fatima, javascript=javascript)
    follow(fatima, ".panel .form-end button")
    assert "6750" in fatima.inner_text(".sum-total").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    look_at(fatima, javascript=javascript)

    anne.goto(address)
    look_at(anne, javascript=javascript)
    follow(anne, "button[name=accept]")
    look_at(anne, javascript=javascript)
    follow(anne, "a[href$='/pro-forma/']")
    assert "Anne" in anne.inner_text(".sheet")
    look_at(anne, javascript=javascript)
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert site.ask("select state, total_centimes from quotes_quote where token = %s", token) == [("accepted", 675_000)]
    for page in (anne, fatima):
        page.context.close()
