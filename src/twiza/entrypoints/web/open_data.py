"""The open data of the directory, written as CSV, JSON or GeoJSON a record at a time.

FIELDS is the data dictionary: the page, the document and the files read it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from twiza.domain.directory.selectors import OpenRecord
from twiza.domain.directory.selectors.provenance import OUR_LICENCE
from twiza.entrypoints.web.map_drawing import centre_of
from twiza.kit.spreadsheets import inert_cell

LICENCE = OUR_LICENCE
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Twiza; places: HCP, RGPH 2024 (CC BY 4.0)"
BETWEEN = " | "
PIECE = 64 * 1024

FIELDS: dict[str, Any] = {
    "slug": _("Name of the cooperative in our addresses; it does not change"),
    "page": _("Address of its page"),
    "kind": _("cooperative, union, federation or gie (economic interest group)"),
    "state": _("listed (known from a register), claimed (kept by its members) or verified"),
    "fictional": _("true when it was made up for a demonstration"),
    "name_fr": _("Name in Latin letters"),
    "name_ar": _("Name in Arabic letters"),
    "name_zgh": _("Name in Tifinagh letters"),
    "acronym": _("Short name"),
    "sectors": _("Codes of its sectors, as the office of cooperation counts them"),
    "activities": _("What it makes or does, in its own words"),
    "region_code": _("Code of the region (HCP)"),
    "region": _("Name of the region"),
    "province_code": _("Code of the province or prefecture (HCP)"),
    "province": _("Name of the province or prefecture"),
    "commune_code": _("Code of the commune (HCP)"),
    "commune": _("Name of the commune"),
    "douar": _("Village or hamlet"),
    "address": _("Address, when it is public"),
    "members_total": _("Number of members"),
    "members_women": _("Women among them"),
    "members_men": _("Men among them"),
    "members_youth": _("Young people among them"),
    "womens": _("true for a women's cooperative"),
    "founded_on": _("Day of foundation"),
    "registration": _("Number in the register of cooperatives"),
    "registration_court": _("Court that keeps this register"),
    "ice": _("Common identifier of enterprises (ICE)"),
    "labels": _("Labels and certificates that were checked and hold today"),
    "phones": _("Telephone numbers that it made public"),
    "whatsapp": _("WhatsApp numbers that it made public"),
    "emails": _("E-mail addresses that it made public"),
    "website": _("Its website"),
    "source": _("Who says most of it: a register, the cooperative, or an operator"),
    "source_date": _("Day on which it was said or read"),
    "licence": _("Licence of this record"),
    "source_file": _("SHA-256 of the register's file, when it comes from one"),
    "provenance": _("What others said, or on another day: fields = who; day; licence; SHA-256 of the file"),
}


def as_csv(records: Iterable[OpenRecord]) -> Iterator[str]:
    """A byte-order mark and headings first, so that a spreadsheet shows accents and Arabic; several values in a cell stand
    between bars. What a spreadsheet would run is only shown: an apostrophe goes before it."""
    yield "\ufeff" + _line(list(FIELDS))
    for row in _rows(records):
        yield _line([_cell(row[name]) for name in FIELDS])


def as_json(records: Iterable[OpenRecord]) -> Iterator[str]:
    """One object: `licence`, `licence_url`, `credit`, and `cooperatives`, one in each line."""
    head = {"licence": LICENCE, "licence_url": LICENCE_URL, "credit": CREDIT}
    yield from _collection(head, "cooperatives", _rows(records))


def as_geojson(records: Iterable[OpenRecord]) -> Iterator[str]:
    """A FeatureCollection. Each point is the middle of the province and says so: nobody's house can be read from it."""
    head = {"type": "FeatureCollection", "licence": LICENCE, "licence_url": LICENCE_URL, "credit": CREDIT}
    yield from _collection(head, "features", (_feature(row) for row in _rows(records)))


WRITERS: dict[str, Callable[[Iterable[OpenRecord]], Iterator[str]]] = {"csv": as_csv, "json": as_json, "geojson": as_geojson}
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


def in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The same in larger pieces, as a network likes them."""
    waiting = bytearray()
    for text in texts:
        waiting += text.encode()
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _rows(records: Iterable[OpenRecord]) -> Iterator[dict[str, Any]]:
    with override("fr"):
        pages = settings.SITE_URL + reverse("web:cooperatives")
    for record in records:
        told = vars(record)
        yield {name: f"{pages}{record.slug}/" if name == "page" else told[name] for name in FIELDS}


def _collection(head: dict[str, str], name: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'{_json(head)[:-1]}, "{name}": ['
    between = "\n"
    for row in rows:
        yield between + _json(row)
        between = ",\n"
    yield "\n]}\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    middle = centre_of(row["province_code"])
    point = {"type": "Point", "coordinates": list(middle)} if middle else None
    precision = "province" if middle else None
    return {"type": "Feature", "id": row["slug"], "geometry": point, "properties": {**row, "precision": precision}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = BETWEEN.join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return inert_cell(text)
