"""Whoever keeps the register imports a file step by step, sees what would happen before it does, and reads what was wrong."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from tests.jobs import run_jobs
from twiza.domain.directory.models import ImportBatch, Organisation, UploadedRegister
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.headings import FIELDS
from twiza.domain.directory.services.importing.saved_maps import saved_column_maps
from twiza.domain.directory.services.memberships import add_member
from twiza.entrypoints.workspace.import_fields import FIELD_GROUPS
from twiza.entrypoints.workspace.import_pages import BAR_WIDTH, parts_of

HEADINGS = ["Dénomination", "اسم التعاونية", "Libellé du lieu", "Province", "Tél.", "N° d'immatriculation", "Tribunal", "RIB"]
ROWS = [
    ["Coopérative Amal", "تعاونية الأمل", "Taliouine", "Taroudant", "06 61 23 45 67", "56/268/2018", "TPI de Taroudant", ""],
    ["Coopérative Nour", "", "Taliouine", "Taroudant", "=1+1", "57/268/2018", "TPI de Taroudant", ""],
    ["", "", "Taliouine", "Taroudant", "", "58/268/2018", "", "310810101402900442310133"],
    ["Coopérative Nour Deux", "", "Taliouine", "Taroudant", "", "57/268/2018", "TPI de Taroudant", ""],
]  # fmt: skip
AT = "/fr/workspace/register/import/"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.REGISTER_FOLDER = str(tmp_path / "registers")
    return tmp_path / "registers"


@pytest.fixture
def youssef(market, signed_in):
    entrust_register(market.operator, by=None)
    return signed_in(market.youssef)


def written(rows=ROWS, headings=HEADINGS, encoding="cp1256", separator=";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def sent(client, content=None, name="registre 2025.csv"):
    answer = client.post(AT, {"file": SimpleUploadedFile(name, written() if content is None else content)})
    assert answer.status_code == 302, answer.context["form"].errors
    upload = UploadedRegister.objects.latest("pk")
    assert answer.url == f"{AT}{upload.pk}/"
    return upload


def state(upload) -> str:
    upload.refresh_from_db()
    return upload.state


ANSWERS = {"source": "ODCO", "licence": "ODbL-1.0", "as_of": "2025-01-31", "contacts_are": "partners"}
COLUMNS = {"column_0": "name", "column_1": "name_ar", "column_2": "commune", "column_3": "province", "column_4": "phone",
           "column_5": "registration", "column_6": "court", "column_7": "rib"}  # fmt: skip


def checked(client, upload, **said):
    run_jobs()
    answer = client.post(f"{AT}{upload.pk}/columns/", {**COLUMNS, **ANSWERS, **said})
    assert answer.status_code == 302, answer.context["form"].errors
    run_jobs()
    return state(upload)


def words(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_messy_file_goes_all_the_way(youssef, market):
    before = Organisation.objects.count()
    upload = sent(youssef)
    assert "refresh" in words(youssef.get(f"{AT}{upload.pk}/"))

    run_jobs()
    page = words(youssef.get(f"{AT}{upload.pk}/", follow=True))
    assert (upload.file_name, state(upload)) == ("registre 2025.csv", "opened")
    assert (upload.column_map["encoding"], upload.column_map["separator"]) == ("cp1256", ";")
    assert "تعاونية الأمل" in page
    assert "310810101402900442310133" not in page
    assert "…0133" in page
    assert [one["guess"] for one in upload.headings] == [
        "name", "name_ar", "", "province", "phone", "registration", "court", "rib",
    ]  # fmt: skip

    assert checked(youssef, upload) == "checked"
    assert upload.counts == {
        "rows": 4, "new": 2, "changed": 0, "matched": 0, "conflicting": 1, "refused": 1, "warnings": 1, "faults": 3,
    }  # fmt: skip
    assert (Organisation.objects.count(), ImportBatch.objects.count()) == (before, 0)
    page = words(youssef.get(f"{AT}{upload.pk}/"))
    assert "refresh" not in page
    assert "Importer 2 coopératives" in page
    assert [fault["line"] for fault in upload.first_faults] == [4, 5, 3]  # refused rows first

    assert youssef.post(f"{AT}{upload.pk}/start/").status_code == 302
    run_jobs()
    assert state(upload) == "imported"
    assert Organisation.objects.count() == before + 2
    batch = ImportBatch.objects.get()
    assert (upload.batch, upload.imported_by, batch.by) == (batch, market.youssef, market.youssef)
    assert (batch.source, batch.licence, batch.file_name) == ("ODCO", "ODbL-1.0", "registre 2025.csv")
    assert (batch.file_sha256, batch.created) == (upload.file_sha256, 2)
    assert Organisation.objects.get(slug="cooperative-amal").published_revision.commune_id == "09.541.01.11"
    assert "registre 2025.csv" in words(youssef.get(AT))
    assert words(youssef.get(f"{AT}{upload.pk}/"))


def test_the_report_is_whole_in_the_readers_language_and_runs_nothing(youssef):
    upload = sent(youssef)
    checked(youssef, upload)

    french = b"".join(youssef.get(f"{AT}{upload.pk}/report.csv").streaming_content).decode("utf-8-sig")
    arabic = b"".join(youssef.get(f"{AT}{upload.pk}/report.csv".replace("/fr/", "/ar/")).streaming_content).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(french)))
    assert [row[0] for row in rows[1:]] == ["3", "4", "5"]
    assert rows[1][2] == "'=1+1"
    assert {len(row) for row in rows} == {5}
    assert "310810101402900442310133" not in french
    with override("ar"):
        assert arabic != french
        assert len(list(csv.reader(io.StringIO(arabic)))) == 4


def test_a_second_import_of_the_same_file_has_nothing_to_do(youssef):
    first = sent(youssef)
    checked(youssef, first)
    youssef.post(f"{AT}{first.pk}/start/")
    run_jobs()
    second = sent(youssef)

    assert checked(youssef, second) == "checked"
    assert (second.counts["new"], second.counts["changed"], second.counts["matched"]) == (0, 0, 2)
    page = words(youssef.get(f"{AT}{second.pk}/"))
    assert f"{AT}{first.pk}/" in page
    assert f"{AT}{second.pk}/start/" not in page


def test_two_who_press_import_at_once_import_once(youssef, market):
    upload = sent(youssef)
    checked(youssef, upload)

    assert youssef.post(f"{AT}{upload.pk}/start/").status_code == 302
    late = youssef.post(f"{AT}{upload.pk}/start/", follow=True)
    run_jobs()
    again = youssef.post(f"{AT}{upload.pk}/start/", follow=True)
    run_jobs()

    assert "alert-danger" in words(late)
    assert "alert-danger" in words(again)
    assert ImportBatch.objects.count() == 1


def test_a_column_without_a_name_is_asked_for_and_what_was_chosen_is_kept(youssef):
    upload = sent(youssef)
    run_jobs()

    answer = youssef.post(f"{AT}{upload.pk}/columns/", {**COLUMNS, **ANSWERS, "column_0": "", "column_1": "", "source": "Moi"})

    assert 'value="Moi"' in words(answer)
    assert answer.context["form"].non_field_errors()
    assert state(upload) == "opened"


@pytest.mark.parametrize("said", [{"column_6": "province"}, {"source": ""}, {"licence": "mine"}, {"as_of": "2999-01-01"},
                                  {"as_of": "x"}, {"contacts_are": "all"}, {"column_0": "rm -rf"}])  # fmt: skip
def test_answers_that_cannot_be_are_told_and_nothing_is_checked(youssef, said):
    upload = sent(youssef)
    run_jobs()

    answer = youssef.post(f"{AT}{upload.pk}/columns/", {**COLUMNS, **ANSWERS, **said})

    assert answer.context["form"].errors
    assert "alert-danger" in words(answer)
    assert state(upload) == "opened"


def test_a_column_that_nobody_wants_read_is_not_read(youssef):
    upload = sent(youssef, written(rows=ROWS[:1]))

    checked(youssef, upload, column_4="", column_5="", column_6="")
    youssef.post(f"{AT}{upload.pk}/start/")
    run_jobs()

    organisation = Organisation.objects.get(slug="cooperative-amal")
    assert not organisation.contacts.exists()
    assert not organisation.identifiers.exists()


def test_headings_that_nobody_knows_can_be_told(youssef):
    upload = sent(youssef, written(rows=[["Amal", "Tata"]], headings=["Machin", "Truc"]), name="..\\..\\éti\u202equette.csv")
    run_jobs()

    assert (state(upload), upload.file_name) == ("opened", "étiquette.csv")
    assert [one["guess"] for one in upload.headings] == ["", ""]
    answer = youssef.post(f"{AT}{upload.pk}/columns/", {"column_0": "name", "column_1": "province", **ANSWERS})
    assert answer.status_code == 302
    run_jobs()
    assert (state(upload), upload.counts["new"]) == ("checked", 1)


def test_a_file_read_in_the_wrong_letters_is_opened_again(youssef):
    upload = sent(youssef, written(encoding="cp1252", rows=[["Coopérative été", "", "Taliouine", "Taroudant", "", "", "", ""]],
                                   headings=[*HEADINGS[:1], "Nom ar", *HEADINGS[2:]]))  # fmt: skip
    run_jobs()

    youssef.post(f"{AT}{upload.pk}/open/", {"encoding": "cp1256", "separator": ","})
    run_jobs()

    assert (state(upload), len(upload.headings)) == ("opened", 1)
    youssef.post(f"{AT}{upload.pk}/open/", {"encoding": "cp1252", "separator": ";"})
    run_jobs()
    assert (state(upload), len(upload.headings)) == ("opened", 8)


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0old", b"\x89PNG\r\n", b"   \n ", b"{\\rtf1"])
def test_what_is_no_table_is_refused_at_once_and_not_kept(youssef, folder, content):
    answer = youssef.post(AT, {"file": SimpleUploadedFile("x.csv", content)})

    assert "field-error" in words(answer)
    assert not UploadedRegister.objects.exists()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [zipped("word/document.xml"), zipped("xl/workbook.xml"), b"PK\x03\x04broken"])
def test_what_proves_no_table_when_opened_says_so_on_its_page(youssef, content):
    upload = sent(youssef, content, name="x.xlsx")

    run_jobs()

    assert state(upload) == "failed"
    assert "alert-danger" in words(youssef.get(f"{AT}{upload.pk}/"))
    assert youssef.get(f"{AT}{upload.pk}/columns/").status_code == 302
    assert youssef.post(f"{AT}{upload.pk}/start/").status_code == 302
    assert state(upload) == "failed"


def test_a_file_that_is_too_large_is_refused(youssef, folder, settings):
    settings.REGISTER_MEGABYTES = 1

    answer = youssef.post(AT, {"file": SimpleUploadedFile("x.csv", b"Nom;Commune\n" + b"a;b\n" * 300_000)})

    assert "1 Mo" in words(answer).replace("\u202f", " ").replace("\xa0", " ")
    assert not UploadedRegister.objects.exists()
    assert list(folder.iterdir()) == []


def test_no_file_is_asked_for(youssef):
    assert "field-error" in words(youssef.post(AT))


def test_a_file_that_is_gone_is_told(youssef):
    upload = sent(youssef)
    upload.file.unlink()

    run_jobs()

    assert (state(upload), upload.trouble_code) == ("failed", "register_gone")
    assert "alert-danger" in words(youssef.get(f"{AT}{upload.pk}/"))


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_every_page_is_shown_in_every_language(youssef, language):
    upload = sent(youssef)
    at = AT.replace("/fr/", f"/{language}/")
    shown = [at, f"{at}{upload.pk}/"]
    assert all(words(youssef.get(url)) for url in shown)
    run_jobs()
    assert words(youssef.get(f"{at}{upload.pk}/columns/"))
    checked(youssef, upload)
    assert words(youssef.get(f"{at}{upload.pk}/"))
    youssef.post(f"{at}{upload.pk}/start/")
    assert words(youssef.get(f"{at}{upload.pk}/"))
    run_jobs()
    assert words(youssef.get(f"{at}{upload.pk}/"))


def test_the_list_asks_the_database_as_often_for_many_as_for_one(youssef, django_assert_max_num_queries):
    for _ in range(6):
        sent(youssef)
    with django_assert_max_num_queries(12):
        words(youssef.get(AT))


def test_every_field_of_the_importer_has_words_and_can_be_chosen():
    told = [code for _group, fields in FIELD_GROUPS for code in fields]

    assert sorted(told) == sorted(FIELDS)


@pytest.mark.parametrize("counts", [{"new": 60_000, "refused": 1}, {"matched": 3}, {"new": 1, "changed": 1, "matched": 1,
                                    "conflicting": 1, "refused": 1}, {"new": 0}])  # fmt: skip
def test_whatever_there_is_can_be_seen_in_the_bar(counts):
    parts = parts_of(counts)

    assert all((part.width >= 8) == bool(part.number) for part in parts)
    assert BAR_WIDTH - 5 <= sum(part.width for part in parts) <= BAR_WIDTH or not any(counts.values())
    assert all(one.start + one.width == two.start for one, two in pairwise(parts))


def imported(client, upload):
    checked(client, upload)
    client.post(f"{AT}{upload.pk}/start/")
    run_jobs()
    assert state(upload) == "imported"


def test_an_import_is_undone_once_and_what_somebody_touched_stays(youssef, market):
    before = Organisation.objects.count()
    upload = sent(youssef)
    imported(youssef, upload)
    add_member(Organisation.objects.get(slug="cooperative-nour"), market.karim, "president", None)
    assert "Annuler cette importation" in words(youssef.get(f"{AT}{upload.pk}/"))

    youssef.post(f"{AT}{upload.pk}/undo/")
    again = youssef.post(f"{AT}{upload.pk}/undo/", follow=True)
    assert "alert-danger" in words(again)
    run_jobs()

    assert state(upload) == "undone"
    assert (upload.undone["removed"], upload.undone["kept"], upload.undone_by) == (1, 1, market.youssef)
    assert Organisation.objects.count() == before + 1
    page = words(youssef.get(f"{AT}{upload.pk}/"))
    assert "cooperative-nour" in page
    assert "/undo/" not in page
    assert youssef.post(f"{AT}{upload.pk}/start/").status_code == 302
    assert state(upload) == "undone"


def test_only_an_import_can_be_undone(youssef):
    upload = sent(youssef)
    checked(youssef, upload)

    assert "alert-danger" in words(youssef.post(f"{AT}{upload.pk}/undo/", follow=True))
    assert state(upload) == "checked"


def test_choices_are_remembered_for_the_next_file_with_these_headings(youssef):
    first = sent(youssef)
    checked(youssef, first, map_name="  ODCO   par an ", column_4="", contacts_are="public")

    second = sent(youssef, written(rows=ROWS[:1], encoding="utf-8", separator=","))
    run_jobs()
    page = words(youssef.get(f"{AT}{second.pk}/columns/"))

    second.refresh_from_db()
    assert (second.map_name, second.source, second.licence) == ("ODCO par an", "ODCO", "ODbL-1.0")
    assert (second.column_map["encoding"], second.column_map["separator"]) == ("utf-8", ",")
    form = youssef.get(f"{AT}{second.pk}/columns/").context["form"]
    assert [form[f"column_{place}"].value() for place in range(8)] == [
        "name", "name_ar", "commune", "province", "", "registration", "court", "rib",
    ]  # fmt: skip
    assert form["contacts_are"].value() == "public"
    assert "ODCO par an" in page
    assert [one.name for one in saved_column_maps()] == ["ODCO par an"]


def test_a_heading_that_stands_twice_is_asked_about_once(youssef):
    upload = sent(youssef, written(headings=["Nom", "Province", "Nom "], rows=[["Amal", "Tata", "Amal"]]))
    run_jobs()

    page = words(youssef.get(f"{AT}{upload.pk}/columns/"))
    assert 'name="column_0"' in page
    assert 'name="column_2"' not in page
    youssef.post(f"{AT}{upload.pk}/columns/", {**ANSWERS, "column_0": "name", "column_1": "province"})
    run_jobs()
    assert (state(upload), upload.counts["new"]) == ("checked", 1)


def test_a_stranger_cannot_read_a_report(youssef, market, signed_in):
    upload = sent(youssef)
    checked(youssef, upload)

    assert signed_in(market.mina).get(f"{AT}{upload.pk}/report.csv").status_code == 404


def test_registers_read_by_command_are_listed_too(youssef, tmp_path):
    path = tmp_path / "par-commande.csv"
    path.write_bytes(written(encoding="utf-8"))
    import_cooperatives(path)

    assert "par-commande.csv" in words(youssef.get(AT))
