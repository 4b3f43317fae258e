"""A carrier without an interface: told of parcels by a list, answers by a list. Any spreadsheet writes and reads both."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import (
    DeliveryOption,
    HeardStatus,
    ListedParcel,
    ParcelFacts,
    PointRow,
    TariffRow,
    UnreadRow,
    priced_by_table,
)
from twiza.kit import clock
from twiza.kit.folding import fold
from twiza.kit.money import plain
from twiza.kit.rows import FileUnreadable, Row
from twiza.kit.spreadsheets import inert_cell
from twiza.kit.tables import read_table

MOST_ROWS = 2000
HEADINGS = ("numero", "destinataire", "telephone", "commune", "adresse", "poids_kg", "a_encaisser_dh", "ouverture", "note")
# What carriers call their columns, folded.
COLUMNS: Mapping[str, frozenset[str]] = {
    "reference": frozenset({"numero", "reference", "ref", "commande", "n° commande", "order", "number", "الرقم", "المرجع"}),
    "status": frozenset({"statut", "etat", "status", "الحاله"}),
    "on": frozenset({"date", "jour", "day", "التاريخ"}),
    "reason": frozenset({"motif", "raison", "reason", "commentaire", "السبب"}),
}
# (what, reason unless the row says one) by the folded words of carriers.
STATUSES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("expedie", "en cours", "en cours de livraison", "ramasse", "sent", "in transit"), ("in_transit", "")),
    **dict.fromkeys(("في الطريق", "قيد التوصيل"), ("in_transit", "")),
    **dict.fromkeys(("absent", "destinataire absent", "client absent"), ("missed", "nobody_home")),
    **dict.fromkeys(("injoignable", "pas de reponse", "no answer", "no_answer", "لا يجيب"), ("missed", "no_answer")),
    **dict.fromkeys(("reporte", "postponed", "programme", "موجل"), ("missed", "another_day")),
    **dict.fromkeys(("adresse introuvable", "adresse incorrecte"), ("missed", "not_found")),
    **dict.fromkeys(("livre", "delivered", "distribue", "تم التسليم"), ("delivered", "")),
    **dict.fromkeys(("refuse", "refused", "refus", "مرفوض"), ("refused", "not_wanted")),
    **dict.fromkeys(("retour", "retourne", "returned", "en retour", "annule", "cancelled", "مرتجع"), ("refused", "never_taken")),
    **dict.fromkeys(("perdu", "lost", "ضائع"), ("lost", "")),
}  # fmt: skip
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y")


class Carrier:
    code = "bordereau"
    name: str | Promise = _("A carrier that is told of parcels by a list")
    is_fetched = False
    keeps_cash = True

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return priced_by_table(self.code, parcel, tariff)

    def write_list(self, parcels: Sequence[ListedParcel]) -> str:
        text = io.StringIO()
        table = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
        table.writerow(HEADINGS)
        table.writerows([inert_cell(cell) for cell in _cells(parcel)] for parcel in parcels)
        return text.getvalue()

    def read_statuses(self, file: Path) -> tuple[list[HeardStatus], list[UnreadRow]]:
        rows = islice(read_table(file), MOST_ROWS + 1)
        headings = next(rows, None)
        places = _places(headings.cells if headings else [])
        if not {"reference", "status"} <= places.keys():
            raise FileUnreadable
        read = [_read(row, places) for row in rows]
        return [one for one in read if isinstance(one, HeardStatus)], [one for one in read if isinstance(one, UnreadRow)]


def _cells(parcel: ListedParcel) -> list[str]:
    return [
        parcel.reference,
        parcel.receiver,
        f"0{parcel.phone.removeprefix('+212')}" if parcel.phone.startswith("+212") else parcel.phone,
        parcel.commune,
        parcel.address,
        f"{parcel.weight_grams / 1000:.3f}",
        plain(parcel.collect_centimes),
        "oui" if parcel.may_be_opened else "non",
        parcel.note,
    ]


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each column that we know stands; the first of a kind counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = next((name for name, words in COLUMNS.items() if fold(heading).strip() in words), None)
        if name:
            found.setdefault(name, place)
    return found


def _read(row: Row, places: Mapping[str, int]) -> HeardStatus | UnreadRow:
    cells = {name: row.cells[place].strip() if place < len(row.cells) else "" for name, place in places.items()}
    known = STATUSES.get(fold(cells["status"]).strip(" ."))
    day = _day(cells.get("on", ""))
    if not cells["reference"]:
        return UnreadRow(row.number, "no_number", cells["status"][:60])
    if known is None:
        return UnreadRow(row.number, "status_unknown", cells["status"][:60])
    if day is None or day > clock.today():
        return UnreadRow(row.number, "day_unreadable", cells.get("on", "")[:60])
    return HeardStatus(row.number, cells["reference"].lstrip("'#")[:13], known[0], day, known[1])


def _day(text: str) -> date | None:
    """Without a day, it is today's news."""
    if not text:
        return clock.today()
    for written in DATES:
        try:
            return datetime.strptime(text[:10], written).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
