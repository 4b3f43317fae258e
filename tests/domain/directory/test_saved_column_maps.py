"""Which column is what is said once, and found again by name or by the headings of a file."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from twiza.domain.directory.models import Organisation, SavedColumnMap
from twiza.domain.directory.services.column_maps import MapNameMissing
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap
from twiza.domain.directory.services.importing.saved_maps import (
    column_map_for,
    forget_column_map,
    headings_in,
    save_column_map,
    saved_column_map,
    saved_column_maps,
)
from twiza.foundation.audit.models import Entry
from twiza.kit.column_maps import MapUnreadable

pytestmark = pytest.mark.django_db

TEXT = "Titre du registre\n\nLibellé;Domaine\nAmal;Apiculture\n"
MAP = ColumnMap(
    columns={"libelle": "name_fr", "domaine": "sectors"}, sectors={"apiculture": "AGRI"}, source="ODCO", licence="ODbL"
)


def a_file(folder, text=TEXT, name="register.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_saved_map_is_found_by_its_name():
    save_column_map("  ODCO  2024 ", MAP, by=None)

    assert [(one.name, one.column_map) for one in saved_column_maps()] == [("ODCO 2024", MAP)]
    assert saved_column_map("ODCO 2024").column_map == MAP
    assert saved_column_map("ODCO 2025") is None
    assert Entry.objects.get().action == "directory.save_column_map"


def test_the_same_name_replaces():
    save_column_map("ODCO", MAP, by=None)
    save_column_map("ODCO", ColumnMap(columns={"libelle": "name"}), by=None)

    assert [one.column_map.columns for one in saved_column_maps()] == [{"libelle": "name"}]


def test_a_forgotten_map_is_gone():
    save_column_map("ODCO", MAP, by=None)
    forget_column_map("ODCO", by=None)

    assert saved_column_maps() == ()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_map_needs_a_name(name):
    with pytest.raises(MapNameMissing):
        save_column_map(name, MAP, by=None)
    assert not SavedColumnMap.objects.exists()


@pytest.mark.parametrize(
    "told", [ColumnMap(columns={"libelle": "nonsense"}), ColumnMap(sectors={"miel": "BEES"}), ColumnMap(separator=";;")]
)
def test_a_map_that_makes_no_sense_is_not_saved(told):
    with pytest.raises(MapUnreadable):
        save_column_map("ODCO", told, by=None)
    assert not SavedColumnMap.objects.exists()


def test_a_file_with_the_same_headings_is_read_with_the_map(tmp_path):
    path = a_file(tmp_path)
    save_column_map("ODCO", MAP, by=None, headings=["LIBELLE", " domaine "])

    outcome = import_cooperatives(path)

    assert (outcome.created, outcome.column_map) == (1, "ODCO")
    shown = Organisation.objects.get().published_revision
    assert (shown.name_fr, shown.sectors, shown.import_batch.source, shown.import_batch.licence) == (
        "Amal",
        ["AGRI"],
        "ODCO",
        "ODbL",
    )
    assert column_map_for(a_file(tmp_path, "Nom;Secteur\nAmal;Argan\n", "other.csv")) is None


def test_headings_are_shown_with_what_they_are_read_as(tmp_path):
    known = headings_in(a_file(tmp_path, "Registre\nNom;Secteur;Couleur\nAmal;Argan;bleu\n"))
    unknown = headings_in(a_file(tmp_path))

    assert (known.headings, known.line) == (("Nom", "Secteur", "Couleur"), 2)
    assert [(column.heading, column.field) for column in known.columns] == [("Nom", "name"), ("Secteur", "sectors")]
    assert (unknown.headings, unknown.columns, unknown.line) == (("Libellé", "Domaine"), (), 3)
    assert len(headings_in(a_file(tmp_path), MAP).columns) == 2


def test_the_command_saves_a_map_and_reads_with_it(tmp_path, capsys):
    path = a_file(tmp_path)
    said = tmp_path / "map.toml"
    said.write_text('source = "ODCO"\n[columns]\nname_fr = "Libellé"\n[sectors]\n"Apiculture" = "AGRI"\n', encoding="utf-8")

    call_command("import_cooperatives", str(path), "--map", str(said), "--save-map", "ODCO", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["new"] == 1
    call_command("import_cooperatives", str(path), "--json")
    answer = json.loads(capsys.readouterr().out)
    call_command("import_cooperatives", str(path), "--map", "ODCO", "--json")
    again = json.loads(capsys.readouterr().out)

    assert (answer["column_map"], answer["new"], answer["matched"], answer["conflicting"]) == ("ODCO", 1, 0, 0)
    assert (again["column_map"], again["new"], again["matched"], again["rows"]) == ("", 0, 1, 1)


def test_the_command_saves_how_it_understood_the_headings(tmp_path, capsys):
    call_command("import_cooperatives", str(a_file(tmp_path, "Nom;Secteur\nAmal;Argan\n")), "--save-map", "Plain")

    assert saved_column_map("Plain").column_map.columns == {"nom": "name", "secteur": "sectors"}


def test_a_map_nobody_knows_is_said(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("import_cooperatives", str(a_file(tmp_path)), "--map", "Nothing", "--json")

    assert (ended.value.code, json.loads(capsys.readouterr().out)["error"]) == (2, "map_unreadable")


def test_rows_that_contradict_are_counted(tmp_path):
    rows = ["Nom;ICE;Secteur", "Amal;001561191000066;Argan", "Barakat;001561191000066;Argan", ";;Argan"]

    outcome = import_cooperatives(a_file(tmp_path, "\n".join(rows)))

    assert (outcome.created, outcome.rejected, outcome.conflicting, outcome.matched) == (1, 2, 1, 0)
