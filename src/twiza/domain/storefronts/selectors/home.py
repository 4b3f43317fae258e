"""What stands on a storefront's first page. A block with nothing to say is not shown, whatever was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.db.models import QuerySet

from twiza.domain.catalogue.models import Product, ProductKind
from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.models import Storefront, StorefrontFeatured, StorefrontHome
from twiza.domain.storefronts.selectors.showing import cooperatives_shown_in, products_shown_in
from twiza.domain.storefronts.selectors.templates import LANGUAGES
from twiza.kit.translations import FALLBACKS

HERO = StorefrontHome.Block.HERO.value
# The hero stands first, always: it holds the name of the storefront.
MOVABLE = tuple(block for block in StorefrontHome.Block.values if block != HERO)
# So many by rule; who chooses may choose one more.
FEATURED_BY_RULE = 3


@dataclass(frozen=True)
class HomeBlock:
    """A block as whoever arranges the page sees it."""

    kind: str
    title: str
    is_shown: bool


@dataclass(frozen=True)
class Story:
    """Plain words, and the language they are in; empty where none were written."""

    text: str = ""
    language: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


def home_blocks_of(storefront: Storefront) -> list[HomeBlock]:
    """All of them, in their order, the hero first."""
    home = _home(storefront)
    order = (HERO, *block_order(home.order))
    return [HomeBlock(kind, str(StorefrontHome.Block(kind).label), kind not in home.hidden) for kind in order]


def block_order(said: Sequence[str]) -> list[str]:
    """The blocks below the hero: as they were arranged, then those nobody has placed yet."""
    placed = [kind for kind in said if kind in MOVABLE]
    return [*placed, *(kind for kind in MOVABLE if kind not in placed)]


def story_of(storefront: Storefront, language: str) -> Story:
    """Its story in the reader's language, or the nearest in which it was told."""
    told = stories_of(storefront)
    return next((Story(told[code], code) for code in FALLBACKS[language] if told.get(code)), Story())


def stories_of(storefront: Storefront) -> dict[str, str]:
    """By language, for whoever writes it."""
    home = _home(storefront)
    return {code: getattr(home, f"story_{code}") for code in LANGUAGES}


def is_hero_drawn(storefront: Storefront) -> bool:
    """A drawing is wished for where there could be a photo."""
    return _home(storefront).is_hero_drawn


def products_in_season_in(storefront: Storefront, day: date) -> QuerySet[Product]:
    """Those it shows that have a season, and it is now."""
    return products_shown_in(storefront).filter(season_months__contains=[day.month])


def families_in(storefront: Storefront) -> list[ProductKind]:
    """The families of what it shows."""
    shown = products_shown_in(storefront).order_by().values("kind__family_id")
    return list(ProductKind.objects.filter(pk__in=shown))


def cooperatives_of_the_month(storefront: Storefront, day: date) -> list[int]:
    """The ids of those that were chosen; where none was, three whose turn it is, if there are more than that.

    A turn lasts a month, and everybody's comes as often as the others'.
    """
    shown = list(cooperatives_shown_in(storefront).order_by().values_list("pk", flat=True))
    chosen = [pk for pk in featured_in(storefront) if pk in shown]
    if chosen or len(shown) <= FEATURED_BY_RULE:
        return chosen
    drawn = sorted(shown, key=lambda pk: blake2b(f"{day.year}-{day.month}:{pk}".encode()).digest())
    return drawn[:FEATURED_BY_RULE]


def featured_in(storefront: Storefront) -> list[int]:
    """The ids of the cooperatives that were chosen, or of the pages that took them in, in the order of choosing."""
    rows = StorefrontFeatured.objects.filter(storefront=storefront).values_list("cooperative_id", "cooperative__merged_into_id")
    return list(dict.fromkeys(into or own for own, into in rows))


def choosable_for_the_month(storefront: Storefront) -> Sequence[Organisation]:
    """The cooperatives that may be chosen."""
    return list(cooperatives_shown_in(storefront))


def _home(storefront: Storefront) -> StorefrontHome:
    home: StorefrontHome | None = getattr(storefront, "home", None)
    return home or StorefrontHome(storefront=storefront)
