"""Whoever runs the market answers for its pages, and can neither close it nor choose what it shows."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from twiza.domain.storefronts.errors import CannotRunMarket
from twiza.domain.storefronts.selectors import page_shown_in, storefronts_run_by
from twiza.domain.storefronts.services import (
    close_storefront,
    entrust_market,
    keep_templates,
    look_first,
    take_back_market,
    write_page,
)
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound


def test_its_people_write_its_pages_until_it_is_taken_back(market):
    national = market.national
    with pytest.raises(NotFound):
        write_page(national, "returns", "fr", "Jamais.", by=market.youssef)

    entrust_market(market.operator, by=None)
    assert [one.slug for one in storefronts_run_by(market.youssef)] == ["souk-khouribga", "twiza"]
    assert page_shown_in(storefronts_run_by(market.youssef)[1], "legal", "fr").text.startswith("Souk Khouribga tient la vitrine")
    write_page(national, "returns", "fr", "Trente jours.", by=market.youssef)
    keep_templates(national, by=market.youssef)
    assert page_shown_in(national, "returns", "fr").text == "Trente jours."

    take_back_market(market.operator, by=None)
    with pytest.raises(NotFound):
        write_page(national, "returns", "fr", "Jamais.", by=market.youssef)
    assert page_shown_in(national, "returns", "fr").text == "Trente jours."
    acts = Entry.objects.filter(subject=f"storefront:{national.pk}").order_by("pk").values_list("action", flat=True)
    assert [act.removeprefix("storefronts.") for act in acts] == [
        "entrust_market",
        "write_page",
        "keep_templates",
        "take_back_market",
    ]


def test_nobody_closes_it_or_chooses_what_it_shows(market):
    entrust_market(market.operator, by=None)
    for act in (close_storefront, look_first):
        with pytest.raises(NotFound):
            act(market.national, by=market.youssef)
    market.national.refresh_from_db()
    assert (market.national.state, market.national.looks_first) == ("open", False)


def test_only_an_operator_runs_it_and_another_takes_it_back_in_vain(market, capsys):
    with pytest.raises(CannotRunMarket):
        entrust_market(market.honey_cooperative, by=None)
    call_command("entrust_market", market.operator.slug)
    take_back_market(market.honey_cooperative, by=None)

    market.national.refresh_from_db()
    assert market.national.operator_id == market.operator.pk
    assert capsys.readouterr().out == "Souk Khouribga gère maintenant le marché.\n"
