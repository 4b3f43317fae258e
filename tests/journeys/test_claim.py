"""A cooperative known from a register only becomes its members' own, with a plain telephone and without JavaScript."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import is_too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

LINKS = {"fr": "C'est votre coopérative", "ar": "هل هذه تعاونيتكم"}
SIGN_IN_TEXTS = {"fr": "votre code est", "ar": "رمز"}
CODE_TEXTS = {"fr": "est le code pour la page", "ar": "رمز صفحة"}
HELLO = {"fr": "Rkia", "ar": "رقية"}


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_page_is_claimed_from_a_telephone(site, chromium, language):
    slug, phone = site.people["listed"][language]["slug"], site.people["listed"][language]["phone"]
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/{language}/cooperatives/{slug}/")

    follow(page, f"a:has-text('{LINKS[language]}')" if language == "ar" else ".claim-link a")
    assert not is_too_wide(page)
    follow(page, "main a.btn-big")
    page.fill("[name=login]", phone)
    follow(page, "main form button")
    page.fill("[name=code]", code_in(site.wait_for_text(phone, SIGN_IN_TEXTS[language])))
    follow(page, "button[value=verify]")
    page.fill("[name=name]", HELLO[language])
    follow(page, "main form button")

    assert page.url.endswith(f"/{language}/cooperatives/{slug}/claim/"), "back where she came from"
    shown = page.locator("main").inner_text()
    assert f"•• {phone[-2:]}" in shown
    assert phone[4:] not in shown.replace(" ", "")
    assert not is_too_wide(page)
    page.check("[name=role][value=president]")
    page.locator("[name=contact]").first.check()
    follow(page, "main form button")
    page.fill("[name=code]", code_in(site.wait_for_text(phone, CODE_TEXTS[language])))
    assert not is_too_wide(page)
    follow(page, "main form button")

    assert page.url.endswith(f"/{language}/workspace/{slug}/")
    assert page.locator(".tile").count() == 6
    page.goto(f"{page.url}people/")
    assert HELLO[language] in page.locator("main").inner_text()
    assert not is_too_wide(page)
    assert site.ask("select state from directory_organisation where slug = %s", slug) == [("claimed",)]
    page.context.close()
