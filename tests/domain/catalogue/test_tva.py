from __future__ import annotations

from datetime import date

import pytest

from twiza.domain.catalogue.models import ProductKind
from twiza.domain.catalogue.selectors import kinds_by_tva_class, tva_class_of, tva_class_of_kind
from twiza.domain.catalogue.selectors.tva import TvaClass, tva_table

TODAY = date(2026, 11, 23)
TWENTY, TEN, NONE = (
    TvaClass("rate", 20, True, "a", ""),
    TvaClass("rate", 10, True, "b", ""),
    TvaClass("exempt", 0, True, "c", ""),
)
TABLE = {
    "*": [(date(2026, 1, 1), TWENTY)],
    "oils": [(date(2026, 1, 1), TEN), (date(2028, 1, 1), NONE)],
    "olive-oil": [(date(2027, 1, 1), NONE)],
}


@pytest.mark.parametrize(
    ("code", "family", "day", "expected"),
    [
        ("rug", "textiles", date(2026, 1, 1), TWENTY),
        ("rug", "textiles", date(2025, 12, 31), None),
        ("argan-oil", "oils", date(2027, 12, 31), TEN),
        ("argan-oil", "oils", date(2028, 1, 1), NONE),
        ("olive-oil", "oils", date(2026, 12, 31), TEN),
        ("olive-oil", "oils", date(2027, 1, 1), NONE),
        ("oils", None, date(2026, 6, 1), TEN),
    ],
)
def test_the_nearest_line_that_had_begun_speaks(code, family, day, expected):
    assert tva_class_of_kind(ProductKind(code=code, family_id=family), day, TABLE) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("rug", ("rate", 20)), ("couscous", ("exempt", 0)), ("argan-oil", ("rate", 10)), ("vegetables", ("outside", 0))],
)
@pytest.mark.django_db
def test_what_the_law_says_of_a_kind(code, expected):
    tva = tva_class_of_kind(ProductKind.objects.get(pk=code), TODAY)

    assert tva is not None
    assert (tva.code, tva.percent) == expected
    assert tva.law_in("ar") != tva.law_in("fr")


def test_a_product_follows_its_kind(market):
    honey = tva_class_of(market.honey.product, TODAY)

    assert honey is not None
    assert honey.code == "outside"


@pytest.mark.django_db
def test_every_kind_has_a_class_and_every_line_a_kind():
    listed = [kind.code for _tva, kinds in kinds_by_tva_class(TODAY) for kind in kinds]

    assert sorted(listed) == sorted(ProductKind.objects.filter(family__isnull=False).values_list("code", flat=True))
    known = {*ProductKind.objects.values_list("code", flat=True), "*"}
    assert tva_table().keys() <= known
    for dated in tva_table().values():
        for _begins, tva in dated:
            assert tva.code in {"rate", "exempt", "outside"}
            assert (tva.percent > 0) == (tva.code == "rate")
            assert tva.law_fr
            assert tva.law_ar
