"""An operator imports a file with ten planted duplicates, finds all ten, merges them, and undoes one. Without JavaScript."""

from __future__ import annotations

import csv
import io
import os
import time

import pytest

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow
from tests.journeys.test_accessibility import is_too_wide
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

HEADINGS = ["Dénomination", "اسم التعاونية", "Commune", "Province", "Téléphone", "ICE"]
PLACE = ["Taliouine", "Taroudannt"]
# Each cooperative as two offices wrote it.
PLANTED = [
    (["Coopérative Agricole Tifaouine", "", "0661770001"], ["Coop Tifawin", "", "0661770001"]),
    (["Coopérative Attadamoun", "", "0661770002"], ["", "تعاونية التضامن", ""]),
    (["Coopérative Al Moustaqbal", "", "0661770003"], ["Coopérative El Mostakbal", "", ""]),
    (["Coopérative Oumnas Zafrane", "", ""], ["ZAFRANE OUMNAS", "", ""]),
    (["Coopérative Lalla Aziza", "", "0661770005"], ["Coopérative Féminine Lala Aziza", "", "0661779005"]),
    (["Coopérative Aghbalou", "", "0661770006"], ["Coopérative Aghbalu", "", "0661770006"]),
    (["Coopérative Tagmate", "تعاونية تاكمات", ""], ["Coop. Tagmat", "", ""]),
    (["Coopérative Imsker", "", "0661770008"], ["Coopérative Imsekr", "", "0661770008"]),
    (["Coopérative Bougafer", "", ""], ["Taawniya Bougafer", "", "0661770009"]),
    (["Coopérative Tigmijjou Sahel", "", ""], ["Coopérative Tigmijou du Sahel", "", ""]),
]  # fmt: skip
LOOKALIKES = [
    ["Coopérative Tifaouine 2", "", "0661770011"],
    ["Coopérative Assafa", "", "0661770012"],
    ["Coopérative Ifassen", "", "0661770013"],
]  # fmt: skip


def register() -> bytes:
    both = [one for pair in PLANTED for one in pair]
    text = io.StringIO()
    rows = ([name, name_ar, *PLACE, phone, ""] for name, name_ar, phone in [*both, *LOOKALIKES])
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def test_ten_planted_duplicates_are_found_and_merged_and_one_is_undone(site, chromium):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(page, site, site.people["keeper"], "fr")
    too_wide: list[str] = []

    def look(name: str) -> None:
        for language, screen in (("fr", PHONE), ("ar", DESK)) if os.environ.get("PICTURES") else (("fr", PHONE),):
            page.set_viewport_size(screen)
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/{name}-{language}-{screen['width']}.png", full_page=True)
            if is_too_wide(page):
                too_wide.append(f"{name} {screen['width']}")
        page.set_viewport_size(PHONE)

    page.goto(f"{site.url}/fr/workspace/register/import/")
    page.set_input_files("input[type=file]", {"name": "doubles.csv", "mimeType": "text/csv", "buffer": register()})
    follow(page, "main form .btn")
    page.wait_for_selector(".import-columns", timeout=30_000)
    page.fill("[name=source]", "Deux listes du même bureau")
    page.select_option("[name=licence]", "ODbL-1.0")
    follow(page, "form:has(.import-columns) .form-end .btn")
    page.wait_for_selector("form[action$='/start/']", timeout=30_000)
    follow(page, "form[action$='/start/'] .btn")
    page.wait_for_selector(".alert-success", timeout=30_000)

    page.goto(f"{site.url}/fr/workspace/register/")
    follow(page, ".tile a[href$='/duplicates/']")
    wait_for_the_search(site)
    page.goto(f"{site.url}/fr/workspace/register/duplicates/")
    look("1-pairs")
    pairs = page.locator(".twin")
    assert pairs.count() == 10
    for place in range(10):
        pairs.nth(place).locator("input[name=pair]").check()
    follow(page, ".twin-end button")
    look("2-confirm")
    follow(page, "form[action$='/merge/'] button")
    look("3-merged")
    assert page.locator(".alert-success").count() == 1
    assert site.ask("select count(*) from directory_organisation where state = 'merged'")[0][0] == 10

    follow(page, "a[href$='/merges/']")
    look("4-merges")
    first = page.locator(".queue > li").first
    first.locator("summary").click()
    follow(page, first.locator("form button"))
    look("5-undone")
    assert site.ask("select count(*) from directory_organisation where state = 'merged'")[0][0] == 9

    merged, kept = site.ask(
        "select one.slug, other.slug from directory_organisation one join directory_organisation other"
        " on other.id = one.merged_into_id limit 1"
    )[0]
    page.goto(f"{site.url}/fr/cooperatives/{merged}/")
    assert page.url == f"{site.url}/fr/cooperatives/{kept}/"

    page.context.close()
    assert too_wide == []


def wait_for_the_search(site, seconds: float = 40) -> None:
    """Until nothing is left to do: a search that others asked for may end first, and knows nothing of the import."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if site.ask(
            "select count(*) from procrastinate_jobs where status = 'doing' or (status = 'todo' and scheduled_at is null)"
        ) == [(0,)]:
            return
        time.sleep(0.5)
    raise AssertionError("the search did not end")
