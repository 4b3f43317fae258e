"""Mina sends a list of products with its photos, sees what would happen, and imports it, on a telephone without JavaScript."""

from __future__ import annotations

import csv
import io
import os

import pytest

from tests.domain.inventory.product_lists import ARGAN, HEADINGS, THYME, a_picture, a_zip
from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]


def messy_list(mark: str) -> bytes:
    """Twenty jars, an oil, a row without a name, a price that cannot be, and somebody's tricks with directions."""
    rows = [
        HEADINGS,
        *([f"Miel {mark} {number}", f"عسل {mark} {number}", "عسل", "500 g", "120", "4", "", ""] for number in range(20)),
        [f"{ARGAN[0]} {mark}", *ARGAN[1:]],
        [f"{THYME[0]} {mark}", "", *THYME[2:]],
        ["", "", "miel", "1 kg", "90", "", "", ""],
        [f"Miel {mark} cher", "", "miel", "1 kg", "beaucoup", "", "", ""],
        [f"\u202eMiel {mark} caché", "", "miel du diable", "1 kg", "90", "12,5", "perdue.jpg", ""],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8")


@pytest.mark.parametrize(
    ("language", "screen", "javascript", "mark"), [("ar", PHONE, False, "Tigmi"), ("fr", DESK, True, "Tifawt")]
)
def test_a_list_with_photos_is_checked_imported_and_taken_back(site, chromium, tmp_path, language, screen, javascript, mark):
    page = chromium.new_context(viewport=screen, java_script_enabled=javascript).new_page()
    sign_in(page, site, site.people["mina"], language)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        faults = (faults_of(page) if javascript else []) + (["wider than the screen"] if is_too_wide(page) else [])
        if faults:
            wrong[name] = faults
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{language}-{screen['width']}.png", full_page=True)

    def made() -> int:
        return site.ask("select count(*) from catalogue_product where name_fr like %s", f"%{mark}%")[0][0]

    page.goto(f"{site.url}/{language}/workspace/{site.people['cooperative']}/products/")
    look("1-products")
    follow(page, "a[href$='/products/import/']")
    look("2-send")
    photos = a_zip(tmp_path, {"thym.jpg": a_picture(), "autre.jpg": a_picture("blue")}).read_bytes()
    page.set_input_files("[name=file]", {"name": f"{mark}.csv", "mimeType": "text/csv", "buffer": messy_list(mark)})
    page.set_input_files("[name=photos]", {"name": "photos.zip", "mimeType": "application/zip", "buffer": photos})
    follow(page, "main form .btn")

    page.wait_for_selector(".import-counts", timeout=30_000)
    look("3-checked")
    assert page.locator(".import-counts b").all_inner_texts() == ["23", "0", "0", "0", "2"]
    assert made() == 0
    follow(page, "form[action$='/start/'] .btn")

    page.wait_for_selector(".alert-success", timeout=30_000)
    look("4-imported")
    assert made() == 23
    page.click(".confirm summary")
    follow(page, ".confirm form .btn-danger")
    page.wait_for_selector(".alert-info", timeout=30_000)
    look("5-undone")
    assert made() == 0

    page.context.close()
    assert wrong == {}
