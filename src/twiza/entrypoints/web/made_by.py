"""Who made it, in a sentence: "Fatima, Aïcha and 3 others"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

if TYPE_CHECKING:
    from twiza.domain.catalogue.selectors import NamedMakers
    from twiza.domain.directory.models import Organisation


MOST_FIGURES = 8


@dataclass(frozen=True)
class MadeBy:
    """The sentence, and a drawn figure for each hand, eight at most."""

    words: SafeString
    figures: range
    icon: str


def made_by(makers: NamedMakers, *, of: Organisation) -> MadeBy | None:
    """Who made it; nothing when nobody is named. In a women's cooperative women are drawn."""
    if not makers.names:
        return None
    figures = range(min(len(makers.names) + makers.others, MOST_FIGURES))
    revision = of.published_revision
    is_womens = revision is not None and revision.is_womens
    return MadeBy(_words(makers), figures, "woman" if is_womens else "user")


def _words(makers: NamedMakers) -> SafeString:
    """Their first names, each in its own direction."""
    comma = pgettext("between facts in a text", ", ")
    if makers.others:
        words = ngettext("{names} and {number} other", "{names} and {number} others", makers.others)
        return format_html(words, names=_names(comma, makers.names), number=makers.others)
    if len(makers.names) == 1:
        return _names(comma, makers.names)
    return format_html(
        gettext("{names} and {last}"), names=_names(comma, makers.names[:-1]), last=_names(comma, makers.names[-1:])
    )


def _names(comma: str, names: tuple[str, ...]) -> SafeString:
    return format_html_join(comma, "<bdi>{}</bdi>", ((name,) for name in names))
