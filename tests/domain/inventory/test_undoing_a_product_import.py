"""A list of products is taken back: what it brought goes, what somebody edited, sold or ordered since stays."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from tests.domain.inventory.product_lists import ARGAN, SOAP, THYME, a_list, a_picture, a_zip, imported
from twiza.domain.catalogue.models import Photo, Product, Variant
from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.errors import ProductImportNotFound
from twiza.domain.inventory.models import ProductImport, StockLevel, StockMovement
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import count_stock
from twiza.domain.inventory.services.importing.undoing import undo_product_import
from twiza.domain.orders.services import put_in_cart, start_cart


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def said(market):
    variants = Variant.objects.filter(product__cooperative=market.honey_cooperative).order_by("pk")
    return [
        (
            v.product.name_fr,
            v.product.name_ar,
            v.product.kind_id,
            v.product.story_fr,
            v.product.state,
            v.price_centimes,
            v.stock.on_hand,
        )
        for v in variants
    ]


def variant_named(name) -> Variant:
    return Variant.objects.get(product__name_fr=name)


def test_undoing_leaves_what_was_before(tmp_path, market):
    before = (said(market), Photo.objects.count(), StockMovement.objects.count())
    photos = a_zip(tmp_path, {"thym.jpg": a_picture()})
    outcome, _faults = imported(a_list(tmp_path, THYME, ARGAN, SOAP), market, photos=photos)

    undone = undo_product_import(outcome.batch, by=market.mina)

    assert (undone.removed, undone.restored, undone.kept, undone.was_undone_before) == (3, 0, 0, False)
    assert (said(market), Photo.objects.count(), StockMovement.objects.count()) == before
    assert undo_product_import(outcome.batch, by=market.mina).was_undone_before
    assert stock_faults()[1] == []


def test_values_go_back_to_what_they_were(tmp_path, market):
    before = said(market)
    row = ["Miel de thym", "عسل حر", "amlou", "500 g", "150", "25", "", "Nouvelle histoire."]
    outcome, _faults = imported(a_list(tmp_path, row), market)
    assert said(market) != before

    undone = undo_product_import(outcome.batch, by=market.mina)

    assert (undone.removed, undone.restored, undone.kept) == (0, 1, 0)
    assert said(market) == before


def test_what_was_sold_since_stays_sold(tmp_path, market):
    outcome, _faults = imported(a_list(tmp_path, ["Miel de thym", "", "", "500 g", "120", "25", "", ""]), market)
    market.order(market.honey, quantity=4)

    undo_product_import(outcome.batch, by=market.mina)

    level = StockLevel.objects.get(variant=market.honey)
    assert (level.on_hand, level.allocated) == (10, 4)


def test_later_edits_stay(tmp_path, market):
    outcome, _faults = imported(a_list(tmp_path, THYME, ARGAN, ["Miel de thym", "", "", "500 g", "150", "25", "", ""]), market)
    set_price(variant_named(THYME[0]), 11000, by=market.mina)
    count_stock(market.honey.pk, 8, by=market.mina)

    undone = undo_product_import(outcome.batch, by=market.mina)

    assert (undone.removed, undone.restored, undone.kept) == (1, 1, 1)
    assert [(one.name, one.reason) for one in undone.kept_products] == [(THYME[0], "edited")]
    market.honey.refresh_from_db()
    assert (market.honey.price_centimes, market.honey.stock.on_hand) == (12000, 8)
    assert variant_named(THYME[0]).price_centimes == 11000


def test_what_somebody_ordered_is_taken_off_sale_and_stays(tmp_path, market):
    outcome, _faults = imported(a_list(tmp_path, THYME, ARGAN), market)
    put_in_cart(start_cart(language="fr"), variant_named(THYME[0]).pk, 1, market.national)

    undone = undo_product_import(outcome.batch, by=market.mina)

    assert (undone.removed, [one.reason for one in undone.kept_products]) == (1, ["in_use"])
    assert Product.objects.get(name_fr=THYME[0]).state == "retired"


def test_a_later_list_keeps_what_it_names_too(tmp_path, market):
    first, _faults = imported(a_list(tmp_path, THYME, ARGAN), market)
    imported(a_list(tmp_path, [*THYME[:5], "50", "", ""]), market)

    undone = undo_product_import(first.batch, by=market.mina)

    assert (undone.removed, [one.reason for one in undone.kept_products]) == (1, ["other_list"])
    assert variant_named(THYME[0]).stock.on_hand == 50


def test_after_undoing_the_list_can_be_read_again(tmp_path, market):
    path = a_list(tmp_path, THYME, ["Miel de thym", "", "", "500 g", "150", "25", "", ""])
    outcome, _faults = imported(path, market)
    undo_product_import(outcome.batch, by=market.mina)

    again, _faults = imported(path, market)

    assert (again.created, again.updated) == (1, 1)


def test_the_command_undoes_and_says_what(tmp_path, market, capsys):
    outcome, _faults = imported(a_list(tmp_path, THYME), market)
    call_command("undo_product_import", str(outcome.batch), "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["removed"] == 1
    assert Product.objects.filter(name_fr=THYME[0]).exists()

    call_command("undo_product_import", str(outcome.batch), "--json")
    answer = json.loads(capsys.readouterr().out)

    assert (answer["removed"], answer["kept"], answer["batch"]) == (1, 0, outcome.batch)
    assert ProductImport.objects.get().state == "undone"
    with pytest.raises(ProductImportNotFound):
        undo_product_import(987, by=None)
