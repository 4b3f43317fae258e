"""Rows of choices above a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import ProductKind


@dataclass(frozen=True)
class Chip:
    name: str
    url: str
    current: bool
    icon: str = ""


def chips_of(shown: Iterable[ProductKind], list_url: str, current: str) -> list[Chip]:
    """A chip for each family, after one for all."""
    chips = [Chip(_("All"), list_url, current == "")]
    return chips + [Chip(family.name, f"{list_url}?kind={family.code}", family.code == current) for family in shown]
