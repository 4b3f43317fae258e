"""What stands above and beside a list of products: families, choices with counts, orders, and what was chosen.

It is the same for every page of a list, whatever page it is and whoever reads it, so it is kept as it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import families_and_kinds_beside
from twiza.entrypoints.web.chips import chips_of
from twiza.entrypoints.web.kept_parts import KeptParts, Part
from twiza.entrypoints.web.product_narrowing import asked_of, product_panel
from twiza.entrypoints.web.product_order import sort_links
from twiza.kit import clock

if TYPE_CHECKING:
    from datetime import date

    from twiza.domain.catalogue.models import ProductKind
    from twiza.domain.catalogue.selectors import ProductFilters, ProductList

TOPICS = ("tariffs", "kinds", "labels", "organisations", "prices", "products", "storefronts")


@dataclass(frozen=True)
class Beside:
    """Each as it is shown; empty where there is nothing to choose."""

    chips: str
    panel: str
    sorts: str
    taken: str
    topics: tuple[str, ...] = TOPICS


class BesideKey(NamedTuple):
    list_url: str  # says the language and the storefront
    asked: tuple[tuple[str, str], ...]
    day: date


KINDS: KeptParts[str, Part] = KeptParts(most=300)
KEPT: KeptParts[BesideKey, Beside] = KeptParts(most=300)


def kinds_beside(code: str) -> Mapping[str, ProductKind]:
    """By code: the families, and the kinds of the one that has this code or a kind with it. Only to be read."""
    part = KINDS.one(code, lambda: Part({kind.code: kind for kind in families_and_kinds_beside(code)}, ("kinds",)))
    found: Mapping[str, ProductKind] = part.content
    return found


def beside(filters: ProductFilters, found: ProductList, kinds: Mapping[str, ProductKind], list_url: str) -> Beside:
    """As it is shown beside this list. What words found is nobody else's, and is made each time."""
    if filters.has_words:
        return _make(filters, found, kinds, list_url)
    key = BesideKey(list_url, tuple(asked_of(filters).items()), clock.today())
    return KEPT.one(key, lambda: _make(filters, found, kinds, list_url))


def _make(filters: ProductFilters, found: ProductList, kinds: Mapping[str, ProductKind], list_url: str) -> Beside:
    panel = product_panel(filters, found, kinds)
    kind = filters.kind
    families = [one for one in kinds.values() if one.family_id is None]
    sorts = sort_links(panel.asked, found, has_words=filters.has_words)
    return Beside(
        chips=_chips(_("Families of products"), chips_of(families, list_url, kind.family_id or kind.code if kind else "")),
        panel=render_to_string("web/_narrowing.html", {"panel": panel, "asks_where_to": True}),
        sorts=_chips(_("What stands first"), sorts) if sorts else "",
        taken=render_to_string("web/_taken.html", {"panel": panel}),
    )


def _chips(label: str, chips: object) -> str:
    return render_to_string("ui/chips.html", {"label": label, "chips": chips})
