"""A register becomes part of the directory, with every fault named."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from django.core.management import call_command

from twiza.domain.directory.models import Identifier, ImportBatch, Organisation, Revision
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap
from twiza.domain.directory.services.registering import change_state
from twiza.kit.rows import FileUnreadable

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Dénomination", "اسم التعاونية", "Secteur", "Activité", "Adresse", "Commune", "Province", "Région", "Téléphone",
    "Date de création", "Nombre d'adhérents", "dont femmes", "dont jeunes", "N° d'immatriculation", "Tribunal", "ICE", "RIB",
]  # fmt: skip
GOOD = [
    "Coopérative Souktana du Safran", "تعاونية سكتانة للزعفران", "Plantes médicinales et aromatiques", "Safran", "Centre",
    "Taliouine", "Taroudant", "Souss Massa", "06 61 23 45 67", "12/03/2018", "40", "25", "7", "56/268/2018", "TPI de Taroudant",
    "001561191000066", "310810101402900442310133",
]  # fmt: skip


def a_file(folder, rows, name="register.csv", encoding="utf-8", separator=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def changed(**cells):
    row = list(GOOD)
    for heading, value in cells.items():
        row[HEADINGS.index(NAMES[heading])] = value
    return row


NAMES = {
    "name": "Dénomination", "name_ar": "اسم التعاونية", "sector": "Secteur", "address": "Adresse", "commune": "Commune",
    "province": "Province", "region": "Région", "phone": "Téléphone", "date": "Date de création", "members": "Nombre d'adhérents",
    "women": "dont femmes", "registration": "N° d'immatriculation", "court": "Tribunal", "ice": "ICE", "rib": "RIB",
}  # fmt: skip
OTHER = {"name": "Barakat", "name_ar": "", "registration": "57/1/2019", "ice": "", "rib": ""}


def counts(outcome):
    return (outcome.rows, outcome.created, outcome.updated, outcome.unchanged, outcome.rejected)


def importing(path, **options):
    faults = []
    outcome = import_cooperatives(path, on_fault=faults.append, **options)
    return outcome, faults


def test_a_good_row_says_everything_it_says(tmp_path):
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, GOOD]))

    assert (counts(outcome), faults) == ((1, 1, 0, 0, 0), [])
    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.kind, organisation.state) == (
        "cooperative-souktana-du-safran",
        "cooperative",
        "listed",
    )
    said = organisation.published_revision
    assert (said.name_fr, said.name_ar) == ("Coopérative Souktana du Safran", "تعاونية سكتانة للزعفران")
    assert (said.sectors, said.activities, said.address) == (["PAM"], "Safran", "Centre")
    assert (said.commune_id, said.province_id, said.founded_on) == ("09.541.01.11", "09.541", date(2018, 3, 12))
    assert (said.members_total, said.members_women, said.members_youth, said.is_womens) == (40, 25, 7, False)
    assert said.import_batch_id == outcome.batch
    assert {(one.scheme, one.value, one.court, one.is_public) for one in organisation.identifiers.all()} == {
        ("registration", "56/268/2018", "Taroudannt", True),
        ("ice", "001561191000066", "", True),
        ("rib", "310810101402900442310133", "", False),
    }
    assert [(one.kind, one.value, one.visibility) for one in organisation.contacts.all()] == [
        ("phone", "+212661234567", "partners")
    ]


def test_a_second_reading_changes_nothing(tmp_path):
    path = a_file(
        tmp_path, [HEADINGS, GOOD, changed(**OTHER), changed(**{**OTHER, "name": "Amal", "registration": "", "court": ""})]
    )
    first, _faults = importing(path)
    second, _faults = importing(path)
    assert (counts(first), counts(second)) == ((3, 3, 0, 0, 0), (3, 0, 0, 3, 0))
    assert (Organisation.objects.count(), Revision.objects.count(), ImportBatch.objects.count()) == (3, 3, 2)


def test_a_row_without_place_or_numbers_is_found_again(tmp_path):
    path = a_file(tmp_path, [["Nom", "Secteur"], ["Amal", "Agriculture"], ["ⵜⵡⵉⵣⴰ", "Artisanat"]])
    importing(path)
    assert counts(importing(path)[0]) == (2, 0, 0, 2, 0)


def test_a_dry_run_leaves_nothing(tmp_path):
    outcome, _faults = importing(a_file(tmp_path, [HEADINGS, GOOD]), dry_run=True)
    assert (counts(outcome), outcome.batch) == ((1, 1, 0, 0, 0), None)
    assert not Organisation.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_is_understood(tmp_path, encoding, separator):
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, GOOD], encoding=encoding, separator=separator))
    assert (outcome.created, faults) == (1, [])
    assert Organisation.objects.get().name_in("ar") == "تعاونية سكتانة للزعفران"


def test_french_windows_capitals_are_not_taken_for_arabic(tmp_path):
    headings, row = ["DÉNOMINATION", "RÉGION"], ["COOPÉRATIVE ÉTOILE DE FÈS ÇA", "FÈS-MEKNÈS"]
    outcome, faults = importing(a_file(tmp_path, [headings, row], encoding="cp1252"))
    assert (outcome.created, faults) == (1, [])
    assert Organisation.objects.get().name_in("fr") == "COOPÉRATIVE ÉTOILE DE FÈS ÇA"


def test_arabic_headings_and_digits_are_understood(tmp_path):
    headings = [
        "اسم التعاونية",
        "القطاع",
        "الجماعة",
        "الإقليم",
        "الجهة",
        "عدد المنخرطين",
        "عدد النساء",
        "تاريخ التأسيس",
        "رقم الهاتف",
    ]
    row = [
        "تعاونية الأمل النسوية",
        "الفلاحة",
        "تالوين",
        "إقليم تارودانت",
        "جهة سوس ماسة",
        "٤٠",
        "٤٠",
        "١٢ مارس ٢٠١٨",
        "٠٦٦١٢٣٤٥٦٧",
    ]
    _outcome, faults = importing(a_file(tmp_path, [headings, row], encoding="utf-8"))
    assert faults == []
    said = Organisation.objects.get().published_revision
    assert (said.sectors, said.commune_id, said.members_women, said.is_womens) == (["AGRI"], "09.541.01.11", 40, True)
    assert said.founded_on == date(2018, 3, 12)


def test_a_workbook_is_read_as_a_spreadsheet_shows_it(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Liste des coopératives 2024"])
    sheet.append([])
    sheet.append(HEADINGS)
    row = changed(ice=1561191000066)
    row[HEADINGS.index("Date de création")] = datetime(2018, 3, 12)  # noqa: DTZ001
    row[HEADINGS.index("Nombre d'adhérents")] = 40.0
    sheet.append(row)
    book.save(tmp_path / "register.xlsx")
    outcome, faults = importing(tmp_path / "register.xlsx")
    assert (outcome.created, [(fault.line, fault.code) for fault in faults]) == (1, [(4, "ice_zeros")])
    assert Identifier.objects.get(scheme="ice").value == "001561191000066"
    assert Organisation.objects.get().published_revision.founded_on == date(2018, 3, 12)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"name": "", "name_ar": " - "}, "Dénomination", "no_name"),
        ({"name": "x" * 201, "name_ar": ""}, "Dénomination", "name_too_long"),
        ({"name": "Coop \ufffdtoile"}, "Dénomination", "name_unreadable"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_and_named(tmp_path, cells, column, code):
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, changed(**cells), changed(**OTHER)]))
    assert counts(outcome) == (2, 1, 0, 0, 1)
    assert [(fault.line, fault.column, fault.severity, fault.code) for fault in faults] == [(2, column, "error", code)]
    assert Organisation.objects.get().name_in("fr") == "Barakat"


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"ice": "001561191000067"}, "ICE", "ice_key"),
        ({"ice": "1234"}, "ICE", "ice_length"),
        ({"ice": "1,56119E+12"}, "ICE", "scientific"),
        ({"rib": "310810101402900442310134"}, "RIB", "rib_key"),
        ({"rib": "12"}, "RIB", "rib_length"),
        ({"registration": "268-2018"}, "N° d'immatriculation", "registration_odd"),
        ({"sector": "Extraction d'or"}, "Secteur", "sector_unknown"),
        ({"region": "Atlantide"}, "Région", "region_unknown"),
        ({"region": "Oriental"}, "Région", "province_elsewhere"),
        ({"commune": "Nulle Part"}, "Commune", "commune_unknown"),
        ({"commune": "Oulad Aissa", "province": "", "region": ""}, "Commune", "commune_ambiguous"),
        ({"commune": "Khouribga"}, "Commune", "commune_elsewhere"),
        ({"phone": "06 12"}, "Téléphone", "phone_unreadable"),
        ({"date": "31/02/2018"}, "Date de création", "date_unreadable"),
        ({"date": "2018"}, "Date de création", "date_year_only"),
        ({"date": "01/01/2999"}, "Date de création", "date_future"),
        ({"members": "beaucoup de monde"}, "Nombre d'adhérents", "count_unreadable"),
        ({"women": "41"}, "dont femmes", "more_than_members"),
        ({"address": "#REF!"}, "Adresse", "spreadsheet_error"),
        ({"address": "x" * 301}, "Adresse", "too_long"),
        ({"address": "a\x00b"}, "", "nul_removed"),
        ({"address": "a\ufffdb"}, "Adresse", "characters_unreadable"),
        ({"name": "CoopÃ©rative"}, "Dénomination", "encoding_repaired"),
    ],
)
def test_what_is_odd_warns_and_does_not_stop_the_row(tmp_path, cells, column, code):
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, changed(**cells)]))
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert [(fault.line, fault.column, fault.severity, fault.code) for fault in faults] == [(2, column, "warning", code)]
    assert faults[0].reason
    assert "%" not in faults[0].reason


def test_an_unknown_place_is_kept_in_the_address(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, changed(commune="Nulle Part")]))
    said = Organisation.objects.get().published_revision
    assert (said.commune_id, said.province_id, said.address) == (None, "09.541", "Centre, Nulle Part")


def test_a_bank_account_is_never_printed(tmp_path):
    _outcome, faults = importing(a_file(tmp_path, [HEADINGS, changed(rib="310810101402900442310134")]))
    assert faults[0].value == "…0134"


def test_ragged_rows_open_quotations_and_new_lines_inside_a_cell(tmp_path):
    good = ['"Coop\nSur deux lignes"', "09.541", "4"]
    path = tmp_path / "ragged.csv"
    path.write_text(
        "Nom;Province;Femmes\n"
        + ";".join([good[0], "Taroudant", "4"])
        + '\nCourte\nLongue;Taroudant;4;5;6\nAvec vides;Taroudant;4;;;\n"Ouverte;Taroudant;4\nDernière;Taroudant;4\n\n;;\n',
        encoding="utf-8",
    )
    outcome, faults = importing(path)
    assert counts(outcome) == (6, 4, 0, 0, 2)
    assert [(fault.line, fault.severity, fault.code) for fault in faults] == [
        (4, "warning", "too_few_cells"), (5, "error", "too_many_cells"), (7, "error", "quote_never_closed"),
    ]  # fmt: skip
    assert sorted(one.name_in("fr") for one in Organisation.objects.select_related("published_revision")) == [
        "Avec vides", "Coop Sur deux lignes", "Courte", "Dernière",
    ]  # fmt: skip


def test_rows_of_one_file_that_repeat_or_contradict_each_other(tmp_path):
    rows = [HEADINGS, GOOD, GOOD, changed(members="41"), changed(**{**OTHER, "name": "Souktana du Safran", "ice": ""})]
    outcome, faults = importing(a_file(tmp_path, rows))
    assert counts(outcome) == (4, 2, 0, 1, 1)
    assert [(fault.line, fault.severity, fault.code) for fault in faults] == [
        (3, "warning", "same_row_before"), (4, "error", "same_number_before"),
    ]  # fmt: skip
    assert faults[1].facts == {"line": 2}


def test_numbers_that_contradict_the_directory_are_refused_with_the_reason(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD, changed(**{**OTHER, "ice": "002136093000040"})]))
    for cells, code in (
        ({"ice": "002284350000097"}, "ice_conflict"),
        ({"registration": "99/9/2020"}, "registration_conflict"),
        ({"registration": "57/1/2019"}, "two_cooperatives"),
    ):
        outcome, faults = importing(a_file(tmp_path, [HEADINGS, changed(**cells)]))
        assert (counts(outcome), [fault.code for fault in faults]) == ((1, 0, 0, 0, 1), [code])
        assert "Coopérative Souktana du Safran" in faults[0].reason
    assert Revision.objects.count() == 2


def test_a_namesake_with_other_numbers_is_kept_and_pointed_out(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    namesake = changed(registration="60/2/2021", ice="002284350000097", rib="")
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, namesake]))
    assert (outcome.created, [fault.code for fault in faults]) == (1, ["resembles"])


def test_a_number_without_a_court_may_be_anybody_s(tmp_path):
    nameless = {"court": "", "ice": "", "rib": "", "name_ar": ""}
    first, _faults = importing(a_file(tmp_path, [HEADINGS, changed(**nameless)]))
    second, faults = importing(
        a_file(tmp_path, [HEADINGS, changed(**{**nameless, "name": "Toute Autre", "commune": "Oulad Teima"})])
    )
    assert (first.created, second.created, second.rejected) == (1, 0, 1)
    assert [fault.code for fault in faults] == ["registration_taken"]


def test_a_changed_register_revises_what_is_listed(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    outcome, _faults = importing(a_file(tmp_path, [HEADINGS, changed(members="50", phone="0537 12 34 56", address="")]))
    assert counts(outcome) == (1, 0, 1, 0, 0)
    organisation = Organisation.objects.get()
    said = organisation.published_revision
    assert (said.number, said.members_total, said.address) == (2, 50, "Centre")
    assert {one.value for one in organisation.contacts.all()} == {"+212661234567", "+212537123456"}


def test_a_smaller_total_takes_back_parts_that_would_be_more(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    importing(a_file(tmp_path, [HEADINGS, changed(members="10", women="")]))
    said = Organisation.objects.get().published_revision
    assert (said.members_total, said.members_women, said.members_youth) == (10, None, 7)


def test_none_is_a_number_too(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    importing(a_file(tmp_path, [HEADINGS, changed(women="0")]))
    assert Organisation.objects.get().published_revision.members_women == 0


def test_a_new_province_takes_back_the_commune_of_the_old_one(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    importing(a_file(tmp_path, [HEADINGS, changed(commune="", province="Tiznit")]))
    said = Organisation.objects.get().published_revision
    assert (said.commune_id, said.province_id) == (None, "09.581")


def test_what_its_members_keep_waits_for_them(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    change_state(Organisation.objects.get(), "claimed", by=None)
    path = a_file(tmp_path, [HEADINGS, changed(members="50")])
    first, _faults = importing(path)
    second, _faults = importing(path)
    assert (counts(first), counts(second)) == ((1, 0, 1, 0, 0), (1, 0, 0, 1, 0))
    assert Organisation.objects.get().published_revision.members_total == 40
    assert Revision.objects.get(number=2).state == "pending"


def test_a_corrected_number_replaces_the_wrong_one(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, changed(ice="001561191000067")]))
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, GOOD]))
    assert (counts(outcome), faults) == ((1, 0, 1, 0, 0), [])
    assert {(one.value, one.retired_at is None) for one in Identifier.objects.filter(scheme="ice")} == {
        ("001561191000066", True), ("001561191000067", False),
    }  # fmt: skip


def test_a_bank_account_of_another_is_not_kept(tmp_path):
    importing(a_file(tmp_path, [HEADINGS, GOOD]))
    outcome, faults = importing(a_file(tmp_path, [HEADINGS, changed(**{**OTHER, "rib": GOOD[-1]})]))
    assert (outcome.created, [(fault.code, fault.value) for fault in faults]) == (1, [("number_of_another", "…0133")])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_missing"), (b"", "file_empty"), (b" \n\n", "file_empty"), (b"%PDF-1.7", "format_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "format_unknown"), (b"PK\x03\x04broken", "workbook_broken"),
        (b"a;b;c\n1;2;3\n", "headings_unknown"), (b"\x00\x01\x02" * 100, "headings_unknown"), (b"x" * 300_000, "line_too_long"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_says_so(tmp_path, content, code):
    path = tmp_path / "register.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileUnreadable) as refusal:
        importing(path)
    assert refusal.value.code == code
    assert str(refusal.value)
    assert not ImportBatch.objects.exists()


def test_a_column_map_says_what_no_heading_does(tmp_path):
    told = ColumnMap(columns={"x1": "name", "x2": "sectors"}, sectors={"or": "CARR"}, contacts_are="public", source="ODCO")
    outcome, faults = importing(a_file(tmp_path, [["X1", "X2", "Tél"], ["Amal", "Or", "0661234567"]]), told=told)
    assert (outcome.created, faults) == (1, [])
    organisation = Organisation.objects.get()
    assert (organisation.published_revision.sectors, organisation.contacts.get().visibility) == (["CARR"], "public")


def ask(*arguments):
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("import_cooperatives", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue()


def test_the_command_answers_as_json_and_writes_a_report(tmp_path):
    path = a_file(tmp_path, [HEADINGS, GOOD, changed(name="", name_ar="", rib=""), changed(**OTHER, phone="=1+1")])
    status, out, _err = ask(str(path), "--json", "--report", str(tmp_path / "report.csv"))
    answer = json.loads(out)
    assert status == 0
    assert {key: answer[key] for key in ("rows", "created", "updated", "unchanged", "rejected")} == {
        "rows": 3, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    assert answer["batch"] == ImportBatch.objects.get().pk
    report = list(csv.DictReader((tmp_path / "report.csv").open(encoding="utf-8-sig")))
    assert [(row["line"], row["column"], row["value"], row["code"]) for row in report] == [
        ("3", "Dénomination", "", "no_name"), ("4", "Téléphone", "'=1+1", "phone_unreadable"),
    ]  # fmt: skip


def test_the_command_ends_with_2_when_the_file_is_unreadable(tmp_path):
    assert ask(str(tmp_path / "nowhere.csv"))[0] == 2
    status, out, _err = ask(str(tmp_path / "nowhere.csv"), "--json")
    assert (status, json.loads(out)["error"]) == (2, "file_missing")


@pytest.mark.parametrize(
    "told",
    [
        '[columns]\nwings = "Ailes"',
        '[sectors]\nOr = "GOLD"',
        'contacts_are = "everybody"',
        'separator = ";;"',
        'encoding = "klingon"',
        "columns = 3",
        "[",
    ],
)
def test_a_map_that_makes_no_sense_is_refused(tmp_path, told):
    (tmp_path / "map.toml").write_text(told)
    path = a_file(tmp_path, [HEADINGS, GOOD])
    assert ask(str(path), "--map", str(tmp_path / "map.toml"))[0] == 2
    assert not Organisation.objects.exists()


def test_the_command_reads_a_map(tmp_path):
    path = a_file(tmp_path, [["A", "B"], ["Amal", "x"]], encoding="cp1252")
    (tmp_path / "map.toml").write_text(
        'encoding = "cp1252"\nseparator = ";"\nsource = "Test"\n[columns]\nname_fr = "A"\n[sectors]\n'
    )
    status, out, _err = ask(str(path), "--map", str(tmp_path / "map.toml"), "--dry-run", "--json")
    assert (status, json.loads(out)["created"], json.loads(out)["columns_not_read"]) == (0, 1, ["B"])


def test_questions_grow_with_chunks_not_with_rows(tmp_path, django_assert_max_num_queries):
    rows = [changed(name=f"Coop {n}", name_ar="", registration=f"{n}/1/2019", ice="", rib="") for n in range(300)]
    with django_assert_max_num_queries(45):
        outcome, _faults = importing(a_file(tmp_path, [HEADINGS, *rows]))
    assert outcome.created == 300


def test_a_report_that_cannot_be_written_is_said_before_anything_is_read(tmp_path):
    path = a_file(tmp_path, [HEADINGS, GOOD])
    status, _out, err = ask(str(path), "--report", str(tmp_path / "nowhere" / "report.csv"))
    assert (status, "report.csv" in err) == (2, True)
    assert not Organisation.objects.exists()
