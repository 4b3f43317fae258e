"""A storefront's pages say what its operator wrote, and what the template says where nobody wrote anything."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tests.people import SOUK
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.reaching import add_own_contact
from twiza.domain.storefronts.errors import PageTooLong
from twiza.domain.storefronts.models import Storefront, StorefrontPage
from twiza.domain.storefronts.selectors import (
    PAGE_KINDS,
    Ways,
    page_drafts_of,
    page_shown_in,
    pages_shown_in,
    sellers_in,
    unread_pages_of,
)
from twiza.domain.storefronts.selectors.templates import LANGUAGES, WITHOUT_TEMPLATE, WRITTEN, asked_in, filled_template
from twiza.domain.storefronts.services import (
    LONGEST_PAGE,
    begin_page_again,
    choose_dates,
    choose_ways,
    describe_storefront,
    keep_templates,
    write_page,
)
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound

carrying_over = importlib.import_module("twiza.domain.storefronts.migrations.0006_pages")


def said(storefront: Storefront, kind: str, language: str) -> tuple[str, str]:
    page = page_shown_in(Storefront.objects.get(pk=storefront.pk), kind, language)
    return page.text, page.language


def test_templates_speak_of_the_operator_its_number_and_its_days(market):
    closes = datetime(2027, 3, 11, 12, 0, tzinfo=UTC)
    choose_dates(market.souk, None, closes, by=market.youssef)

    assert said(market.souk, "returns", "fr")[0].endswith("Vous pouvez aussi nous appeler au 06 83 00 60 00.")
    assert "سوق خريبكة" in said(market.souk, "legal", "ar")[0]
    assert "au 11 mars 2027." in said(market.souk, "ordering", "fr")[0]
    assert "إلى 11 مارس 2027." in said(market.souk, "ordering", "ar")[0]


def test_a_line_about_what_nobody_knows_is_left_out(market):
    describe_storefront(market.souk, replace(SOUK, phone=""), by=market.youssef)

    for page in pages_shown_in(Storefront.objects.get(pk=market.souk.pk), "fr"):
        assert "{" not in page.text
        assert "au ." not in page.text
    assert "Téléphone" not in said(market.souk, "legal", "fr")[0]


def test_only_the_ways_it_offers_are_spoken_of(market):
    ships, fetched = "expédie elle-même", "retirer votre colis là où"
    text, _language = said(market.souk, "delivery", "fr")
    assert (ships in text, fetched in text, "Rien n'est expédié" in text) == (True, True, False)
    assert "payer ainsi" not in said(market.souk, "payment", "fr")[0]
    assert "payez ainsi" not in said(market.souk, "payment", "fr")[0]

    choose_ways(market.souk, Ways(("cash_on_delivery",), ("pickup",), ("fr", "ar")), by=market.youssef)
    text, _language = said(market.souk, "delivery", "fr")
    assert (ships in text, fetched in text, "Rien n'est expédié" in text) == (False, False, True)
    assert "[" not in text + said(market.souk, "delivery", "ar")[0]
    assert "لا يُرسل أي طرد" in said(market.souk, "delivery", "ar")[0]


@pytest.fixture
def bank_transfer(settings, monkeypatch):
    """Another way to pay than cash, as an installation may have."""
    way = SimpleNamespace(name=gettext_lazy("Payment"))
    monkeypatch.setitem(sys.modules, "twiza.adapters.payments.bank_transfer", SimpleNamespace(Provider=lambda: way))
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery", "bank_transfer"]


def test_other_ways_to_pay_are_named_beside_cash_or_alone(market, bank_transfer):
    both = said(market.souk, "payment", "fr")[0]
    assert both.startswith("À la livraison, en espèces")
    assert "\n\nVous pouvez aussi payer ainsi\N{NO-BREAK SPACE}: Paiement." in both

    choose_ways(market.souk, Ways(("bank_transfer",), ("pickup",), ("fr", "ar")), by=market.youssef)

    alone = said(market.souk, "payment", "fr")[0]
    assert ("espèces" in alone, "Vous payez ainsi\N{NO-BREAK SPACE}: Paiement." in alone) == (False, True)
    assert "طرق الأداء: الأداء." in said(market.souk, "payment", "ar")[0]


def test_every_page_is_proposed_in_both_languages_with_the_same_facts():
    for kind in set(PAGE_KINDS) - WITHOUT_TEMPLATE:
        facts = [sorted(asked_in((WRITTEN / f"{kind}.{language}.txt").read_text("utf-8"))) for language in LANGUAGES]
        assert facts[0] == facts[1], kind


def test_own_words_are_shown_until_the_template_is_taken_again(market):
    template, _language = said(market.souk, "payment", "fr")

    write_page(market.souk, "payment", "fr", "Par virement.\r\n\r\n\r\n\r\nOu en espèces.  ", by=market.youssef)
    assert said(market.souk, "payment", "fr") == ("Par virement.\n\nOu en espèces.", "fr")
    recorded = Entry.objects.get(action="storefronts.write_page").details
    assert recorded == {"page": "payment", "language": "fr", "words": "Par virement.\n\nOu en espèces."}

    begin_page_again(market.souk, "payment", "fr", by=market.youssef)
    assert said(market.souk, "payment", "fr") == (template, "fr")


def test_words_kept_as_the_template_has_them_follow_its_facts(market):
    template, _language = said(market.souk, "returns", "fr")

    write_page(market.souk, "returns", "fr", template, by=market.youssef)
    describe_storefront(market.souk, replace(SOUK, phone="+212683006099"), by=market.youssef)

    assert StorefrontPage.objects.get(kind="returns", language="fr", storefront=market.souk).text == ""
    assert "06 83 00 60 99" in said(market.souk, "returns", "fr")[0]


def test_words_written_in_one_language_are_truer_than_a_template_nobody_read(market):
    StorefrontPage.objects.all().delete()
    write_page(market.souk, "delivery", "fr", "Nous livrons nous-mêmes.", by=market.youssef)

    assert said(market.souk, "delivery", "ar") == ("Nous livrons nous-mêmes.", "fr")
    keep_templates(market.souk, by=market.youssef)
    assert said(market.souk, "delivery", "ar")[1] == "ar"
    assert said(market.souk, "delivery", "zgh") == ("Nous livrons nous-mêmes.", "fr")


def test_its_own_conditions_are_a_page_only_once_they_are_written(market):
    with pytest.raises(NotFound):
        said(market.souk, "conditions", "fr")

    write_page(market.souk, "conditions", "ar", "الحد الأدنى للطلب 100 درهم.", by=market.youssef)

    assert said(market.souk, "conditions", "fr") == ("الحد الأدنى للطلب 100 درهم.", "ar")
    assert len(pages_shown_in(market.souk, "fr")) == len(PAGE_KINDS)


def test_a_template_written_anew_asks_those_with_their_own_words_to_look(market):
    write_page(market.souk, "hygiene", "fr", "Tout est propre.", by=market.youssef)
    StorefrontPage.objects.update(template_dated=date(2026, 1, 1))

    drafts = page_drafts_of(market.souk)

    assert [(draft.is_own, draft.is_behind) for draft in drafts["hygiene"]] == [(True, True), (False, False)]
    assert unread_pages_of(market.souk) == []


def test_strangers_and_agents_write_nothing_and_what_is_too_long_is_refused(market):
    add_member(market.operator, market.karim, "operator_agent", None)
    before = list(StorefrontPage.objects.order_by("pk").values())

    for person in (market.karim, market.mina):
        with pytest.raises(NotFound):
            write_page(market.souk, "payment", "fr", "Cadeau.", by=person)
        with pytest.raises(NotFound):
            begin_page_again(market.souk, "payment", "fr", by=person)
        with pytest.raises(NotFound):
            keep_templates(market.souk, by=person)
    for kind, language in (("gifts", "fr"), ("payment", "en")):
        with pytest.raises(NotFound):
            write_page(market.souk, kind, language, "Cadeau.", by=market.youssef)
    with pytest.raises(PageTooLong):
        write_page(market.souk, "payment", "fr", "a" * (LONGEST_PAGE + 1), by=market.youssef)

    assert list(StorefrontPage.objects.order_by("pk").values()) == before


def test_sellers_are_named_with_their_number_and_only_public_contacts(market):
    add_own_contact(market.honey_cooperative, kind="phone", typed="0612345678", visibility="public", by=market.mina)
    add_own_contact(market.honey_cooperative, kind="phone", typed="0612345679", visibility="private", by=market.mina)

    (seller,) = sellers_in(market.souk).sellers

    assert (seller.name, seller.registration) == ("Coopérative Nahlat", "3/2/2019, Tribunal")
    assert [contact.shown for contact in seller.contacts] == ["06 12 34 56 78"]
    assert sellers_in(market.national).total == 3
    assert sellers_in(market.national, page=99).page == 1


@given(st.dictionaries(st.sampled_from(["name", "operator", "phone", "opens", "closes", "ice", "seat"]), st.text(max_size=20)))
def test_no_template_ever_shows_a_place_that_was_not_filled(facts):
    without_braces = {name: value.replace("{", "").replace("}", "") for name, value in facts.items()}

    for kind in PAGE_KINDS:
        for language in LANGUAGES:
            assert "{" not in filled_template(kind, language, without_braces)


def test_conditions_of_before_are_carried_over_under_their_headings():
    proposed = carrying_over.PROPOSED["fr"]
    text = "\n\n".join(
        [
            f"Livraison\n{proposed[1]}",
            f"Retour\n{proposed[3].format(phone='06 83 00 60 00')}",
            "Hygiène\nTout est propre.",
            "Minimum : 100 DH.\nPas de retour le vendredi.",
            "Paiement\nPar virement.",
        ]
    )

    assert carrying_over.parts_of(text.replace("\n", "\r\n"), "fr") == {
        "hygiene": "Tout est propre.",
        "conditions": "Minimum : 100 DH.\nPas de retour le vendredi.",
        "payment": "Par virement.",
    }
    assert carrying_over.parts_of("", "ar") == {}
