"""The open data: complete, stable, safe to open, and with nothing private in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.selectors import OpenRecord, open_data, open_records
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import change_state, register_organisation, revise
from twiza.entrypoints.web.map_drawing import centre_of
from twiza.entrypoints.web.open_data import FIELDS, WRITERS, as_csv
from twiza.foundation.accounts.services import register_person
from twiza.kit.clock import today

pytestmark = pytest.mark.django_db

TALIOUINE, KHOURIBGA = "09.541.01.11", "05.311.01.07"
SECRETS = (
    "310810101402900442310133", "0442310133", "683000002", "06 83 00 00 02", "secret@example.org", "60120121", "7654321",
    "Not yet approved", "Fatima", "683000003", "Présidente", "Cinquante femmes",
)  # fmt: skip


def a_cooperative(name, kind="cooperative", is_fictional=False, **details):
    said = OrganisationDetails(name_fr=name, **details)
    return register_organisation(kind=kind, details=said, by=None, is_fictional=is_fictional)


@pytest.fixture
def souktana():
    cooperative = a_cooperative(
        "Souktana du Safran",
        name_ar="سكتانة للزعفران",
        story_fr="Cinquante femmes cueillent à l'aube.",
        commune_code=TALIOUINE,
        sectors=("PAM", "AGRI"),
        activities="Safran",
        members_total=40,
        members_women=25,
        is_womens=True,
        founded_on=date(2018, 3, 12),
        contacts=(
            ContactDetails("phone", "+212683000001", "public", "Présidente"),
            ContactDetails("phone", "+212683000002", "private"),
            ContactDetails("whatsapp", "+212683000002", "partners"),
            ContactDetails("email", "secret@example.org", "partners"),
            ContactDetails("email", "safran@example.org", "public"),
        ),
        identifiers=(
            IdentifierDetails("registration", "56/268/2018", "Taroudannt"),
            IdentifierDetails("ice", "001561191000066"),
            IdentifierDetails("rib", "310810101402900442310133"),
            IdentifierDetails("tax_if", "60120121"),
            IdentifierDetails("cnss", "7654321"),
        ),
    )
    record_accreditation(cooperative, scheme="aop", by=None, number="AOP-7", valid_until=today(), is_verified=True)
    record_accreditation(cooperative, scheme="bio", by=None, number="BIO-8", is_verified=False)
    add_member(cooperative, register_person(name="Fatima", phone="+212683000003"), "president", by=None)
    revise(cooperative, OrganisationDetails(name_fr="Not yet approved"), by=None)
    return cooperative


def downloaded(form, query=""):
    answer = Client().get(f"/open-data/cooperatives.{form}{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def exported(form, **options):
    out = io.StringIO()
    call_command("export_cooperatives", format=form, stdout=out, **options)
    return out.getvalue()


def in_table(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_record_says_everything_public(souktana):
    (record,) = json.loads(downloaded("json"))["cooperatives"]
    assert record == {
        "slug": "souktana-du-safran",
        "page": "http://localhost:8000/fr/cooperatives/souktana-du-safran/",
        "kind": "cooperative",
        "state": "listed",
        "fictional": False,
        "name_fr": "Souktana du Safran",
        "name_ar": "سكتانة للزعفران",
        "name_zgh": "",
        "acronym": "",
        "sectors": ["AGRI", "PAM"],
        "activities": "Safran",
        "region_code": "09",
        "region": "Souss-Massa",
        "province_code": "09.541",
        "province": "Taroudannt",
        "commune_code": TALIOUINE,
        "commune": "Taliouine",
        "douar": "",
        "address": "",
        "members_total": 40,
        "members_women": 25,
        "members_men": None,
        "members_youth": None,
        "womens": True,
        "founded_on": "2018-03-12",
        "registration": "56/268/2018",
        "registration_court": "Taroudannt",
        "ice": "001561191000066",
        "labels": ["aop"],
        "phones": ["+212683000001"],
        "whatsapp": [],
        "emails": ["safran@example.org"],
        "website": "",
        "source": "an operator of this platform",
        "source_date": today().isoformat(),
        "licence": "CC-BY-4.0",
        "source_file": "",
        "provenance": [],
    }


def test_the_three_forms_say_the_same(souktana):
    a_cooperative("Sans lieu")
    objects = json.loads(downloaded("json"))["cooperatives"]
    features = json.loads(downloaded("geojson"))["features"]
    rows = in_table(downloaded("csv"))
    assert [feature["properties"] for feature in features] == [
        {**objects[0], "precision": "province"},
        {**objects[1], "precision": None},
    ]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": list(centre_of("09.541"))}
    assert features[1]["geometry"] is None
    assert [row["slug"] for row in rows] == [record["slug"] for record in objects]
    assert rows[0]["sectors"] == "AGRI | PAM"
    assert (rows[0]["womens"], rows[0]["fictional"], rows[0]["members_men"]) == ("true", "false", "")
    assert rows[0]["phones"] == "'+212683000001"
    assert rows[0]["name_ar"] == "سكتانة للزعفران"


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_private_is_in_any_file(souktana, form):
    karim = Client()
    karim.force_login(register_person(name="Karim", phone="+212683000009"))
    texts = [downloaded(form), downloaded(form, "?region=09"), exported(form)]
    answer = karim.get(f"/open-data/cooperatives.{form}")
    texts.append(b"".join(answer.streaming_content).decode())
    for text in texts:
        assert "Souktana du Safran" in text
        assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("form", WRITERS)
def test_whom_the_public_does_not_see_is_in_no_file(form):
    for number, state in enumerate(("suspended", "closed")):
        change_state(a_cooperative(f"Cachée {number}", commune_code=TALIOUINE), state, by=None)
    a_cooperative("Un opérateur", kind="operator", commune_code=TALIOUINE)
    assert "Cachée" not in downloaded(form)
    assert "opérateur" not in downloaded(form)


@pytest.mark.parametrize("form", WRITERS)
def test_the_command_writes_what_the_address_answers(souktana, form, tmp_path):
    a_cooperative("Barakat", commune_code=KHOURIBGA)
    assert exported(form) == downloaded(form)
    assert exported(form, region="05") == downloaded(form, "?region=05")
    path = tmp_path / "file"
    call_command("export_cooperatives", format=form, output=path)
    assert path.read_bytes().decode() == downloaded(form)
    assert list(tmp_path.iterdir()) == [path]


def test_a_region_leaves_its_own(souktana):
    a_cooperative("Barakat", commune_code=KHOURIBGA)
    a_cooperative("Nulle part")
    assert [row["name_fr"] for row in in_table(downloaded("csv", "?region=05"))] == ["Barakat"]
    assert [row["name_fr"] for row in in_table(downloaded("csv"))] == ["Souktana du Safran", "Barakat", "Nulle part"]
    answer = Client().get("/open-data/cooperatives.csv?region=05")
    assert answer["Content-Disposition"] == 'attachment; filename="cooperatives-05.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("address", ["csv?region=99", "csv?region=%00", "xml", "csv/", "json?region=9"])
def test_what_is_no_file_is_not_found(address):
    assert Client().get(f"/open-data/cooperatives.{address}").status_code == 404


def test_an_unknown_region_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("before")
    with pytest.raises(CommandError, match="99"):
        call_command("export_cooperatives", region="99", output=path)
    assert path.read_text() == "before"


def test_where_one_may_not_write_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_cooperatives", output=tmp_path / "missing" / "file.csv")


def test_a_register_keeps_its_name_its_day_and_its_licence(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Dénomination;Commune;Province\nBarakat;Khouribga;Khouribga\n")
    import_cooperatives(path, told=ColumnMap(source="ODCO 2024", licence="ODbL-1.0"))
    path.write_text("Dénomination;Commune;Province\nTaymate;Taliouine;Taroudannt\n")
    import_cooperatives(path)
    rows = in_table(downloaded("csv"))
    assert [(row["source"], row["source_date"], row["licence"]) for row in rows] == [
        ("ODCO 2024", today().isoformat(), "ODbL-1.0"),
        ("not stated", today().isoformat(), "not stated"),
    ]


def test_what_is_made_up_says_so():
    a_cooperative("Inventée", is_fictional=True)
    assert [row["fictional"] for row in in_table(downloaded("csv"))] == ["true"]


def a_record(**told):
    values = dict.fromkeys(OpenRecord.__dataclass_fields__, "")
    lists = dict.fromkeys(("sectors", "labels", "phones", "whatsapp", "emails"), ())
    return OpenRecord(**{**values, **lists, "fictional": False, "womens": False, "source_date": date(2026, 1, 1), **told})


@given(st.text())
def test_no_cell_of_a_spreadsheet_is_run(text):
    table = io.StringIO("".join(as_csv([a_record(name_fr=text)]))[1:], newline="")
    (row,) = csv.DictReader(table)
    shown = row["name_fr"]
    assert shown in (text, f"'{text}")
    assert not shown.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u200f=1", "\r\n=1", "＝1"])
def test_a_formula_is_only_shown(text):
    (row,) = csv.DictReader(io.StringIO("".join(as_csv([a_record(address=text)]))[1:], newline=""))
    assert row["address"] == f"'{text}"


@pytest.mark.parametrize("form", WRITERS)
def test_the_whole_register_is_read_a_part_at_a_time(form, monkeypatch, django_assert_num_queries):
    """The same answer however many are held at once; four questions for each part."""
    for number in range(7):
        a_cooperative(f"Coop {number}", commune_code=TALIOUINE)
    whole = "".join(WRITERS[form](open_records()))
    monkeypatch.setattr(open_data, "AT_ONCE", 3)
    with django_assert_num_queries(3 * 4 + 1):
        assert "".join(WRITERS[form](open_records())) == whole
    assert whole.count("Taliouine") == 7


def test_the_fields_are_those_of_a_record():
    assert [name for name in FIELDS if name != "page"] == list(OpenRecord.__dataclass_fields__)


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_the_page_explains_each_field_and_leads_to_each_file(souktana, language, django_assert_num_queries):
    Client().get(f"/{language}/cooperatives/open-data/")
    with django_assert_num_queries(1):
        html = Client().get(f"/{language}/cooperatives/open-data/").content.decode()
    assert [name for name in FIELDS if f"<code>{name}</code>" not in html] == []
    files = [f'"/open-data/cooperatives.{form}{region}"' for form in WRITERS for region in ("", "?region=01", "?region=12")]
    assert [file for file in files if file not in html] == []
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html
