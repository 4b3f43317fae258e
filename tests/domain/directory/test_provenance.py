"""Each value that is shown knows who said it first, on which day, under which licence."""

from __future__ import annotations

import csv
from dataclasses import replace
from hashlib import sha256

import pytest
from django.test import Client

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import get_public_organisation, open_records
from twiza.domain.directory.selectors.provenance import main_source, sources_of_fields
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap
from twiza.domain.directory.services.importing.undoing import undo_import
from twiza.domain.directory.services.registering import publish_revision, revise
from twiza.kit.clock import today

pytestmark = pytest.mark.django_db

HEADINGS = ["Dénomination", "Secteur", "Province", "Adresse", "Nombre d'adhérents", "N° d'immatriculation", "Tribunal", "ICE"]
SAFRAN = ["Safran", "PAM", "Taroudant", "Centre", "40", "56/268/2018", "Taroudant", ""]
ODCO = ColumnMap(source="ODCO, register of 2024", licence="ODbL")
DGI = ColumnMap(source="DGI")


def reading(folder, *row, told):
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, row])
    return import_cooperatives(path, told=told), sha256(path.read_bytes()).hexdigest()


def with_cells(**cells):
    places = {"address": 3, "members": 4, "ice": 7}
    row = list(SAFRAN)
    for name, value in cells.items():
        row[places[name]] = value
    return row


def edit(**values):
    organisation = Organisation.objects.select_related("published_revision").get()
    revision = revise(organisation, replace(details_said_by(organisation.published_revision), **values), None)
    publish_revision(revision, None)


def shown():
    return Organisation.objects.select_related("published_revision__import_batch").get()


def test_each_field_keeps_who_said_it_first(tmp_path, django_assert_num_queries):
    _first, odco = reading(tmp_path, *SAFRAN, told=ODCO)
    _second, dgi = reading(tmp_path, *with_cells(members="60"), told=DGI)
    edit(address="Souk")

    organisation = shown()
    with django_assert_num_queries(1):
        said = sources_of_fields([organisation])[organisation.pk]

    assert set(said) == {"name_fr", "sectors", "province_code", "address", "members_total"}
    assert {name: (one.source, one.licence, one.file_sha256) for name, one in said.items() if name != "sectors"} == {
        "name_fr": ("ODCO, register of 2024", "ODbL", odco),
        "province_code": ("ODCO, register of 2024", "ODbL", odco),
        "members_total": ("DGI", "not stated", dgi),
        "address": ("an operator of this platform", "CC-BY-4.0", ""),
    }
    assert main_source(said).file_sha256 == odco
    assert {one.said_on for one in said.values()} == {today()}


def test_open_data_names_the_main_source_and_what_others_said(tmp_path):
    _first, odco = reading(tmp_path, *SAFRAN, told=ODCO)
    _second, dgi = reading(tmp_path, *with_cells(members="60", ice="001561191000066"), told=DGI)
    edit(address="Souk")

    (record,) = open_records()

    assert (record.source, record.licence, record.source_file) == ("ODCO, register of 2024", "ODbL", odco)
    assert sorted(record.provenance) == [
        f"address = an operator of this platform; {today()}; CC-BY-4.0",
        f"members_total, ice = DGI; {today()}; not stated; {dgi}",
    ]


def test_the_page_names_the_registers(tmp_path):
    reading(tmp_path, *SAFRAN, told=ODCO)
    reading(tmp_path, *with_cells(members="60"), told=ColumnMap())

    registers = get_public_organisation("safran").registers
    assert [(one.source, one.is_named, one.is_licensed) for one in registers] == [
        ("ODCO, register of 2024", True, True),
        ("not stated", False, False),
    ]
    page = Client().get("/fr/cooperatives/safran/").content.decode()
    assert "<bdi>ODCO, register of 2024</bdi>" in page
    assert "<bdi>ODbL</bdi>" in page
    assert "not stated" not in page


def test_after_an_undoing_the_older_register_is_named_again(tmp_path):
    _first, odco = reading(tmp_path, *SAFRAN, told=ODCO)
    second, _dgi = reading(tmp_path, *with_cells(members="60", address="Souk"), told=DGI)
    undo_import(second.batch, by=None)

    organisation = shown()
    assert {one.file_sha256 for one in sources_of_fields([organisation])[organisation.pk].values()} == {odco}


def test_sources_of_many_cost_one_question(tmp_path, django_assert_num_queries):
    path = tmp_path / "register.csv"
    path.write_text("Nom;Nombre d'adhérents\n" + "".join(f"Coop {n};7\n" for n in range(30)), encoding="utf-8")
    import_cooperatives(path)
    path.write_text("Nom;Nombre d'adhérents\n" + "".join(f"Coop {n};8\n" for n in range(30)), encoding="utf-8")
    import_cooperatives(path)

    organisations = list(Organisation.objects.select_related("published_revision__import_batch"))
    with django_assert_num_queries(1):
        said = sources_of_fields(organisations)

    assert len(said) == 30
