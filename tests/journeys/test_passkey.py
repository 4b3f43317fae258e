"""A passkey made and used in a real browser, with an authenticator of the browser's own making."""

from __future__ import annotations

import os
import shutil

import pytest
from django.core.cache import cache
from django.db import connections

from tests.entrypoints.web.people import PHONE, code_texted_to
from twiza.foundation.accounts.services import join

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]
        )
        opened = browser.new_page(viewport={"width": 360, "height": 740})
        opened.set_default_timeout(20_000)
        yield opened
        browser.close()
        # Beside Playwright's loop Django opens a connection of its own, which nobody else would close.
        connections.close_all()


def test_fatima_makes_a_passkey_and_comes_in_with_it(live_server, page):
    cache.clear()
    join(name="Fatima", phone=PHONE, language="fr")
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    page.goto(f"{live_server.url}/fr/account/login/?next=/fr/account/")
    page.fill("[name=login]", "06 83 00 01 01")
    page.click("form:not([data-passkey]) button.btn-big")
    page.fill("[name=code]", code_texted_to(PHONE))
    page.click("button[value=verify]")
    page.wait_for_url(f"{live_server.url}/fr/account/")

    page.goto(f"{live_server.url}/fr/account/keys/passkeys/add/")
    page.click("form[data-passkey=make] button")
    page.wait_for_url(lambda address: "add" not in address)

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/fr/account/login/?next=/fr/account/")
    page.click("form[data-passkey=login] button")
    page.wait_for_url(f"{live_server.url}/fr/account/")
    assert "Fatima" in page.inner_text("h1")
    assert [trouble for trouble in troubles if "Content Security Policy" in trouble] == []
