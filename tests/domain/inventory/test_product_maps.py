"""Whatever the headings of a list, its columns are said once and found again, by whoever said them and nobody else."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from tests.domain.inventory.product_lists import a_list, imported
from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.directory.errors import ColumnTwice
from twiza.domain.directory.models import SavedColumnMap
from twiza.domain.inventory.errors import ImportNotReady, ProductColumnsMissing
from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.services.importing.headings import ProductHeadingsUnknown, ProductMap
from twiza.domain.inventory.services.importing.saved_maps import save_product_map, saved_product_map, shelf_of_maps
from twiza.domain.inventory.services.importing.sending import (
    SentFile,
    receive_list,
    settle_product_columns,
    start_product_import,
)
from twiza.domain.inventory.services.importing.work import advance_product_import
from twiza.foundation.audit.models import Entry
from twiza.kit.column_maps import MapUnreadable

STRANGE = ["Chose", "Ce que ça fait", "Combien", "Prix"]
ROW = ["Miel de jujubier", "500 g", "90", "7"]
MAP = ProductMap({"chose": "name", "ce que ca fait": "content", "combien": "price", "prix": ""})


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.REGISTER_FOLDER = str(tmp_path / "lists")
    settings.MEDIA_ROOT = str(tmp_path / "media")


def received(tmp_path, market, headings=STRANGE, cooperative="") -> ProductImport:
    path = a_list(tmp_path, ROW, headings=headings)
    whose = cooperative or market.honey_cooperative
    with path.open("rb") as file:
        return receive_list(SentFile("liste.csv", [file.read()]), None, cooperative=whose, is_put_on_sale=True, by=market.mina)


def test_a_list_of_unknown_headings_waits_for_its_columns_and_is_read_as_they_are_said(tmp_path, market):
    made = received(tmp_path, market)
    assert made.state == "opened"
    assert [(one["heading"], one["samples"]) for one in made.headings][:2] == [("Chose", [ROW[0]]), ("Ce que ça fait", ["500 g"])]
    assert [one["guess"] for one in made.headings] == ["", "", "", "price"]
    with pytest.raises(ImportNotReady):
        start_product_import(made.pk, by=market.mina)

    settle_product_columns(made.pk, {0: "name", 1: "content", 2: "price", 3: ""}, map_name="Notre  cahier", by=market.mina)
    advance_product_import(made.pk)
    made.refresh_from_db()
    assert (made.state, made.counts["created"], made.columns_not_read) == ("checked", 1, ["Prix"])
    start_product_import(made.pk, by=market.mina)
    advance_product_import(made.pk)

    assert Variant.objects.get(product__name_fr="Miel de jujubier").price_centimes == 9000


def test_the_next_list_with_these_headings_is_read_without_a_question(tmp_path, market):
    settle_product_columns(
        received(tmp_path, market).pk, {0: "name", 1: "content", 2: "price"}, map_name="Cahier", by=market.mina
    )

    again = received(tmp_path, market)
    advance_product_import(again.pk)
    again.refresh_from_db()

    assert (again.state, again.map_name, again.counts["created"]) == ("checked", "Cahier", 1)
    elsewhere = received(tmp_path, market, cooperative=market.argan_cooperative)
    assert (elsewhere.state, elsewhere.map_name) == ("opened", "")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({0: "name"}, ProductColumnsMissing),
        ({2: "price"}, ProductColumnsMissing),
        ({0: "name", 2: "price", 3: "price"}, ColumnTwice),
    ],
)
def test_columns_that_cannot_be_read_are_refused_and_nothing_is_kept(tmp_path, market, fields, refusal):
    made = received(tmp_path, market)

    with pytest.raises(refusal):
        settle_product_columns(made.pk, fields, map_name="Cahier", by=market.mina)

    made.refresh_from_db()
    assert (made.state, made.column_map.get("columns")) == ("opened", None)
    assert not SavedColumnMap.objects.exists()


def test_what_was_understood_may_be_corrected_until_it_is_imported(tmp_path, market):
    made = received(tmp_path, market, headings=["Produit", "Contenance", "Stock", "Prix"])
    advance_product_import(made.pk)

    settle_product_columns(made.pk, {0: "name", 1: "content", 2: "price", 3: "stock"}, by=market.mina)
    advance_product_import(made.pk)
    start_product_import(made.pk, by=market.mina)
    advance_product_import(made.pk)

    variant = Variant.objects.get(product__name_fr="Miel de jujubier")
    assert (variant.price_centimes, variant.stock.on_hand) == (9000, 7)
    with pytest.raises(ImportNotReady):
        settle_product_columns(made.pk, {0: "name", 3: "price"}, by=market.mina)


def test_a_map_is_of_one_kind_of_file_and_of_one_cooperative(market):
    ours, theirs = (shelf_of_maps(one, None) for one in (market.honey_cooperative, market.argan_cooperative))
    save_product_map(ours, "Cahier", MAP, by=market.mina, headings=STRANGE)
    save_product_map(theirs, "Cahier", ProductMap({"x": "name", "y": "price"}), by=market.hajja)
    save_product_map(ours, "Cahier", MAP, by=market.mina, headings=STRANGE)

    assert saved_product_map(ours, "Cahier") == MAP
    assert SavedColumnMap.objects.count() == 2
    assert saved_product_map(shelf_of_maps(None, None), "Cahier") is None
    assert Entry.objects.filter(action="directory.save_column_map").count() == 3
    with pytest.raises(MapUnreadable):
        save_product_map(ours, "Cahier", ProductMap({"x": "rib"}), by=market.mina)


def test_the_command_reads_with_a_map_and_saves_it(tmp_path, market, capsys):
    path, said = a_list(tmp_path, ROW, headings=STRANGE), tmp_path / "map.toml"
    said.write_text('separator = ";"\n[columns]\nname = "Chose"\ncontent = ["Ce que ça fait"]\nprice = "COMBIEN"\n"" = "Prix"\n')
    slug = market.honey_cooperative.slug
    how = ["--cooperative", slug, "--json"]

    call_command("import_products", str(path), "--map", str(said), "--save-map", "Cahier", "--dry-run", *how)
    assert json.loads(capsys.readouterr().out)["new"] == 1
    assert not Product.objects.filter(name_fr="Miel de jujubier").exists()
    call_command("import_products", str(path), *how)
    answer = json.loads(capsys.readouterr().out)
    call_command("import_products", str(path), "--map", "Cahier", *how)
    again = json.loads(capsys.readouterr().out)

    assert (answer["column_map"], answer["new"], answer["matched"]) == ("Cahier", 1, 0)
    assert (again["column_map"], again["new"], again["matched"]) == ("", 0, 1)
    with pytest.raises(SystemExit) as ended:
        call_command("import_products", str(path), "--map", "Nothing", *how)
    assert (ended.value.code, json.loads(capsys.readouterr().out)["error"]) == (2, "map_unreadable")


def test_without_a_map_headings_that_nobody_knows_are_refused(tmp_path, market):
    with pytest.raises(ProductHeadingsUnknown):
        imported(a_list(tmp_path, ROW, headings=["Chose", "Fait", "Combien", "Autre"]), market)

    assert not ProductImport.objects.exists()
