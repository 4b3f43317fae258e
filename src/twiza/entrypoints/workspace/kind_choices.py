"""The kinds of products as drawn choices, in families that open one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from twiza.domain.catalogue.forms import ProductForm

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import ProductKind


@dataclass(frozen=True)
class Family:
    """A family with its kinds; open when the chosen kind is among them."""

    family: ProductKind
    kinds: tuple[ProductKind, ...]
    chosen: str

    @property
    def is_open(self) -> bool:
        return any(kind.code == self.chosen for kind in self.kinds)


class Families(list[Family]):
    """The families in the catalogue's order."""

    @property
    def drawings(self) -> set[str]:
        """What the page draws: the shapes are written once, a hundred kinds share them."""
        return {one.drawing for row in self for one in (row.family, *row.kinds)}


def families_of(form: ProductForm) -> Families:
    """The choices of the form's kinds by family, in the catalogue's order."""
    chosen = form["kind"].value() or ""
    ordered = sorted(form.kinds.values(), key=lambda kind: (kind.family.position, kind.family.code) if kind.family else (0, ""))
    grouped = groupby(ordered, key=lambda kind: kind.family)
    return Families(Family(family, tuple(kinds), chosen) for family, kinds in grouped if family)
