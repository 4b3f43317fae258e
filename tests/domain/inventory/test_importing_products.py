"""A list of products becomes what a cooperative sells, whoever wrote it; read again it changes nothing."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.inventory.product_lists import ARGAN, HEADINGS, SOAP, THYME, a_list, a_picture, a_zip, imported
from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.services import revise_product, set_price
from twiza.domain.inventory.models import ImportedProduct, ProductImport, StockLevel, StockMovement
from twiza.domain.inventory.services import count_stock
from twiza.domain.inventory.services.importing.cells import read_content, read_price, read_stock
from twiza.domain.inventory.services.importing.faults import CellTrouble
from twiza.domain.inventory.services.importing.headings import ProductHeadingsUnknown
from twiza.domain.inventory.services.importing.writing import details_of
from twiza.foundation.audit.models import Entry


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def on_sale(market):
    products = Product.objects.filter(cooperative=market.honey_cooperative, state="published").exclude(pk=market.honey.product_id)
    return {product.name_fr: product for product in products.order_by("pk")}


def test_a_list_becomes_products_on_sale(tmp_path, market):
    photos = a_zip(tmp_path, {"Photos/THYM.JPG": a_picture(), "autre.png": a_picture(form="PNG")})
    outcome, faults = imported(a_list(tmp_path, THYME, ARGAN, SOAP), market, photos=photos)

    assert (outcome.rows, outcome.created, outcome.updated, outcome.unchanged, outcome.rejected) == (3, 3, 0, 0, 0)
    assert (outcome.photos, outcome.batch) == (1, ProductImport.objects.get().pk)
    assert faults == [(4, "Type", "kind_guessed")]
    products = on_sale(market)
    sizes = {name: product.variants.get() for name, product in products.items()}
    assert {name: (p.kind_id, p.name_ar) for name, p in products.items()} == {
        "Miel de thym de montagne": ("honey", "عسل زعتر الجبل"),
        "Huile d'argan grillée": ("argan-oil", ""),
        "Savon noir à l'argan": ("black-soap", "صابون بلدي"),
    }
    assert {(v.net_content, v.net_unit, v.price_centimes) for v in sizes.values()} == {
        (500, "g", 12000), (500, "ml", 18950), (250, "g", 3500),
    }  # fmt: skip
    assert {v.stock.on_hand for v in sizes.values()} == {40, 12, 0}
    assert products["Miel de thym de montagne"].photos.count() == 1
    assert products["Miel de thym de montagne"].story_fr == "Récolté à la main."
    assert Entry.objects.filter(action="inventory.import_products", actor=market.mina).count() == 1


def test_a_second_reading_changes_nothing(tmp_path, market):
    path, photos = a_list(tmp_path, THYME, ARGAN, SOAP), a_zip(tmp_path, {"thym.jpg": a_picture()})
    imported(path, market, photos=photos)
    thyme = on_sale(market)["Miel de thym de montagne"]
    variant = thyme.variants.get()
    before = (Product.objects.count(), Variant.objects.count(), StockMovement.objects.count())

    outcome, _faults = imported(path, market, photos=photos)

    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 3)
    assert (Product.objects.count(), Variant.objects.count(), StockMovement.objects.count()) == before
    assert thyme.photos.count() == 1
    # What was sold and edited since is not turned back by a list that says nothing new.
    count_stock(variant.pk, 37, by=market.mina)
    set_price(variant, 13000, by=market.mina)
    revise_product(thyme, details_of(thyme, {"story_fr": "Écrit à la main."}), by=market.mina)
    outcome, _faults = imported(path, market, photos=photos)
    variant.refresh_from_db()
    thyme.refresh_from_db()
    assert outcome.unchanged == 3
    assert (variant.stock.on_hand, variant.price_centimes, thyme.story_fr) == (37, 13000, "Écrit à la main.")


def test_a_list_that_says_something_new_changes_only_that(tmp_path, market):
    imported(a_list(tmp_path, THYME), market)
    outcome, faults = imported(a_list(tmp_path, [*THYME[:4], "180", "50", "", ""]), market)

    variant = on_sale(market)["Miel de thym de montagne"].variants.get()
    assert (outcome.created, outcome.updated) == (0, 1)
    assert (variant.price_centimes, variant.stock.on_hand, variant.product.story_fr) == (18000, 50, "Récolté à la main.")
    assert faults == [(2, "Prix (DH)", "price_jumps")]
    assert ImportedProduct.objects.last().changed["price"] == [12000, 18000]


def test_another_size_joins_its_product(tmp_path, market):
    small = [*THYME[:3], "1 kg", "230", "5", "", ""]
    outcome, _faults = imported(a_list(tmp_path, THYME, small), market)

    product = on_sale(market)["Miel de thym de montagne"]
    assert outcome.created == 2
    assert [(v.net_content, v.price_centimes) for v in product.variants.all()] == [(500, 12000), (1000, 23000)]


def test_a_name_that_is_part_of_another_names_its_own_product(tmp_path, market):
    rows = [[f"Miel {number}", "", "miel", "500 g", str(50 + number), "", "", ""] for number in (4, 40, 400)]
    imported(a_list(tmp_path, *rows), market)
    outcome, _faults = imported(a_list(tmp_path, [*rows[0][:4], "60", "", "", ""]), market)

    assert outcome.updated == 1
    assert {name: one.variants.get().price_centimes for name, one in on_sale(market).items()} == {
        "Miel 4": 6000, "Miel 40": 9000, "Miel 400": 45000,
    }  # fmt: skip


def test_a_check_says_what_an_import_does_and_keeps_nothing(tmp_path, market):
    rows = [THYME, [*THYME[:3], "1 kg", "230", "5", "", ""], ARGAN, ["", "", "miel", "1 kg", "20", "", "", ""], THYME]
    counts = {model: model.objects.count() for model in (Product, Variant, StockLevel, ProductImport, Entry)}
    checked, told = imported(a_list(tmp_path, *rows), market, dry_run=True)

    assert {model: model.objects.count() for model in counts} == counts
    assert checked.batch is None
    done, told_again = imported(a_list(tmp_path, *rows), market)
    names = ("rows", "created", "updated", "unchanged", "rejected", "warnings")
    assert {name: getattr(checked, name) for name in names} == {name: getattr(done, name) for name in names}
    assert told == told_again


def test_faults_name_the_row_the_cell_and_the_reason(tmp_path, market):
    rows = [
        ["", "", "miel", "500 g", "90", "", "", ""],
        ["Sans prix", "", "miel", "500 g", "", "", "", ""],
        ["Prix de fou", "", "miel", "500 g", "beaucoup", "", "", ""],
        ["Deux lectures", "", "miel", "500 g", "1.200", "", "", ""],
        ["Trop cher", "", "miel", "500 g", "60000", "", "", ""],
        ["Négatif", "", "miel", "500 g", "-5", "", "", ""],
        ["Sans mesure", "", "miel", "500", "90", "", "", ""],
        ["Mesure inconnue", "", "miel", "3 arpents", "90", "", "", ""],
        ["Rien dedans", "", "miel", "", "90", "", "", ""],
        ["Machin", "", "zzzz", "500 g", "90", "", "", ""],
        ["Stock fou", "", "miel", "500 g", "90", "12,5", "", ""],
        ["Photo perdue", "", "miel", "500 g", "90", "1", "x.jpg", ""],
        ["<b>Miel</b> \u202egnol", "", "miel", "1 kg", "90", "1", "", ""],
        ["Trop", "", "miel", "1 kg", "90", "1", "", "", "de", "cellules"],
    ]
    outcome, faults = imported(a_list(tmp_path, *rows), market, photos=a_zip(tmp_path, {"y.jpg": a_picture()}))

    assert faults == [
        (2, "Produit", "no_product_name"),
        (3, "Prix (DH)", "price_missing"),
        (4, "Prix (DH)", "price_unreadable"),
        (5, "Prix (DH)", "number_ambiguous"),
        (6, "Prix (DH)", "price_implausible"),
        (7, "Prix (DH)", "price_unreadable"),
        (8, "Contenance", "unit_unknown"),
        (9, "Contenance", "unit_unknown"),
        (10, "Contenance", "content_missing"),
        (11, "Type", "kind_missing"),
        (12, "Stock", "stock_unreadable"),
        (13, "Photo", "photo_refused"),
        (14, "Produit", "marks_removed"),
        (15, "", "too_many_cells"),
    ]
    assert (outcome.created, outcome.rejected, outcome.warnings) == (3, 11, 3)
    assert sorted(on_sale(market)) == ["<b>Miel</b> gnol", "Photo perdue", "Stock fou"]


def test_a_row_that_contradicts_an_earlier_one_is_refused(tmp_path, market):
    outcome, faults = imported(a_list(tmp_path, THYME, [*THYME[:4], "99", "", "", ""]), market)

    assert (outcome.created, outcome.rejected, outcome.conflicting) == (1, 1, 1)
    assert faults[-1] == (3, "Produit", "same_product_before")
    assert Variant.objects.get(product__name_fr=THYME[0]).price_centimes == 12000


def test_promised_pieces_stay(tmp_path, market):
    market.order(market.honey, quantity=3)
    outcome, faults = imported(a_list(tmp_path, ["Miel de thym", "", "", "500 g", "120", "2", "", ""]), market)

    assert (outcome.unchanged, faults) == (1, [(2, "Stock", "stock_promised")])
    assert StockLevel.objects.get(variant=market.honey).on_hand == 10


def test_a_column_names_the_cooperative_among_those_one_looks_after(tmp_path, market):
    headings = ["Coopérative", *HEADINGS]
    rows = [
        ["coop nahlat", *THYME],
        ["3/2/2019", *ARGAN],
        [market.honey_cooperative.slug, *SOAP],
        ["Coopérative Zafrane Taliouine", *SOAP],
        ["", *SOAP],
    ]
    outcome, faults = imported(a_list(tmp_path, *rows, headings=headings), market, cooperative=None)

    assert (outcome.created, outcome.rejected) == (3, 2)
    assert [fault for fault in faults if fault[0] > 4] == [
        (5, "Coopérative", "cooperative_unknown"), (6, "Coopérative", "cooperative_missing"),
    ]  # fmt: skip
    everything, _faults = imported(a_list(tmp_path, rows[3], headings=headings), market, by=None, cooperative=None)
    assert everything.created == 1
    assert Product.objects.filter(cooperative=market.saffron_cooperative, name_fr=SOAP[0]).exists()
    _outcome, faults = imported(a_list(tmp_path, rows[3], headings=headings), market, by=None)
    assert faults == [(2, "Coopérative", "cooperative_other")]


def test_whoever_does_not_speak_for_it_imports_nothing(tmp_path, market):
    before = Product.objects.count()
    outcome, faults = imported(a_list(tmp_path, THYME), market, by=market.karim)

    assert (outcome.created, outcome.rejected, faults) == (0, 1, [(2, "", "refused")])
    assert Product.objects.count() == before


def test_a_file_without_a_price_or_a_name_is_no_list(tmp_path, market):
    with pytest.raises(ProductHeadingsUnknown):
        imported(a_list(tmp_path, ["Miel", "500 g"], headings=["Produit", "Contenance"]), market)
    assert ProductImport.objects.count() == 0


def test_an_import_begun_again_goes_on_where_it_was(tmp_path, market, monkeypatch):
    from twiza.domain.inventory.services.importing import lists

    path, photos = a_list(tmp_path, THYME, ARGAN), a_zip(tmp_path, {"thym.jpg": a_picture()})
    batch = ProductImport.objects.create(cooperative=market.honey_cooperative, by=market.mina, file_name="l", file_sha256="")
    with monkeypatch.context() as broken:
        broken.setattr(lists, "show_photo", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lists.import_list(batch, path, photos)
    assert len(on_sale(market)) == 1

    outcome = lists.import_list(batch, path, photos)

    assert (outcome.created, outcome.photos) == (2, 1)
    assert len(on_sale(market)) == 2
    assert StockMovement.objects.filter(level__variant__product__name_fr=THYME[0]).count() == 1


def test_the_command_answers_as_that_of_registers_does(tmp_path, market, capsys):
    path = str(a_list(tmp_path, THYME, ["", "", "miel", "1 kg", "20", "", "", ""]))
    slug = market.honey_cooperative.slug
    call_command("import_products", path, "--cooperative", slug, "--dry-run", "--json")
    checked = json.loads(capsys.readouterr().out)
    call_command("import_products", path, "--cooperative", slug, "--json", "--not-on-sale")
    answer = json.loads(capsys.readouterr().out)

    names = ("rows", "created", "updated", "unchanged", "rejected")
    assert [answer[name] for name in names] == [checked[name] for name in names] == [2, 1, 0, 0, 1]
    assert (checked["batch"], answer["batch"]) == (None, ProductImport.objects.get().pk)
    assert answer["faults"][-1]["code"] == "no_product_name"
    assert Product.objects.get(name_fr=THYME[0]).state == "draft"
    with pytest.raises(SystemExit) as ended:
        call_command("import_products", path, "--cooperative", "nobody", "--json")
    assert (ended.value.code, json.loads(capsys.readouterr().out)["error"]) == (2, "no_such_cooperative")


@pytest.mark.parametrize(
    ("text", "unit", "amount", "kept"),
    [
        ("500 g", "", 500, "g"), ("1/2 L", "", 500, "ml"), ("٢٥٠ غ", "", 250, "g"), ("½ kg", "", 500, "g"),
        ("1,5 kg", "", 1500, "g"), ("25cl", "", 250, "ml"), ("pot de 1 kg", "", 1000, "g"), ("1 200", "grammes", 1200, "g"),
        ("pièce", "", 1, "piece"), ("", "قطعة", 1, "piece"), ("6 pièces", "", 6, "piece"), ("0.125 kg", "", 125, "g"),
        ("120 x 180 cm", "", 1, "piece"),
    ],
)  # fmt: skip
def test_contents_are_read_as_people_write_them(text, unit, amount, kept):
    content = read_content(text, unit)
    assert (content.amount, content.unit) == (amount, kept)


@pytest.mark.parametrize(
    "text", ["", "beaucoup", "500", "0 g", "1.500 g", "6 x", "1/0 L", "2 pots de 500 g", "1e9 g", "-5 g" * 9]
)
def test_contents_that_say_nothing_sure_are_refused(text):
    with pytest.raises(CellTrouble):
        read_content(text)


@pytest.mark.parametrize(
    ("text", "centimes"),
    [
        ("39", 3900),
        ("39,50 DH", 3950),
        ("١٢", 1200),
        ("1 200 dhs", 120000),
        ("٣٩٫٥٠ درهم", 3950),
        ("120 د.م.", 12000),
        ("MAD 90", 9000),
    ],
)
def test_prices_are_read_as_people_write_them(text, centimes):
    assert read_price(text) == centimes


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_cell(text):
    for read in (read_price, read_stock, read_content):
        with suppress(CellTrouble):
            read(text)
