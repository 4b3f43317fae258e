"""What changed in a product, as a buyer reads it, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, ngettext

from twiza.domain.catalogue.selectors import allergen_names, kind_with
from twiza.domain.storefronts.selectors import read_today
from twiza.entrypoints.workspace.revision_words import Change
from twiza.kit.differences import words_compared

if TYPE_CHECKING:
    from twiza.domain.storefronts.selectors import WaitingProduct

FIELD_NAMES = {
    "name_fr": gettext_lazy("name in French"),
    "name_ar": gettext_lazy("name in Arabic"),
    "name_zgh": gettext_lazy("name in Tamazight"),
    "name_en": gettext_lazy("name in English"),
    "kind_id": gettext_lazy("what it is"),
    "story_fr": gettext_lazy("story in French"),
    "story_ar": gettext_lazy("story in Arabic"),
    "ingredients_fr": gettext_lazy("what is in it, in French"),
    "ingredients_ar": gettext_lazy("what is in it, in Arabic"),
    "allergens": gettext_lazy("what makes some people ill"),
    "storage_fr": gettext_lazy("how to keep it, in French"),
    "storage_ar": gettext_lazy("how to keep it, in Arabic"),
    "origin_fr": gettext_lazy("where it is from, in French"),
    "origin_ar": gettext_lazy("where it is from, in Arabic"),
    "photos": gettext_lazy("photos"),
}


def changes_of(waiting: WaitingProduct) -> list[Change]:
    """What would be new to a buyer: of a new product everything that is said."""
    seen: Mapping[str, Any] = waiting.review.seen if waiting.review else {}
    today = read_today(waiting.product)
    changes = []
    for field, name in FIELD_NAMES.items():
        was, becomes = seen.get(field), today[field]
        if was != becomes and (was or becomes):
            before, after = words_compared(_words(field, was), _words(field, becomes))
            changes.append(Change(field, str(name), before, after))
    return changes


def _words(field: str, value: Any) -> str:
    if not value:
        return ""
    if field == "kind_id":
        kind = kind_with(value)
        return kind.name if kind else str(value)
    if field == "allergens":
        return "\n".join(allergen_names(value))
    if field == "photos":
        return ngettext("%(number)s photo", "%(number)s photos", len(value)) % {"number": len(value)}
    return str(value)
