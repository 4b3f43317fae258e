"""Arranging a storefront's first page."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from twiza.domain.storefronts.errors import PageTooLong, TooManyOfTheMonth
from twiza.domain.storefronts.models import Storefront, StorefrontFeatured, StorefrontHome
from twiza.domain.storefronts.selectors.home import MOVABLE, block_order, featured_in
from twiza.domain.storefronts.selectors.showing import cooperatives_shown_in
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.domain.storefronts.services.pages import LONGEST_PAGE
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound
from twiza.kit.texts import tidy_paragraphs

MOST_OF_THE_MONTH = 4


@transaction.atomic
def move_block(storefront: Storefront, kind: str, places: int, *, by: User) -> None:
    """The block stands so many places later, or earlier when negative; at an end it stays. Raises NotFound, also for the hero."""
    kept, home = _held(storefront, by)
    if kind not in MOVABLE:
        raise NotFound
    order = block_order(home.order)
    place = min(max(0, order.index(kind) + places), len(order) - 1)
    order.remove(kind)
    order.insert(place, kind)
    home.order = order
    home.save()
    record_act("move_block", kept, by, {"block": kind})


@transaction.atomic
def show_block(storefront: Storefront, kind: str, *, is_shown: bool, by: User) -> None:
    """The first page has this block whenever it has something to say; or never. Raises NotFound."""
    kept, home = _held(storefront, by)
    if kind not in StorefrontHome.Block.values:
        raise NotFound
    hidden = [other for other in home.hidden if other != kind]
    home.hidden = hidden if is_shown else [*hidden, kind]
    home.save()
    record_act("show_block" if is_shown else "hide_block", kept, by, {"block": kind})


@transaction.atomic
def draw_hero(storefront: Storefront, *, is_drawn: bool, by: User) -> None:
    """A drawing stands in the arch, or a photo of a product where there is one. Raises NotFound."""
    kept, home = _held(storefront, by)
    home.is_hero_drawn = is_drawn
    home.save()
    record_act("draw_hero", kept, by, {"picture": "drawing" if is_drawn else "photo"})


@transaction.atomic
def tell_storefront_story(storefront: Storefront, text_fr: str, text_ar: str, *, by: User) -> None:
    """The first page tells this, in plain words; nothing when both are empty. Raises PageTooLong, NotFound."""
    kept, home = _held(storefront, by)
    home.story_fr, home.story_ar = tidy_paragraphs(text_fr), tidy_paragraphs(text_ar)
    if max(len(home.story_fr), len(home.story_ar)) > LONGEST_PAGE:
        raise PageTooLong(most=LONGEST_PAGE)
    home.save()
    record_act("tell_story", kept, by)


@transaction.atomic
def feature_cooperative(storefront: Storefront, cooperative_id: int, *, by: User) -> None:
    """It is a cooperative of the month until it is taken down. Raises TooManyOfTheMonth, and NotFound for one not shown here."""
    kept = held_by_manager(storefront, by)
    if not cooperatives_shown_in(kept).filter(pk=cooperative_id).exists():
        raise NotFound
    known = featured_in(kept)
    if cooperative_id in known:
        return
    if len(known) >= MOST_OF_THE_MONTH:
        raise TooManyOfTheMonth(most=MOST_OF_THE_MONTH)
    StorefrontFeatured.objects.create(storefront=kept, cooperative_id=cooperative_id)
    record_act("feature_cooperative", kept, by, {"cooperative": str(cooperative_id)})


@transaction.atomic
def unfeature_cooperative(storefront: Storefront, cooperative_id: int, *, by: User) -> None:
    """It is no cooperative of the month, nor are the pages that became part of it. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    of_it = Q(cooperative=cooperative_id) | Q(cooperative__merged_into=cooperative_id)
    StorefrontFeatured.objects.filter(of_it, storefront=kept).delete()
    record_act("unfeature_cooperative", kept, by, {"cooperative": str(cooperative_id)})


def _held(storefront: Storefront, by: User) -> tuple[Storefront, StorefrontHome]:
    kept = held_by_manager(storefront, by)
    home, _is_new = StorefrontHome.objects.get_or_create(storefront=kept)
    return kept, home
