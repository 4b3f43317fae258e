"""A cooperative, or an operator for many, brings a list of products onto the market and sees first what would happen."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.domain.inventory.product_lists import ARGAN, HEADINGS, SOAP, THYME, a_picture
from tests.jobs import run_jobs
from twiza.domain.catalogue.models import Product
from twiza.domain.directory.models import Mandate
from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.services.importing import lists
from twiza.domain.inventory.services.importing.work import advance_product_import, purge_old_lists
from twiza.kit import clock

ROWS = [THYME, ARGAN, ["", "", "miel", "1 kg", "20", "", "", ""]]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.REGISTER_FOLDER = str(tmp_path / "lists")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "lists"


def at(market) -> str:
    return f"/fr/workspace/{market.honey_cooperative.slug}/products/import/"


def written(rows, headings=HEADINGS) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return SimpleUploadedFile("nos produits.csv", text.getvalue().encode())


def sent(client, address, rows=ROWS, **said):
    answer = client.post(address, {"file": written(rows), "is_put_on_sale": "on", **said})
    assert answer.status_code == 302, answer.context["form"].errors
    return ProductImport.objects.latest("pk"), answer.url


def words(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def mandate(market, cooperative, agent):
    return Mandate.objects.create(
        organisation=cooperative, agent=agent, employer=market.operator, state="granted",
        granted_at=clock.now(), ends_at=clock.now() + timedelta(days=30), granted_by=market.mina,
    )  # fmt: skip


def test_a_list_goes_all_the_way_and_back(market, signed_in, folders):
    mina = signed_in(market.mina)
    photos = io.BytesIO()
    with zipfile.ZipFile(photos, "w") as archive:
        archive.writestr("thym.jpg", a_picture())
    made, address = sent(mina, at(market), photos=SimpleUploadedFile("photos.zip", photos.getvalue()))
    assert "refresh" in words(mina.get(address))

    run_jobs()
    page = words(mina.get(address))
    made.refresh_from_db()
    assert (made.state, made.counts["created"], made.counts["rejected"]) == ("checked", 2, 1)
    assert "Importer 2 lignes" in page
    assert "La ligne n&#x27;a pas de nom de produit." in page
    assert Product.objects.filter(name_fr=THYME[0]).count() == 0

    assert mina.post(f"{address}start/").url == address
    assert mina.post(f"{address}start/").url == address  # a second press does nothing more
    run_jobs()
    made.refresh_from_db()
    assert (made.state, made.counts["photos"]) == ("imported", 1)
    assert Product.objects.get(name_fr=THYME[0]).photos.count() == 1
    assert "Mina" in words(mina.get(address))
    report = b"".join(mina.get(f"{address}report.csv").streaming_content).decode("utf-8-sig")
    assert report.splitlines()[1].startswith("4,Produit,")

    assert mina.post(f"{address}undo/").status_code == 302
    run_jobs()
    made.refresh_from_db()
    assert (made.state, made.undone["removed"]) == ("undone", 2)
    assert "Mina a annulé cette importation" in words(mina.get(address)).replace("\xa0", " ")
    assert Product.objects.filter(name_fr=THYME[0]).count() == 0
    assert "nos produits.csv" in words(mina.get(at(market)))


def test_an_operator_imports_for_those_she_acts_for(market, signed_in):
    mandate(market, market.honey_cooperative, market.youssef)
    youssef = signed_in(market.youssef)
    store = "/fr/workspace/stores/souk-khouribga/import/"
    assert "Nahlat" in words(youssef.get(store))
    rows = [["Coopérative Nahlat", *THYME], ["Coopérative Taghart", *SOAP]]
    answer = youssef.post(store, {"file": written(rows, ["Coopérative", *HEADINGS]), "is_put_on_sale": "on"})
    made = ProductImport.objects.get()
    run_jobs()
    assert "Vous ne vous occupez" in words(youssef.get(answer.url))
    youssef.post(f"{answer.url}start/")
    run_jobs()

    made.refresh_from_db()
    assert (made.counts["created"], made.counts["rejected"]) == (1, 1)
    assert Product.objects.get(name_fr=THYME[0]).cooperative == market.honey_cooperative
    assert signed_in(market.mina).get(answer.url).status_code == 404


def test_another_cooperatives_list_does_not_exist(market, signed_in):
    made, _address = sent(signed_in(market.mina), at(market))
    own = f"/fr/workspace/{market.saffron_cooperative.slug}/products/import/{made.pk}/"
    for address in (own, f"{own}report.csv"):
        assert signed_in(market.fatima).get(address).status_code == 404
    assert signed_in(market.fatima).post(f"{own}start/").status_code == 404


@pytest.mark.parametrize("field", ["file", "photos"])
def test_what_is_no_table_or_no_zip_is_refused_and_not_kept(market, signed_in, folders, field):
    files = {"file": written(ROWS), field: SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing")}
    answer = signed_in(market.mina).post(at(market), files)

    assert list(answer.context["form"].errors) == [field]
    assert ProductImport.objects.count() == 0
    assert list(folders.glob("*")) == []


def test_headings_nobody_knows_are_asked_about_and_remembered(market, signed_in):
    mina = signed_in(market.mina)
    strange = ["Chose", "Fait", "Combien"]
    answer = mina.post(at(market), {"file": written([["Miel de jujubier", "500 g", "90"]], strange)})
    made = ProductImport.objects.get()
    columns = f"{answer.url}columns/"

    assert mina.get(answer.url).url == columns
    page = words(mina.get(columns))
    assert "Nous ne connaissons pas les titres" in page
    assert "Miel de jujubier" in page
    refused = mina.post(columns, {"column_0": "name"})
    assert "laquelle son prix" in words(refused)
    said = {"column_0": "name", "column_1": "content", "column_2": "price", "map_name": "Notre cahier"}
    assert mina.post(columns, said).url == answer.url
    run_jobs()
    made.refresh_from_db()
    assert (made.state, made.counts["created"]) == ("checked", 1)
    assert columns in words(mina.get(answer.url))

    again, address = sent(mina, at(market), file=written([["Miel de jujubier", "500 g", "95"]], strange))
    run_jobs()
    assert "Notre cahier" in words(mina.get(address))
    assert signed_in(market.fatima).get(columns).status_code == 404


def test_a_list_read_in_the_wrong_letters_is_opened_again_until_it_is_imported(market, signed_in):
    mina = signed_in(market.mina)
    text = "Produit;Prix;Contenance\nMiel d'Été;120;500 g\n".encode("cp1252")
    mina.post(at(market), {"file": SimpleUploadedFile("a.csv", text), "is_put_on_sale": "on"})
    run_jobs()
    made = ProductImport.objects.get()
    columns = f"{at(market)}{made.pk}/columns/"
    assert "Des lettres ou des cellules ont l’air fausses" in words(mina.get(columns))

    def opened(encoding: str, separator: str) -> tuple[str, list[list[str]]]:
        answer = mina.post(f"{at(market)}{made.pk}/open/", {"encoding": encoding, "separator": separator}, follow=True)
        assert answer.redirect_chain[-1][0] == columns
        made.refresh_from_db()
        return made.state, [one["samples"] for one in made.headings]

    assert opened("cp1256", ";") == ("opened", [["Miel d'ةté"], ["120"], ["500 g"]])
    assert opened("cp1252", ",") == ("opened", [["Miel d'Été;120;500 g"]])
    for cannot_be in ("utf-16", "utf-7"):
        assert opened(cannot_be, ";") == ("opened", [["Miel d'Été;120;500 g"]])
    assert opened("cp1252", ";") == ("opened", [["Miel d'Été"], ["120"], ["500 g"]])

    mina.post(columns, {"column_0": "name_fr", "column_1": "price", "column_2": "content"})
    run_jobs()
    mina.post(f"{at(market)}{made.pk}/start/")
    answer = mina.post(f"{at(market)}{made.pk}/open/", {"encoding": "cp1256", "separator": ","}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{at(market)}{made.pk}/"
    run_jobs()
    assert list(Product.objects.filter(name_fr__startswith="Miel d'").values_list("name_fr", flat=True)) == ["Miel d'Été"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_example_is_a_list_that_can_be_read(market, signed_in, language, tmp_path):
    answer = signed_in(market.mina).get(at(market).replace("/fr/", f"/{language}/") + "example.csv")
    path = tmp_path / "example.csv"
    path.write_bytes(b"".join(answer.streaming_content))

    faults = []
    outcome = lists.import_products(
        path, by=market.mina, cooperative=market.honey_cooperative, dry_run=True, on_fault=faults.append
    )
    assert (outcome.rejected, outcome.columns_not_read) == (0, ())
    assert [fault.code for fault in faults] == ["photo_not_sent"]


def test_a_file_on_which_workers_die_is_given_up(market, signed_in, monkeypatch):
    made, _address = sent(signed_in(market.mina), at(market))
    ProductImport.objects.filter(pk=made.pk).update(tries=4)

    advance_product_import(made.pk)

    made.refresh_from_db()
    assert (made.state, made.trouble_code) == ("failed", "product_list_kept_breaking")


def test_old_files_are_forgotten(market, signed_in, settings, folders):
    made, address = sent(signed_in(market.mina), at(market))
    run_jobs()
    settings.REGISTER_DAYS = 0

    assert purge_old_lists() == 1
    assert not made.kept_in.exists()
    signed_in(market.mina).post(f"{address}start/")
    run_jobs()
    made.refresh_from_db()
    assert (made.state, made.trouble_code) == ("failed", "product_list_gone")
    assert Product.objects.filter(name_fr=THYME[0]).count() == 0
