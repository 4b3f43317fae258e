"""Versions of a page in words: what would change, and who said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twiza.domain.directory.selectors import legal_form_name, sector_name
from twiza.domain.directory.services.comparing import Difference
from twiza.foundation.places.selectors import get_commune, provinces_in_memory
from twiza.kit.differences import Piece, words_compared

if TYPE_CHECKING:
    from twiza.domain.directory.models import Revision

THING_NAMES = {
    "name_fr": gettext_lazy("name in French"),
    "name_ar": gettext_lazy("name in Arabic"),
    "name_zgh": gettext_lazy("name in Tamazight"),
    "acronym": gettext_lazy("acronym"),
    "story_fr": gettext_lazy("story in French"),
    "story_ar": gettext_lazy("story in Arabic"),
    "activities": gettext_lazy("activities"),
    "sectors": gettext_lazy("sectors"),
    "legal_form": gettext_lazy("legal form"),
    "place": gettext_lazy("place"),
    "douar": gettext_lazy("douar"),
    "address": gettext_lazy("address"),
    "members": gettext_lazy("members"),
    "is_womens": gettext_lazy("women's cooperative"),
    "founded_on": gettext_lazy("founded on"),
    "website": gettext_lazy("website"),
}
MEMBER_NAMES = {
    "members_total": gettext_lazy("members"),
    "members_women": gettext_lazy("women"),
    "members_men": gettext_lazy("men"),
    "members_youth": gettext_lazy("young people"),
}


@dataclass(frozen=True)
class Change:
    """A thing as it is and as it would be, in pieces of which some are marked."""

    thing: str
    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changes_in_words(differences: Iterable[Difference]) -> list[Change]:
    """What would change, as the reader reads it."""
    changes = []
    for one in differences:
        before, after = words_compared(_words(one.thing, one.now), _words(one.thing, one.then))
        changes.append(Change(one.thing, str(THING_NAMES[one.thing]), before, after))
    return changes


def said_by(revision: Revision) -> str:
    """The person who wrote it, or the register it was read in."""
    if revision.author is not None:
        return revision.author.get_full_name()
    if revision.import_batch is not None:
        return revision.import_batch.source or revision.import_batch.file_name
    return _("Unknown")


def _words(thing: str, values: dict[str, Any]) -> str:
    if thing == "place":
        return _place(values["commune_code"], values["province_code"])
    if thing == "members":
        said = [
            _("%(name)s: %(count)s") % {"name": MEMBER_NAMES[field], "count": count}
            for field, count in values.items()
            if count is not None
        ]
        return "\n".join(said)
    value = values[thing]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if thing == "sectors":
        return "\n".join(sector_name(code) for code in value)
    return legal_form_name(value) if thing == "legal_form" else str(value or "")


def _place(commune_code: str, province_code: str) -> str:
    commune = get_commune(commune_code) if commune_code else None
    if commune is not None:
        return f"{commune.name}\n{commune.province.name}"
    return next((province.name for province in provinces_in_memory() if province.code == province_code), "")
