"""Debian's Chromium, as the journeys drive it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that its own test teardown runs in an async world.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


def follow(page: Any, button: Any) -> None:
    """The page that this button (a locator, or its selector) leads to has arrived.

    A click alone may return while the old page is still being taken away, and a `goto` right after it would stop it.
    """
    target = page.locator(button).first if isinstance(button, str) else button
    with page.expect_navigation(wait_until="load"):
        target.click()
