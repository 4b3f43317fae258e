"""Which colours a storefront may have, those in which words can be read; and who has what of a gift basket's price."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import pgettext_lazy

from twiza.kit.colours import is_readable, nearest_darker
from twiza.kit.money import split

# The papers of the light theme: words, links and buttons in the storefront's colour stand on each.
PAPERS = ("#fbf7ef", "#fffdf9", "#f3ebdc", "#fffcf5")
PALETTE = (
    ("#1c5848", pgettext_lazy("a colour", "Cedar")),
    ("#1f4a8f", pgettext_lazy("a colour", "Majorelle blue")),
    ("#0f5a6b", pgettext_lazy("a colour", "Sea")),
    ("#55601c", pgettext_lazy("a colour", "Olive")),
    ("#7d4d00", pgettext_lazy("a colour", "Saffron")),
    ("#a33f27", pgettext_lazy("a colour", "Clay")),
    ("#8a2846", pgettext_lazy("a colour", "Rose of Dades")),
    ("#4a3b7c", pgettext_lazy("a colour", "Iris")),
)


def may_colour(colour: str) -> bool:
    """Words in it can be read on our paper, and words of paper on it."""
    return is_readable(colour, PAPERS)


def nearest_allowed(colour: str) -> str:
    """The same hue, only as much darker as is needed."""
    return nearest_darker(colour, PAPERS)


def shares_of_price(price_centimes: int, by_themselves_centimes: Sequence[int]) -> list[int]:
    """Who has what of a gift basket's price, in proportion to what each part costs by itself. They make the price exactly, and
    none is more than the part costs by itself while the price is not."""
    return split(price_centimes, by_themselves_centimes)
