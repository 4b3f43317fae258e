"""A storefront has one colour, in which words can be read, and one logo, which is only a picture."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from twiza.domain.directory.services.memberships import add_member
from twiza.domain.storefronts.errors import ColourCannotBeRead, NoColour
from twiza.domain.storefronts.models import Storefront, StorefrontLook
from twiza.domain.storefronts.rules import PALETTE, PAPERS, may_colour
from twiza.domain.storefronts.selectors import look_of, storefront_with
from twiza.domain.storefronts.services import choose_colour, choose_logo, remove_logo
from twiza.entrypoints.ui.tokens import colours
from twiza.kit.errors import NotFound
from twiza.kit.photographs import PhotoRefused


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def picture(form: str = "PNG", size: tuple[int, int] = (900, 600)) -> io.BytesIO:
    """A red drawing with a wide white edge."""
    drawn = Image.new("RGB", size, "#ffffff")
    ImageDraw.Draw(drawn).rectangle([size[0] // 3, size[1] // 3, 2 * size[0] // 3 - 1, 2 * size[1] // 3 - 1], fill="#a33f27")
    file = io.BytesIO()
    drawn.save(file, form, exif=b"Exif\x00\x00secret") if form == "JPEG" else drawn.save(file, form)
    return io.BytesIO(file.getvalue())


def look(storefront: Storefront):
    return look_of(Storefront.objects.get(pk=storefront.pk))


def test_every_colour_proposed_can_be_read_on_the_papers_of_the_stylesheet():
    tokens = colours()

    assert tuple(tokens[name][0] for name in ("paper", "card", "sunk", "niche")) == PAPERS
    assert [colour for colour, _name in PALETTE if not may_colour(colour)] == []
    assert PALETTE[0][0] == tokens["cedar"][0]


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(market):
    choose_colour(market.souk, "#1F4A8F", by=market.youssef)

    with pytest.raises(ColourCannotBeRead) as refused:
        choose_colour(market.souk, "#e7a11c", by=market.youssef)
    for typed in ("red", "#12345", "url(x)"):
        with pytest.raises(NoColour):
            choose_colour(market.souk, typed, by=market.youssef)

    assert look(market.souk).colour == "#1f4a8f"
    assert may_colour(refused.value.facts["nearest"])
    choose_colour(market.souk, "", by=market.youssef)
    assert look(market.souk).colour == ""


def test_a_logo_is_its_drawing_alone_and_the_one_before_is_gone(market, django_capture_on_commit_callbacks):
    choose_logo(market.souk, picture(), by=market.youssef)
    first = StorefrontLook.objects.get().logo.name
    assert (look(market.souk).logo_width, look(market.souk).logo_height) == (180, 120)

    with django_capture_on_commit_callbacks(execute=True):
        choose_logo(market.souk, picture("JPEG", (90, 60)), by=market.youssef)
    kept = StorefrontLook.objects.get().logo.name
    assert not default_storage.exists(first)
    with default_storage.open(kept) as file:
        data = file.read()
    assert b"secret" not in data
    assert Image.open(io.BytesIO(data)).format == "WEBP"

    with django_capture_on_commit_callbacks(execute=True):
        remove_logo(market.souk, by=market.youssef)
    assert look(market.souk).logo_url == ""
    assert not default_storage.exists(kept)


def test_what_is_transparent_lies_on_white(market):
    drawn = Image.new("RGBA", (300, 300), "#00000000")
    ImageDraw.Draw(drawn).ellipse([50, 50, 249, 249], fill="#a33f27")
    file = io.BytesIO()
    drawn.save(file, "PNG")

    choose_logo(market.souk, io.BytesIO(file.getvalue()), by=market.youssef)

    with default_storage.open(StorefrontLook.objects.get().logo.name) as kept:
        corner = Image.open(io.BytesIO(kept.read())).convert("RGB").getpixel((1, 1))
    assert min(corner) > 245


def test_a_drawing_in_svg_is_no_picture_and_nothing_is_kept(market):
    with pytest.raises(PhotoRefused):
        choose_logo(market.souk, io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), by=market.youssef)

    assert not StorefrontLook.objects.exclude(logo="").exists()


def test_strangers_and_agents_change_nothing_of_how_it_looks(market):
    add_member(market.operator, market.karim, "operator_agent", None)
    for person in (market.karim, market.mina):
        with pytest.raises(NotFound):
            choose_colour(market.souk, "#1f4a8f", by=person)
        with pytest.raises(NotFound):
            choose_logo(market.souk, picture(), by=person)
        with pytest.raises(NotFound):
            remove_logo(market.souk, by=person)

    assert StorefrontLook.objects.count() == 0


def test_how_it_looks_costs_no_further_question(market, django_assert_num_queries):
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)

    with django_assert_num_queries(1):
        assert look_of(storefront_with("souk-khouribga")).colour == "#1f4a8f"
