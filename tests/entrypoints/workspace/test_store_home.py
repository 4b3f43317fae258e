"""Youssef arranges the first page of his storefront by buttons that need no script."""

from __future__ import annotations

from tests.people import cooperative
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import featured_in, home_blocks_of, is_hero_drawn, stories_of
from twiza.domain.storefronts.services import choose_cooperatives

HERE = "/fr/workspace/stores/souk-khouribga/first-page/"


def souk() -> Storefront:
    return Storefront.objects.get(slug="souk-khouribga")


def test_he_moves_hides_and_shows_blocks(market, signed_in):
    youssef = signed_in(market.youssef)

    for pressed in ({"earlier": "season"}, {"later": "newest"}, {"hide": "everybody"}, {"draw": "drawing"}):
        assert youssef.post(HERE, pressed).url == HERE

    blocks = home_blocks_of(souk())
    assert [block.kind for block in blocks] == ["hero", "season", "kinds", "gifts", "newest", "featured", "story", "everybody"]
    assert [block.kind for block in blocks if not block.is_shown] == ["everybody"]
    assert is_hero_drawn(souk())
    assert "Caché" in youssef.get(HERE).content.decode()
    assert youssef.post(HERE, {"earlier": "hero"}).status_code == 404


def test_he_tells_the_story_and_reads_that_it_is_too_long(market, signed_in):
    youssef = signed_in(market.youssef)

    youssef.post(f"{HERE}story/", {"text_fr": "Depuis 2020.", "text_ar": "منذ 2020."})
    assert youssef.post(f"{HERE}story/", {"text_fr": "a" * 8001, "text_ar": ""}).status_code == 200

    assert stories_of(souk()) == {"fr": "Depuis 2020.", "ar": "منذ 2020."}
    assert "Changer l" in youssef.get(HERE).content.decode()


def test_he_chooses_the_cooperatives_of_the_month_and_is_told_when_there_are_enough(market, signed_in):
    youssef = signed_in(market.youssef)
    made = [cooperative(f"Coopérative {n}", f"تعاونية {n}", "05.311.01.07", market.mina, f"{n}/9/2020") for n in range(5)]
    choose_cooperatives(market.souk, made, by=market.youssef)

    for one in made:
        answer = youssef.post(f"{HERE}month/", {"feature": str(one.pk)}, follow=True)
    assert "4 coopératives sont déjà montrées." in answer.content.decode()
    youssef.post(f"{HERE}month/", {"unfeature": str(made[0].pk)})

    assert featured_in(market.souk) == [one.pk for one in made[1:4]]
