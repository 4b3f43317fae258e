"""The first page of a storefront: its blocks with what they show, and of what they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from twiza.domain.catalogue.selectors import a_choice_of
from twiza.domain.directory.selectors import cooperative_cards
from twiza.domain.storefronts.selectors import (
    cooperatives_of_the_month,
    cooperatives_shown_in,
    gift_baskets_sold_in,
    home_blocks_of,
    is_hero_drawn,
    products_in_season_in,
    story_of,
)
from twiza.entrypoints.web import cooperative_cards as written
from twiza.entrypoints.web.cards import ProductCard, product_cards_of, topics_of
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import ProductKind
    from twiza.domain.storefronts.models import Storefront

IN_SEASON, NAMED = 8, 60
FEWEST_FAMILIES = 2
# What stands in the arch while nothing is sold yet.
ANYTHING = (("bowl", "#efdfb4"), ("jar", "#d9911c"), ("cheese", "#f0d48a"))


@dataclass(frozen=True)
class Window:
    """The storefront, the slug of its address, some of what it shows, and of which families that is."""

    storefront: Storefront
    store: str
    taste: list[ProductCard]
    families: list[ProductKind]


@dataclass(frozen=True)
class Block:
    """One block of the page; `shown` is what its template reads."""

    kind: str
    shown: dict[str, Any] = field(default_factory=dict)
    topics: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"web/shop/home/{self.kind}.html"


def blocks_of(window: Window) -> list[Block]:
    """Those that are switched on and have something to show, in their order."""
    wanted = (MAKERS[block.kind](window) for block in home_blocks_of(window.storefront) if block.is_shown)
    return [block for block in wanted if block is not None]


def topics_of_blocks(blocks: list[Block]) -> Iterator[str]:
    """Of what these blocks are made."""
    return (topic for block in blocks for topic in block.topics)


def _hero(window: Window) -> Block | None:
    """A photo of what it shows stands in the arch, or what its products are drawn as."""
    cards = window.taste
    photo = next((card for card in cards if card.src), None)
    if photo is not None and not is_hero_drawn(window.storefront):
        return Block("hero", {"src": photo.src, "alt": photo.alt or photo.name, "anchor": photo.anchor}, tuple(topics_of(cards)))
    drawings = list(dict.fromkeys((card.drawing, card.tint) for card in cards))[:3] or list(ANYTHING)
    named: dict[str, str] = {}
    for number, (drawing, tint) in enumerate(drawings, 1):
        named |= {f"drawing_{number}": drawing, f"tint_{number}": tint}
    return Block("hero", named, tuple(topics_of(cards)))


def _kinds(window: Window) -> Block | None:
    return Block("kinds") if len(window.families) >= FEWEST_FAMILIES else None


def _season(window: Window) -> Block | None:
    products = products_in_season_in(window.storefront, clock.today())
    cards = product_cards_of(products, a_choice_of(products, IN_SEASON), window.store)
    return Block("season", {"cards": cards}, tuple(topics_of(cards))) if cards else None


def _newest(window: Window) -> Block | None:
    return Block("newest", {"cards": window.taste}, tuple(topics_of(window.taste))) if window.taste else None


def _gifts(window: Window) -> Block | None:
    """Sold today; whether all of one is on the shelves is said on its own page. A price of its own names its products' too."""
    gifts = gift_baskets_sold_in(window.storefront, clock.today())
    parts = [part.variant.product_id for gift in gifts for part in gift.components.all()]
    return Block("gifts", {"gifts": gifts}, tuple(f"product:{pk}" for pk in dict.fromkeys(parts))) if gifts else None


def _featured(window: Window) -> Block | None:
    ids = cooperatives_of_the_month(window.storefront, clock.today())
    found = {card.id: card for card in cooperative_cards(ids)} if ids else {}
    cards = written.cooperative_cards(found[pk] for pk in ids if pk in found)
    return Block("featured", {"cards": cards}, tuple(f"organisation:{pk}" for pk in found)) if cards else None


def _story(window: Window) -> Block | None:
    story = story_of(window.storefront, get_language() or "fr")
    return Block("story", {"story": story}) if story.text else None


def _everybody(window: Window) -> Block | None:
    cooperatives = list(cooperatives_shown_in(window.storefront)[:NAMED])
    return Block("everybody", {"cooperatives": cooperatives}) if cooperatives else None


MAKERS: dict[str, Callable[[Window], Block | None]] = {
    "hero": _hero,
    "kinds": _kinds,
    "season": _season,
    "newest": _newest,
    "gifts": _gifts,
    "featured": _featured,
    "story": _story,
    "everybody": _everybody,
}
