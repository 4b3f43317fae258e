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


def families_of(form: ProductForm) -> list[Family]:
    """The choices of the form's kinds by family, in the catalogue's order."""
    chosen = form["kind"].value() or ""
    ordered = sorted(form.kinds.values(), key=lambda kind: (kind.family.position, kind.family.code) if kind.family else (0, ""))
    grouped = groupby(ordered, key=lambda kind: kind.family)
    return [Family(family, tuple(kinds), chosen) for family, kinds in grouped if family]
