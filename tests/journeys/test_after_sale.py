"""Salma has her parcel: something is wrong with one, of another she changed her mind, and a third she does not take."""

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


def look_at(page, *, javascript: bool) -> None:
    """It fits, and anybody can use it; only a browser with scripts can be asked."""
    if javascript:
        assert faults_of(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_salma_says_what_is_wrong_and_has_money_back(site, chromium, language, javascript):
    address = f"{site.url}/{language}/orders/{site.people['arrived'][language][0]}/"
    salma = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    salma.goto(address)
    follow(salma, "a[href$='/complain/']")
    salma.check("[name=kind][value=damaged]")
    salma.fill("[name=pieces]", "1")
    salma.fill("[name=words]", "Le bouchon fuit.")
    look_at(salma, javascript=javascript)
    follow(salma, ".form-end button")
    look_at(salma, javascript=javascript)

    fatima = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(fatima, site, site.people["fatima"], language)
    fatima.goto(f"{site.url}/{language}/workspace/")
    follow(fatima, ".alert a[href$='/complaints/']")
    follow(fatima, ".queue-name")
    fatima.check("[name=kind][value=refund]")
    fatima.fill("[name=amount]", "20")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".panel .form-end button")

    salma.goto(address)
    look_at(salma, javascript=javascript)
    follow(salma, "form[action$='/accept/'] button")
    fatima.reload()
    fatima.check("[name=how][value=cash]")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".form-end button")

    token = site.people["arrived"][language][0]
    found = site.ask(
        "select c.outcome, c.answer_centimes from aftersales_complaint c join orders_orderline l on l.id = c.line_id"
        " join orders_order o on o.id = l.order_id join orders_ordergroup g on g.id = o.group_id where g.token = %s",
        token,
    )
    assert found == [("refunded", 2000)]
    for page in (salma, fatima):
        page.context.close()


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["fr", "ar-without-js"])
def test_salma_sends_one_of_two_back_and_does_not_take_another_parcel(site, chromium, language, javascript):
    address = f"{site.url}/{language}/orders/{site.people['arrived'][language][1]}/"
    salma = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    salma.goto(address)
    follow(salma, "a[href$='/return/']")
    salma.fill("[name^=line-]", "1")
    look_at(salma, javascript=javascript)
    follow(salma, ".form-end button")

    fatima = chromium.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
    sign_in(fatima, site, site.people["fatima"], language)
    fatima.goto(f"{site.url}/{language}/workspace/{site.people['seller']}/returns/")
    follow(fatima, "a.queue-name")
    follow(fatima, "form[action$='/approve/'] button")
    follow(fatima, "a[href$='/receive/']")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".form-end button")
    fatima.check("[name=how][value=cash]")
    follow(fatima, "form[action$='/refunded/'] button")
    salma.goto(address)
    look_at(salma, javascript=javascript)
    assert site.ask("select state, refund_centimes from aftersales_return order by id desc limit 1") == [("refunded", 3800)]

    parcel = site.people["on_the_way"][language]
    fatima.goto(f"{site.url}/{language}/workspace/{site.people['seller']}/orders/{parcel['number']}/not-delivered/")
    fatima.check("[name=what][value=not_wanted]")
    look_at(fatima, javascript=javascript)
    follow(fatima, ".form-end button")
    follow(fatima, "a[href$='/back/']")
    follow(fatima, ".form-end button")
    salma.goto(f"{site.url}/{language}/orders/{parcel['token']}/")
    look_at(salma, javascript=javascript)
    assert site.ask("select status, due_centimes from orders_ordergroup where token = %s", parcel["token"]) == [("cancelled", 0)]
    for page in (salma, fatima):
        page.context.close()
