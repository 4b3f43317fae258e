"""From the cells of a row to what it says of a cooperative, with everything that was wrong on the way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.services.drafting import row_fingerprint_of
from twiza.domain.directory.services.importing import cells
from twiza.domain.directory.services.importing.faults import Fault
from twiza.domain.directory.services.importing.headings import NAMES, ColumnMap
from twiza.domain.directory.services.importing.names import name_keys
from twiza.domain.directory.services.importing.numbers import SCHEMES, court_named, read_identifier, registration_and_court
from twiza.domain.directory.services.importing.whereabouts import whereabouts
from twiza.foundation.places.selectors import Atlas
from twiza.kit.folding import fold, fold_words
from twiza.kit.phone import read_phone
from twiza.kit.rows import LONGEST_CELL, Row
from twiza.kit.scripts import names_in
from twiza.kit.table_cells import cleaned, last_filled
from twiza.kit.table_faults import ERROR, WARNING, RowRejected
from twiza.kit.table_headings import Column

LONGEST = {"acronym": 40, "address": 300, "douar": 120, "activities": 1000, "website": 200}
LONGEST_NAME = 200
MOST_PLACES = 10_000
COUNTS = ("members_total", "members_women", "members_men", "members_youth")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
_NUMBERS_APART = re.compile(r"[/;,\n|]|\bou\b|\bet\b|\s-\s|(?<=\d)\s{2,}(?=0)")
_WOMENS = re.compile(r"\b(?:feminine|feminines|femmes)\b|نسويه|نسائيه|النساء")
KINDS = (("union", "union", ("union", "اتحاد")), ("federation", "federation", ("federation", "فيدراليه", "جامعه")),
         ("gie", "gie", ("gie", "groupement d interet economique", "مجموعه ذات النفع الاقتصادي")))  # fmt: skip


@dataclass(frozen=True)
class ReadRow:
    """`fingerprint` is the same for rows that say the same."""

    line: int
    kind: str
    details: OrganisationDetails
    fingerprint: str
    name_keys: tuple[int, ...]


class RowReader:
    """Reads rows under known headings. Faults are gathered in `faults`; a row that cannot be kept raises RowRejected."""

    def __init__(self, columns: Sequence[Column], told: ColumnMap, atlas: Atlas) -> None:
        self._columns = columns
        self._told = told
        # A register names each place and each court many times.
        self._whereabouts = lru_cache(MOST_PLACES)(partial(whereabouts, atlas))
        self._court = lru_cache(MOST_PLACES)(partial(court_named, atlas=atlas))
        self._width = max(column.place for column in columns) + 1
        self._headings: dict[str, str] = {}
        for column in columns:
            self._headings.setdefault(column.field, column.heading)
        self.faults: list[Fault] = []
        self._line = 0

    def expect(self, cells_in_headings: int) -> None:
        """How many cells a whole row has."""
        self._width = cells_in_headings

    def read(self, row: Row) -> ReadRow:
        self.faults, self._line = [], row.number
        self._check_shape(row)
        said = self._texts(row)
        names = self._names(said)
        values: dict[str, Any] = {**names, **self._place(said), **self._members(said, names)}
        values["sectors"] = self._sectors(said)
        values["acronym"] = self._short(said, "acronym")
        values["douar"] = self._short(said, "douar")
        values["activities"] = self._short(said, "activities", " · ".join(dict.fromkeys(said["branch"] + said["activities"])))
        values["website"] = self._website(said)
        values["founded_on"] = self._date(said)
        kind, values["legal_form"] = _kind(" ".join(said["legal_form"]))
        values["contacts"] = tuple(self._contacts(said))
        values["identifiers"] = tuple(self._identifiers(said))
        details = OrganisationDetails(**values)
        return ReadRow(row.number, kind, details, row_fingerprint_of(details), name_keys(details))

    # -- the row as a whole

    def _check_shape(self, row: Row) -> None:
        if row.trouble == "quote":
            self._reject("quote_never_closed", value=" ".join(row.cells))
        if row.trouble == "cell":
            self._reject("cell_too_long", value=" ".join(row.cells), most=LONGEST_CELL)
        filled = last_filled(row.cells)
        facts: dict[str, Any] = {"cells": len(row.cells), "headings": self._width}
        if filled > self._width:
            self._reject("too_many_cells", value=" ".join(row.cells[self._width :]), **facts)
        if len(row.cells) < self._width and len(row.cells) < max(column.place for column in self._columns) + 1:
            self._warn("", "too_few_cells", "", **facts)
        if row.trouble == "nul":
            self._warn("", "nul_removed", "")

    def _texts(self, row: Row) -> dict[str, list[str]]:
        """By field, what each of its columns says; nothing for a dash or a spreadsheet's error."""
        said: dict[str, list[str]] = defaultdict(list)
        for column in self._columns:
            text = row.cells[column.place].strip() if column.place < len(row.cells) else ""
            if text and (kept := self._clean(column, text)):
                said[column.field].append(kept)
        return said

    def _clean(self, column: Column, text: str) -> str:
        said, faults = cleaned(text)
        for code, value in faults:
            if code == "characters_unreadable" and column.field in NAMES:
                self._reject("name_unreadable", column.field, value)
            self._warn(column.field, code, value)
        return "" if "\ufffd" in said else said

    # -- what it says

    def _names(self, said: dict[str, list[str]]) -> dict[str, str]:
        names: dict[str, str] = {}
        for field in ("name_fr", "name_ar", "name_zgh", "name"):
            for text in said[field]:
                for script, name in names_in(text).items():
                    names.setdefault(f"name_{script}", " ".join(name.split()))
        if not any(fold_words(name) for name in names.values()):
            self._reject("no_name", next(field for field in self._headings if field in NAMES))
        for name in names.values():
            if len(name) > LONGEST_NAME:
                self._reject("name_too_long", "name", name, most=LONGEST_NAME)
        return names

    def _place(self, said: dict[str, list[str]]) -> dict[str, str]:
        written = {field: " ".join(said[field]) for field in ("commune", "province", "region")}
        found = self._whereabouts(**written)
        for field, code, facts in found.troubles:
            self._warn(field, code, written[field], **facts)
        address = ", ".join(dict.fromkeys([*said["address"], *([found.words] if found.words else [])]))
        return {
            "commune_code": found.commune,
            "province_code": found.province,
            "address": self._short(said, "address", address),
        }

    def _members(self, said: dict[str, list[str]], names: dict[str, str]) -> dict[str, Any]:
        counts = {field: self._count(field, said[field]) for field in COUNTS}
        women, men = counts["members_women"], counts["members_men"]
        if counts["members_total"] is None and women is not None and men is not None:
            counts["members_total"] = women + men
        total = counts["members_total"]
        for field in COUNTS[1:]:
            count = counts[field]
            if total is not None and count is not None and count > total:
                self._warn(field, "more_than_members", str(count))
                counts[field] = None
        is_said = any(fold(text) in cells.YES for text in said["is_womens"])
        is_named = any(_WOMENS.search(fold_words(name)) for name in names.values())
        is_counted = bool(total) and counts["members_women"] == total
        return {**counts, "is_womens": is_said or is_named or is_counted}

    def _count(self, field: str, texts: Iterable[str]) -> int | None:
        for text in texts:
            count = cells.read_count(text)
            if count is None:
                self._warn(field, "count_unreadable", text)
            return count
        return None

    def _sectors(self, said: dict[str, list[str]]) -> tuple[str, ...]:
        codes: list[str] = []
        for text in said["sectors"]:
            known, unknown = cells.read_sectors(text, self._told.sectors)
            codes += known
            for words in unknown:
                self._warn("sectors", "sector_unknown", words)
        if said["sectors"] and not codes:
            codes = ["AUTR"]
        return tuple(sorted(set(codes)))

    def _short(self, said: dict[str, list[str]], field: str, text: str | None = None) -> str:
        text = " ".join(said[field]) if text is None else text
        if len(text) > LONGEST[field]:
            self._warn(field, "too_long", text, most=LONGEST[field])
        return text[: LONGEST[field]]

    def _website(self, said: dict[str, list[str]]) -> str:
        for text in said["website"]:
            if _WEBSITE.fullmatch(text) and len(text) < LONGEST["website"]:
                return text if text.startswith("http") else f"https://{text}"
            self._warn("website", "website_unreadable", text)
        return ""

    def _date(self, said: dict[str, list[str]]) -> Any:
        for text in said["founded_on"]:
            try:
                return cells.read_date(text)
            except cells.DateTrouble as trouble:
                self._warn("founded_on", str(trouble), text)
        return None

    def _contacts(self, said: dict[str, list[str]]) -> Iterable[ContactDetails]:
        found: dict[tuple[str, str], ContactDetails] = {}
        for field in ("phone", "whatsapp"):
            for text in (part for whole in said[field] for part in _numbers(whole)):
                number = read_phone(text)
                if number is None:
                    self._warn(field, "phone_unreadable", text)
                else:
                    found[field, number] = ContactDetails(field, number, self._told.contacts_are)
        for text in (part.strip() for whole in said["email"] for part in re.split(r"[;,\s]+", whole)):
            if _EMAIL.fullmatch(text):
                found["email", text.lower()] = ContactDetails("email", text.lower(), self._told.contacts_are)
            elif text:
                self._warn("email", "email_unreadable", text)
        return found.values()

    def _identifiers(self, said: dict[str, list[str]]) -> Iterable[IdentifierDetails]:
        for scheme in SCHEMES:
            for text in said[scheme][:1]:
                written, court = registration_and_court(text) if scheme == "registration" else (text, "")
                value, trouble = read_identifier(scheme, written)
                if trouble:
                    self._warn(scheme, trouble, _hidden(text) if scheme == "rib" else text)
                if value and scheme == "registration":
                    court = " ".join(said["court"]) or court
                    yield IdentifierDetails(scheme, value, self._court(court) if court else "")
                elif value:
                    yield IdentifierDetails(scheme, value)

    # -- what is wrong

    def _warn(self, field: str, code: str, value: str, **facts: Any) -> None:
        self.faults.append(Fault(self._line, self._headings.get(field, ""), value[:200], code, WARNING, facts))

    def _reject(self, code: str, field: str = "", value: str = "", **facts: Any) -> None:
        raise RowRejected(Fault(self._line, self._headings.get(field, ""), value[:200], code, ERROR, facts))


def _numbers(text: str) -> list[str]:
    if read_phone(text):
        return [text]
    return [part.strip() for part in _NUMBERS_APART.split(text) if part.strip()]


def _kind(text: str) -> tuple[str, str]:
    """(the organisation's kind, its legal form)."""
    words = f" {fold_words(text)} "
    for kind, form, written in KINDS:
        if any(f" {word} " in words for word in written):
            return kind, form
    return "cooperative", "coop"


def _hidden(text: str) -> str:
    """A bank account is not printed in a report."""
    return f"…{text[-4:]}"
