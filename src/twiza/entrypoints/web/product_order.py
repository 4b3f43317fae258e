"""In which order products are listed, and where in the list a page begins, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import ProductList, Sort
from twiza.entrypoints.web.narrowing import address_with


@dataclass(frozen=True)
class SortLink:
    """As a chip shows it."""

    name: str
    url: str
    current: bool
    icon: str = ""


def sort_in(query: QueryDict) -> Sort | None:
    asked = query.get("sort", "")
    return next((sort for sort in Sort if sort == asked), None)


def sort_links(asked: Mapping[str, str], found: ProductList, *, has_words: bool) -> list[SortLink]:
    """The orders there are, with words that say what stands first; none where there is nothing to put in order. `asked` is
    what the address asks for besides."""
    if not found.is_counted or found.total < 2:
        return []
    usual = found.sort if not found.sort.is_by_price else Sort.NEAREST if has_words else Sort.NEWEST
    names = {
        Sort.NEAREST: _("Nearest to your words first"),
        Sort.NEWEST: _("Newest first"),
        Sort.CHEAPEST: _("Lowest price first"),
        Sort.DEAREST: _("Highest price first"),
    }
    offered = (usual, Sort.CHEAPEST, Sort.DEAREST)
    return [SortLink(names[sort], _address(asked, "" if sort is usual else sort.value), sort is found.sort) for sort in offered]


def _address(asked: Mapping[str, str], sort: str) -> str:
    """A page begins somewhere else once the order changes."""
    return address_with(asked, sort=sort)
