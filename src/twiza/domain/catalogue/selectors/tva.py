"""What the law says of the value added tax of each kind of product, by day: read from `tva.tsv`, never a constant in code.

It says what applies to the kind. Whether a cooperative is exempt itself is for it and its accountant to know.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from twiza.domain.catalogue.models import Product, ProductKind
from twiza.kit.translations import first_filled

TABLE = Path(__file__).parent.parent / "tva.tsv"
ANY_KIND = "*"


@dataclass(frozen=True)
class TvaClass:
    """`code`: a rate, exempt, or outside the tax; `percent` is 0 but for a rate.

    `is_read` when the words of the law were read; otherwise it follows from a rule, and an accountant should confirm it.
    """

    code: str
    percent: int
    is_read: bool
    law_fr: str
    law_ar: str

    def law_in(self, language: str) -> str:
        return first_filled(language, fr=self.law_fr, ar=self.law_ar)


Dated = tuple[date, TvaClass]


def tva_class_of(product: Product, day: date) -> TvaClass | None:
    """The class of its kind on that day; nothing before the table begins. Select `kind` with the product."""
    return tva_class_of_kind(product.kind, day)


def tva_class_of_kind(kind: ProductKind, day: date, table: Mapping[str, Sequence[Dated]] | None = None) -> TvaClass | None:
    """The kind's own line, else its family's, else the one for all: of each the latest that had begun."""
    known = tva_table() if table is None else table
    for code in (kind.code, kind.family_id, ANY_KIND):
        begun = [tva for begins, tva in known.get(code or "", ()) if begins <= day]
        if begun:
            return begun[-1]
    return None


@cache
def tva_table() -> dict[str, list[Dated]]:
    """By code of kind or family, its classes with the day each begins, the oldest first."""
    found: dict[str, list[Dated]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            tva = TvaClass(row["class"], int(row["percent"]), row["certainty"] == "read", row["law_fr"], row["law_ar"])
            found.setdefault(row["kind"], []).append((date.fromisoformat(row["from"]), tva))
    return {code: sorted(dated, key=lambda pair: pair[0]) for code, dated in found.items()}


def kinds_by_tva_class(day: date) -> list[tuple[TvaClass, list[ProductKind]]]:
    """Every kind under its class on that day, classes in the order of the kinds."""
    found: dict[TvaClass, list[ProductKind]] = {}
    for kind in ProductKind.objects.filter(family__isnull=False):
        tva = tva_class_of_kind(kind, day)
        if tva is not None:
            found.setdefault(tva, []).append(kind)
    return sorted(found.items(), key=lambda pair: pair[0].percent)
