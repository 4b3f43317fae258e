"""Youssef reads the pages that are proposed for his storefront, and makes them his own."""

from __future__ import annotations

import pytest

from tests.people import SOUK
from twiza.domain.directory.services.operators import declare_data_handling
from twiza.domain.storefronts.models import StorefrontPage
from twiza.domain.storefronts.selectors import page_shown_in, unread_pages_of
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound

HERE = f"/fr/workspace/stores/{SOUK.slug}/pages/"


def test_what_is_still_proposed_is_said_until_he_read_it(market, signed_in):
    StorefrontPage.objects.all().delete()
    youssef = signed_in(market.youssef)

    assert "Français\u00a0: le modèle, pas encore lu" in youssef.get(HERE).content.decode()
    assert "Des mots sont proposés" in youssef.get(f"/fr/workspace/stores/{SOUK.slug}/setup/").content.decode()
    youssef.post(f"{HERE}keep/")

    assert unread_pages_of(market.souk) == []
    assert "pas encore lu" not in youssef.get(HERE).content.decode()


def test_he_writes_a_page_and_begins_it_again_in_one_language(market, signed_in):
    youssef = signed_in(market.youssef)
    proposed = youssef.get(f"{HERE}payment/").context["form"].initial

    youssef.post(f"{HERE}payment/", {"text_fr": "Par virement.", "text_ar": "بالتحويل."})
    assert page_shown_in(market.souk, "payment", "fr").text == "Par virement."
    assert "Français\u00a0: vos mots" in youssef.get(HERE).content.decode()
    youssef.post(f"{HERE}payment/", {"again": "fr"})

    assert page_shown_in(market.souk, "payment", "fr").text == proposed["text_fr"]
    assert page_shown_in(market.souk, "payment", "ar").text == "بالتحويل."


def test_what_is_too_long_is_kept_on_the_screen_and_not_saved(market, signed_in):
    youssef = signed_in(market.youssef)

    answer = youssef.post(f"{HERE}payment/", {"text_fr": "a" * 8001, "text_ar": "بالتحويل."})

    assert answer.status_code == 200
    assert "a" * 8001 in answer.content.decode()
    assert page_shown_in(market.souk, "payment", "ar").text != "بالتحويل."


def test_there_is_no_page_of_another_name(market, signed_in):
    assert signed_in(market.youssef).get(f"{HERE}gifts/").status_code == 404


def test_the_data_page_says_under_which_number_it_was_declared_or_that_none_is_known(market, signed_in, client):
    shown = f"/fr/stores/{SOUK.slug}/pages/data/"
    youssef = signed_in(market.youssef)
    assert "pas encore donné le numéro" in client.get(shown).content.decode()
    words = youssef.get(f"{HERE}data/").context["form"].initial

    youssef.post(f"{HERE}data/", {**words, "declaration": " D-GC-123 / 2026 "})

    assert "<bdi>D-GC-123 / 2026</bdi>" in client.get(shown).content.decode()
    assert Entry.objects.get(action="directory.declare_data_handling").details == {"number": "D-GC-123 / 2026"}
    market.operator.refresh_from_db()
    with pytest.raises(NotFound):
        declare_data_handling(market.operator, "X", by=market.mina)
