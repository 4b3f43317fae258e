"""Three cooperatives are paid once by card, and what they earned reaches them: by two people, to the centime, and explained."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from tests.journeys.browser import CHROMIUM, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_first_order import ADDRESS, wait_for
from tests.journeys.test_workspace import sign_in
from twiza.kit import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

SELLERS = """
select u.phone, o.number from orders_order o join orders_ordergroup g on g.id = o.group_id
join directory_membership m on m.organisation_id = o.cooperative_id and m.role = 'president'
join accounts_user u on u.id = m.user_id where g.token = %s order by o.id
"""
OWED = """
select coalesce(-sum(p.amount_centimes), 0) from ledger_posting p join ledger_account a on a.id = p.account_id
where a.kind = 'coop_payable'
"""


def order_of_three(page, site, language: str, pay_with: str) -> str:
    """Salma orders from the three; answers the token of her order."""
    for slug in site.people["products"]:
        page.goto(f"{site.url}/{language}/products/{slug}/")
        follow(page, "form.choice-row button.btn")
    page.goto(f"{site.url}/{language}/cart/")
    follow(page, "button[name=checkout]")
    for field, text in ADDRESS.items():
        page.fill(f"[name={field}]", text)
    follow(page, ".form-end button")
    page.check(f"[name=pay_with][value={pay_with}]")
    if page.locator("[name=pay_with][checked]").get_attribute("value") != pay_with:
        follow(page, "button[name=order]")  # another way may cost something else: the new total is seen before one orders
    page.locator("button[name=order]").click()
    if pay_with == "cmi":
        pay_at_the_bank(page)
    page.wait_for_url("**/orders/**")
    return page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]


def pay_at_the_bank(page) -> None:
    page.wait_for_url("**/demo-bank/**")
    page.check("[name=card][value='4000000000000010']")
    follow(page, "button[name=does]")
    follow(page, "main a.btn")


def say(site, page, phone: str, number: str, *words: str) -> None:
    """One text after the other, each once the one before was answered."""
    for word in words:
        before = len(site.texts_of(phone))
        assert site.text_from(phone, word.format(number=number), f"{number}-{word}") == 204
        wait_for(lambda: [one for one in site.texts_of(phone)[before:] if one["direction"] == "out"], page)  # noqa: B023


def look(page, *, javascript: bool) -> None:
    assert not is_too_wide(page)
    if javascript:
        assert faults_of(page) == []


def verified(site) -> dict[str, object]:
    environment = {**os.environ, "DATABASE_URL": site.database, "PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    asked = subprocess.run(
        [sys.executable, "-m", "twiza", "verify_ledger", "--json"], env=environment, capture_output=True, text=True, check=False
    )
    return json.loads(asked.stdout)


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_what_three_cooperatives_earned_reaches_them(site, chromium, language, javascript):
    buyer = chromium.new_context(viewport=PHONE).new_page()
    by_card = site.ask(SELLERS, order_of_three(buyer, site, language, "cmi"))
    assert len(by_card) == 3
    for phone, number in by_card:
        wait_for(lambda: any(number in one["text"] for one in site.texts_of(phone)), buyer)  # noqa: B023
        say(site, buyer, phone, number, "OUI {number}", "ENVOYE {number}", "LIVRE {number}")
    in_cash = dict(site.ask(SELLERS, order_of_three(buyer, site, language, "cash_on_delivery")))
    short, refused = in_cash[site.people["fatima"]], in_cash[site.people["hajja"]]
    say(
        site,
        buyer,
        site.people["fatima"],
        short,
        "OUI {number}",
        f"ENVOYE {{number}} LD12345678{len(language)}MA",
        "LIVRE {number}",
    )
    say(site, buyer, site.people["hajja"], refused, "OUI {number}", "ENVOYE {number}", "COLIS REFUSE {number}")
    say(site, buyer, site.people["mina"], in_cash[site.people["mina"]], "LA {number}")
    wait_for(lambda: verified(site)["faults"] == [], buyer)
    buyer.context.close()

    first = chromium.new_context(viewport=PHONE, java_script_enabled=javascript, accept_downloads=True).new_page()
    second = chromium.new_context(viewport=PHONE, java_script_enabled=javascript, accept_downloads=True).new_page()
    for page, who in ((first, "youssef"), (second, "keeper")):
        sign_in(page, site, site.people[who], language)
    payouts = f"{site.url}/{language}/workspace/money/payouts/"
    first.goto(payouts)
    look(first, javascript=javascript)
    owed = int(site.ask(OWED)[0][0])
    if not first.locator("[name=least]").is_visible():
        first.locator("details:has([name=least]) > summary").click()
    first.fill("[name=until]", clock.today().isoformat())
    first.fill("[name=least]", "1")
    follow(first, "form:has([name=least]) button")
    batch = first.url
    assert first.locator("form[action$='/approve/']").count() == 0  # who drafts does not approve
    look(first, javascript=javascript)
    second.goto(batch)
    follow(second, "form[action$='/approve/'] button")
    look(second, javascript=javascript)
    for _way in ("bank", "post"):
        follow(second, "form[action$='/files/'] button")
    assert sum(centimes_in(second, number) for number in (1, 2)) == owed
    look(second, javascript=javascript)

    mina = site.people["mina"]
    heard = len(site.texts_of(mina))
    for number in (1, 2):
        form = f"form[action$='/files/{number}/paid/']"
        second.locator(f"details:has({form}) > summary").click()
        second.locator(form).locator("[name=reference]").fill(f"BQ-{number}")
        follow(second, second.locator(form).locator("button"))
        look(second, javascript=javascript)
    site.wait_for_text(mina, "sifetna likom", after=heard)
    second.locator("details:has(form[action$='/close/']) > summary").click()
    second.fill("[name=amount]", f"{owed / 100:.2f}")
    follow(second, "form[action$='/close/'] button")
    assert second.locator(".badge-done").count() >= 1
    look(second, javascript=javascript)
    assert (int(site.ask(OWED)[0][0]), verified(site)["faults"]) == (0, [])

    hers = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(hers, site, mina, language)
    hers.goto(f"{site.url}/{language}/workspace/{site.people['cooperative']}/earnings/")
    look(hers, javascript=javascript)
    follow(hers, "a[href$='/paid/']")
    look(hers, javascript=javascript)
    follow(hers, "a.queue-name")
    assert dict(by_card)[mina] in hers.inner_text("main")
    look(hers, javascript=javascript)
    for page in (first, second, hers):
        page.context.close()


def centimes_in(page, number: int) -> int:
    """The sum of a file that was downloaded, whichever way it pays."""
    with page.expect_download() as taken:
        page.click(f"form[action$='/files/{number}/'] button")
    written = taken.value.path().read_bytes()
    text = written.decode("utf-8-sig" if written.startswith(b"\xef\xbb\xbf") else "cp1252")
    return sum(int(row["Montant"].replace(",", "")) for row in csv.DictReader(io.StringIO(text), delimiter=";"))
