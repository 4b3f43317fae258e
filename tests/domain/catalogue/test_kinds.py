from __future__ import annotations

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Count

from tests.people import product
from twiza.domain.catalogue.models import Product, ProductKind
from twiza.domain.catalogue.selectors import a_choice_of, products_on_sale
from twiza.entrypoints.ui.drawings import DRAWINGS
from twiza.kit.quantities import content_label


@pytest.mark.django_db
def test_every_kind_has_a_drawing_of_its_own_that_exists():
    assert {kind.drawing for kind in ProductKind.objects.all()} <= set(DRAWINGS)
    assert ProductKind.objects.filter(family__isnull=False).count() >= 120


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["name_fr", "name_ar", "name_en"])
def test_no_two_kinds_of_the_market_have_one_name(name):
    names = ProductKind.objects.filter(family__isnull=False).values_list(name, flat=True)

    assert all(names)
    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
def test_no_family_is_too_long_to_look_through():
    families = ProductKind.objects.filter(family=None).annotate(held=Count("kinds"))

    assert {family.code: family.held for family in families if not 1 <= family.held <= 25} == {}


@pytest.mark.django_db
def test_more_kinds_come_without_touching_what_staff_wrote():
    ProductKind.objects.filter(code="honey").update(name_fr="Miels")
    ProductKind.objects.filter(code="pollen").delete()

    import_module("twiza.domain.catalogue.migrations.0005_more_kinds").add(apps, None)

    assert ProductKind.objects.get(code="honey").name_fr == "Miels"
    assert ProductKind.objects.get(code="pollen").family_id == "honey-family"


def test_a_taste_of_the_market_comes_from_everybody_before_anybody_twice(market):
    for number in range(5):
        product(market.honey_cooperative, market.mina, "honey", f"Miel {number}", "عسل", "500", "g", 9000, 5)

    chosen = Product.objects.in_bulk(ids := a_choice_of(products_on_sale(), 4))

    assert {chosen[pk].cooperative for pk in ids[:3]} == {
        market.honey_cooperative,
        market.argan_cooperative,
        market.saffron_cooperative,
    }


@pytest.mark.parametrize(
    ("content", "unit", "language", "label"),
    [("500", "g", "fr", "500 g"), ("1500", "ml", "fr", "1,5 l"), ("1500", "ml", "en", "1.5 l"), ("500", "g", "ar", "500 غ"),
     ("1", "piece", "fr", ""), ("6", "piece", "fr", "6 pièces"), ("6", "piece", "ar", "6 قطع"), ("12", "piece", "ar", "12 قطعة"),
     ("6", "piece", "zgh", "6 pièces")],
)  # fmt: skip
def test_contents_are_written_as_a_label_of_the_language_writes_them(content, unit, language, label):
    assert content_label(Decimal(content), unit, language) == label
