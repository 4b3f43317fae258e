"""Whoever keeps the register brings a messy file into the directory, on a desk and on a phone, without JavaScript."""

from __future__ import annotations

import csv
import io
import os

import pytest

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

HEADINGS = ["Dénomination", "اسم التعاونية", "Libellé du lieu", "Province", "Secteur", "Tél. du président", "Nbre",
            "N° d'immatriculation", "Tribunal", "RIB"]  # fmt: skip
COURT = "TPI de Taroudant"


def messy(mark: str) -> bytes:
    """As it comes: in Windows-1256, with semicolons, a title above, two who share a number, one without a name."""
    rows = [
        [f"Registre des coopératives {mark}"],
        [],
        HEADINGS,
        *(
            [f"Coopérative {mark} {number}", f"تعاونية الأمل {number}", "Taliouine", "Taroudant", "PAM", f"06612345{number}",
             "24", f"{number}/{len(mark)}/2018", COURT, ""]
            for number in range(10, 42)
        ),
        [f"Coopérative {mark} Autre", "", "Nulle part", "Taroudant", "PAM", "06 61", "beaucoup", f"10/{len(mark)}/2018",
         COURT, ""],
        ["", "", "Taliouine", "Taroudant", "PAM", "", "30", "", "", ""],
        ["-", "", "Taliouine", "Taroudant", "PAM", "=1+1", "12", "", "", "310810101402900442310133"],
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("cp1256")


@pytest.mark.parametrize(
    ("language", "screen", "javascript", "mark"),
    [("fr", DESK, False, "Tigmi"), ("ar", PHONE, False, "Tifawt"), ("fr", PHONE, True, "Tislatin")],
)
def test_a_messy_register_is_read_checked_and_imported(site, chromium, language, screen, javascript, mark):
    page = chromium.new_context(viewport=screen, java_script_enabled=javascript).new_page()
    sign_in(page, site, site.people["keeper"], language)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        # What looks at accessibility is itself JavaScript.
        faults = (faults_of(page) if javascript else []) + (["wider than the screen"] if is_too_wide(page) else [])
        if faults:
            wrong[name] = faults
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{language}-{screen['width']}.png", full_page=True)

    page.goto(f"{site.url}/{language}/workspace/register/")
    look("1-register")
    follow(page, ".tile a[href$='/import/']")
    look("2-choose")
    page.set_input_files("input[type=file]", {"name": f"{mark}.csv", "mimeType": "text/csv", "buffer": messy(mark)})
    follow(page, "main form .btn")

    page.wait_for_selector(".import-columns", timeout=20_000)
    look("3-columns")
    page.select_option("select >> nth=2", "commune")
    page.select_option("select >> nth=6", "members_total")
    page.fill("[name=source]", "ODCO, registre de 2025")
    page.select_option("[name=licence]", "ODbL-1.0")
    follow(page, "form:has(.import-columns) .form-end .btn")

    page.wait_for_selector(".import-counts", timeout=30_000)
    look("4-checked")
    assert page.locator(".import-counts b").all_inner_texts()[0] == "32"
    assert page.locator(".import-faults .is-error").count() == 3
    assert site.ask("select count(*) from directory_organisation where slug like %s", f"cooperative-{mark.lower()}-%")[0][0] == 0
    follow(page, "form[action$='/start/'] .btn")

    page.wait_for_selector(".alert-success", timeout=30_000)
    look("5-imported")
    assert site.ask("select count(*) from directory_organisation where slug like %s", f"cooperative-{mark.lower()}-%")[0][0] == 32

    page.click(".confirm summary")
    follow(page, ".confirm form .btn-danger")
    page.wait_for_selector(".alert-info", timeout=30_000)
    look("6-undone")
    assert site.ask("select count(*) from directory_organisation where slug like %s", f"cooperative-{mark.lower()}-%")[0][0] == 0

    page.context.close()
    assert wrong == {}
