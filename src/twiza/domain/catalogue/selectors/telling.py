"""What is told of products besides their cards, for those who show them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twiza.domain.catalogue.models import Product
from twiza.kit.translations import first_filled

LANGUAGES = ("fr", "ar", "zgh", "en")
WORDS = ("story", "kind__family__name", "kind__name")


@dataclass(frozen=True, slots=True)
class Told:
    """`kinds` from the family to the kind."""

    story: str
    kinds: tuple[str, ...]
    is_fictional: bool


def told_of(product_ids: Sequence[int], language: str) -> dict[int, Told]:
    """By product id, in one question; what nobody said in this language is said in another, or not at all."""
    named = [f"{word}_{code}" for word in WORDS for code in LANGUAGES]
    rows = Product.objects.filter(pk__in=product_ids).order_by().values_list("pk", "cooperative__is_fictional", *named)
    return {pk: _told(is_fictional, texts, language) for pk, is_fictional, *texts in rows}


def _told(is_fictional: bool, texts: Sequence[str | None], language: str) -> Told:
    size = len(LANGUAGES)
    each = (dict(zip(LANGUAGES, texts[place : place + size], strict=True)) for place in range(0, len(texts), size))
    story, *kinds = (first_filled(language, **words) for words in each)
    return Told(story, tuple(filter(None, kinds)), is_fictional)
