from __future__ import annotations

import pytest
import time_machine

from twiza.domain.inventory.models import Lot, StockLevel
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.kit.qr import qr_path


def at(market, path: str) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/stock/{market.saffron.pk}/{path}"


def on_hand(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).on_hand


def test_what_was_made_with_a_day_is_a_lot_made_today(market, signed_in):
    with time_machine.travel("2026-11-23T12:00:00Z"):
        signed_in(market.fatima).post(at(market, "add/"), {"quantity": "4", "best_before": "2026-12-31"})

    lot = Lot.objects.get()
    assert (lot.variant, lot.on_hand, lot.produced_on.isoformat()) == (market.saffron, 4, "2026-11-23")
    assert lot.best_before is not None
    assert lot.best_before.isoformat() == "2026-12-31"
    assert on_hand(market) == 44


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"best_before": "2026-11-22"}, "best_before"),
        ({"best_before": "demain"}, "best_before"),
        ({"produced_on": "2026-11-24"}, "produced_on"),
    ],
)
def test_a_day_that_cannot_be_is_answered_beside_it(market, signed_in, typed, field):
    with time_machine.travel("2026-11-23T12:00:00Z"):
        answer = signed_in(market.fatima).post(at(market, "add/"), {"quantity": "4", **typed})

    assert list(answer.context["receive_form"].errors) == [field]
    assert "field-error" in answer.content.decode()
    assert (on_hand(market), Lot.objects.count()) == (40, 0)


def test_past_its_date_is_shown_and_thrown_away_once(market, signed_in):
    with time_machine.travel("2026-11-23T12:00:00Z"):
        signed_in(market.fatima).post(at(market, "add/"), {"quantity": "4", "best_before": "2026-11-24"})
    code = Lot.objects.get().code
    with time_machine.travel("2026-11-25T12:00:00Z"):
        fatima = signed_in(market.fatima)
        assert "4 ont passé leur date" in fatima.get(f"/fr/workspace/{market.saffron_cooperative.slug}/stock/").content.decode()
        page = fatima.get(at(market, "")).content.decode()
        assert code in page
        assert saleable_quantities([market.saffron.pk]) == {market.saffron.pk: 40}

        said = fatima.post(at(market, f"lots/{code}/thrown-away/"), follow=True).content.decode()

    assert "4 jetés" in said
    assert code not in said
    assert on_hand(market) == 40


def test_another_cooperative_s_lot_is_not_there(market, signed_in):
    with time_machine.travel("2026-11-23T12:00:00Z"):
        signed_in(market.fatima).post(at(market, "add/"), {"quantity": "4", "best_before": "2026-12-31"})
    code = Lot.objects.get().code

    assert signed_in(market.hajja).post(at(market, f"lots/{code}/thrown-away/")).status_code == 404

    assert on_hand(market) == 44


def test_a_sheet_has_24_labels_that_lead_to_the_lot_s_page(market, signed_in, settings):
    with time_machine.travel("2026-11-23T12:00:00Z"):
        signed_in(market.fatima).post(at(market, "add/"), {"quantity": "4", "best_before": "2026-12-31"})
        code = Lot.objects.get().code
        pages = {
            language: signed_in(market.fatima).get(at(market, f"lots/{code}/labels/").replace("/fr/", f"/{language}/", 1))
            for language in ("fr", "ar")
        }

    for language, words in {"fr": "À consommer de préférence avant le", "ar": "يستحسن استهلاكه قبل"}.items():
        page = pages[language].content.decode()
        assert (page.count('<use href="#lot-square"/>'), page.count(words)) == (24, 24)
        assert page.count("<bdi>31/12/2026</bdi>") == 24
        assert 'style="' not in page
    assert qr_path(f"{settings.SITE_URL}/lots/{code}/").path in pages["fr"].content.decode()
