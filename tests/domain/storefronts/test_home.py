"""The first page of a storefront: blocks in the operator's order, none of them empty."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import cooperative
from twiza.domain.catalogue.models import Product
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.storefronts.errors import PageTooLong, TooManyOfTheMonth
from twiza.domain.storefronts.models import Storefront, StorefrontFeatured, StorefrontHome
from twiza.domain.storefronts.selectors import (
    MOVABLE,
    cooperatives_of_the_month,
    families_in,
    featured_in,
    home_blocks_of,
    is_hero_drawn,
    products_in_season_in,
    stories_of,
    story_of,
)
from twiza.domain.storefronts.selectors.home import block_order
from twiza.domain.storefronts.services import (
    LONGEST_PAGE,
    choose_cooperatives,
    draw_hero,
    feature_cooperative,
    move_block,
    show_block,
    tell_storefront_story,
    unfeature_cooperative,
)
from twiza.kit.errors import NotFound
from twiza.kit.texts import tidy_paragraphs

NOVEMBER = date(2026, 11, 23)


def again(storefront: Storefront) -> Storefront:
    return Storefront.objects.get(pk=storefront.pk)


def order_of(storefront: Storefront) -> list[str]:
    return [block.kind for block in home_blocks_of(again(storefront))]


def test_blocks_stand_as_they_were_arranged_and_the_hero_stays_first(market):
    assert order_of(market.souk) == ["hero", "kinds", "season", "newest", "gifts", "featured", "story", "everybody"]

    move_block(market.souk, "story", -4, by=market.youssef)
    move_block(market.souk, "kinds", 99, by=market.youssef)

    assert order_of(market.souk) == ["hero", "story", "season", "newest", "gifts", "featured", "everybody", "kinds"]
    for kind in ("hero", "advertisement"):
        with pytest.raises(NotFound):
            move_block(market.souk, kind, 1, by=market.youssef)


def test_a_block_is_hidden_and_shown_again(market):
    for _twice in (1, 2):
        show_block(market.souk, "season", is_shown=False, by=market.youssef)
    assert [block.kind for block in home_blocks_of(again(market.souk)) if not block.is_shown] == ["season"]

    show_block(market.souk, "season", is_shown=True, by=market.youssef)
    assert all(block.is_shown for block in home_blocks_of(again(market.souk)))
    with pytest.raises(NotFound):
        show_block(market.souk, "advertisement", is_shown=False, by=market.youssef)


@given(st.lists(st.sampled_from(MOVABLE), unique=True))
def test_no_block_is_ever_lost_or_doubled(said):
    order = block_order(said)

    assert order[: len(said)] == said
    assert sorted(order) == sorted(MOVABLE)


def test_a_story_is_told_in_the_nearest_language(market):
    assert story_of(market.souk, "fr").text == ""
    tell_storefront_story(market.souk, "", " قصة \n\n\n\nأخرى", by=market.youssef)

    told = story_of(again(market.souk), "fr")
    assert (told.text, told.language, told.direction) == (" قصة\n\nأخرى".strip(), "ar", "rtl")
    with pytest.raises(PageTooLong):
        tell_storefront_story(market.souk, "a" * (LONGEST_PAGE + 1), "", by=market.youssef)
    assert stories_of(again(market.souk))["ar"] == "قصة\n\nأخرى"


def test_in_season_is_what_says_so_this_month(market):
    choose_cooperatives(market.souk, [market.honey_cooperative, market.saffron_cooperative], by=market.youssef)
    Product.objects.filter(pk=market.saffron.product_id).update(season_months=[10, 11])

    assert list(products_in_season_in(market.souk, NOVEMBER)) == [market.saffron.product]
    assert list(products_in_season_in(market.souk, date(2026, 12, 1))) == []


def test_families_are_those_of_what_it_shows(market):
    assert [family.code for family in families_in(market.souk)] == ["honey-family"]


def test_the_cooperatives_of_the_month_are_those_chosen(market):
    feature_cooperative(market.souk, market.honey_cooperative.pk, by=market.youssef)
    feature_cooperative(market.souk, market.honey_cooperative.pk, by=market.youssef)
    assert cooperatives_of_the_month(market.souk, NOVEMBER) == [market.honey_cooperative.pk]

    choose_cooperatives(market.souk, [market.saffron_cooperative], by=market.youssef)
    assert cooperatives_of_the_month(market.souk, NOVEMBER) == []
    unfeature_cooperative(market.souk, market.honey_cooperative.pk, by=market.youssef)
    assert featured_in(market.souk) == []
    with pytest.raises(NotFound):
        feature_cooperative(market.souk, market.honey_cooperative.pk, by=market.youssef)


def shown_cooperatives(market, how_many: int) -> list[int]:
    made = [cooperative(f"Coopérative {n}", f"تعاونية {n}", "05.311.01.07", market.mina, f"{n}/9/2020") for n in range(how_many)]
    choose_cooperatives(market.souk, made, by=market.youssef)
    return [one.pk for one in made]


def test_while_none_is_chosen_everybodys_turn_comes(market):
    shown = shown_cooperatives(market, 6)
    months = [date(2020 + month // 12, month % 12 + 1, 15) for month in range(120)]

    turns = Counter(pk for day in months for pk in cooperatives_of_the_month(market.souk, day))

    assert turns.keys() == set(shown)
    assert min(turns.values()) > 35
    assert sum(turns.values()) == 3 * len(months)
    assert cooperatives_of_the_month(market.souk, date(2026, 11, 1)) == cooperatives_of_the_month(market.souk, date(2026, 11, 30))


def test_four_are_chosen_at_most(market):
    shown = shown_cooperatives(market, 5)
    for pk in shown[:4]:
        feature_cooperative(market.souk, pk, by=market.youssef)

    with pytest.raises(TooManyOfTheMonth):
        feature_cooperative(market.souk, shown[4], by=market.youssef)

    assert featured_in(market.souk) == shown[:4]


def test_strangers_and_agents_arrange_nothing(market):
    add_member(market.operator, market.karim, "operator_agent", None)
    for person in (market.karim, market.mina):
        for act in (
            lambda who: move_block(market.souk, "story", 1, by=who),
            lambda who: show_block(market.souk, "story", is_shown=False, by=who),
            lambda who: draw_hero(market.souk, is_drawn=True, by=who),
            lambda who: tell_storefront_story(market.souk, "A", "B", by=who),
            lambda who: feature_cooperative(market.souk, market.honey_cooperative.pk, by=who),
            lambda who: unfeature_cooperative(market.souk, market.honey_cooperative.pk, by=who),
        ):
            with pytest.raises(NotFound):
                act(person)

    assert (StorefrontHome.objects.count(), StorefrontFeatured.objects.count()) == (0, 0)
    assert not is_hero_drawn(market.souk)


@given(st.text(alphabet="a \r\n\t"))
def test_tidy_words_stay_as_they_are(text):
    tidy = tidy_paragraphs(text)

    assert tidy_paragraphs(tidy) == tidy
    assert "\n\n\n" not in tidy
    assert tidy.split() == text.split()
