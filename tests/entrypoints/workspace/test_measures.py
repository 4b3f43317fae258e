"""A size that is sold already is weighed and measured anew, and sending is priced by it."""

from __future__ import annotations

import pytest

from twiza.domain.catalogue.errors import LighterThanContent
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services.measuring import measure_variant
from twiza.kit.errors import NotFound


def here(market) -> str:
    return f"/fr/workspace/{market.honey_cooperative.slug}/products/{market.honey.product.slug}/size/{market.honey.pk}/"


def measured(market) -> tuple[int, int | None]:
    found = Variant.objects.get(pk=market.honey.pk)
    return found.gross_weight_grams, found.packed_cm3


def test_it_is_weighed_and_measured_and_a_known_size_stays(market, signed_in):
    mina = signed_in(market.mina)
    assert "On ne connaît pas sa taille" in mina.get(here(market)).content.decode()

    mina.post(here(market), {"packed_grams": "640", "packed_size": "10 x 8 x 8"})
    assert measured(market) == (640, 640)
    mina.post(here(market), {"packed_grams": "700"})
    assert measured(market) == (700, 640)
    assert here(market) in mina.get(here(market).rpartition("size/")[0]).content.decode()


@pytest.mark.parametrize(
    "typed", [{"packed_grams": "499"}, {"packed_grams": ""}, {"packed_grams": "600", "packed_size": "large"}]
)
def test_what_cannot_be_is_asked_again(market, signed_in, typed):
    before = measured(market)
    assert "field-error" in signed_in(market.mina).post(here(market), typed).content.decode()
    assert measured(market) == before


def test_only_its_people_measure_it(market):
    before = measured(market)
    with pytest.raises(NotFound):
        measure_variant(market.honey, packed_grams=900, packed_cm3=None, by=market.fatima)
    with pytest.raises(LighterThanContent):
        measure_variant(market.honey, packed_grams=100, packed_cm3=None, by=market.mina)
    assert measured(market) == before
