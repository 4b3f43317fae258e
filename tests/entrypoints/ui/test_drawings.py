"""Each drawn kind and each icon can stand on a page."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from twiza.entrypoints.ui.drawings import DRAWINGS, FOLDER, draw, draw_again, symbols
from twiza.entrypoints.ui.icons import ICONS, TURNING_ICONS
from twiza.entrypoints.ui.templatetags.ui import icon

LARGEST_DRAWING_BYTES = 3_800


def test_there_are_enough_kinds_for_the_catalogue() -> None:
    assert len(DRAWINGS) >= 22
    assert tuple(sorted(set(DRAWINGS))) == DRAWINGS


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_well_formed_takes_its_tint_and_stays_small(name: str) -> None:
    svg = draw(name, "#123abc")
    root = ET.fromstring(svg)
    assert root.get("color") == "#123abc"
    assert root.get("aria-hidden") == "true"
    assert "currentColor" in svg
    assert len(svg.encode()) <= LARGEST_DRAWING_BYTES


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_carries_no_style_script_or_name_that_a_second_copy_would_repeat(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert not any(banned in text for banned in ("style=", "<style", "<script", "href", ' id="', "onload"))


def test_no_two_kinds_look_the_same() -> None:
    assert len({draw(name, "#000000") for name in DRAWINGS}) == len(DRAWINGS)


@pytest.mark.parametrize("tint", ["", "red", "#fff", '"><script>', "#12345g"])
def test_what_is_not_a_colour_leaves_the_kind_its_own(tint: str) -> None:
    assert draw("jar", tint) == draw("jar")
    assert 'color="#d9911c"' in draw("jar", tint)


def test_an_unknown_kind_draws_a_jar() -> None:
    assert draw("spaceship", "#123abc") == draw("jar", "#123abc")


def test_a_page_of_many_kinds_holds_each_shape_once() -> None:
    held = symbols(["jar", "rug", "jar", "spaceship"])

    assert [symbol.get("id") for symbol in ET.fromstring(held)] == ["drawn-jar", "drawn-rug"]
    assert 'href="#drawn-rug"' in draw_again("rug", "#123abc")
    assert 'color="#123abc"' in draw_again("rug", "#123abc")
    assert draw_again("spaceship", "red") == draw_again("jar")


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_well_formed(name: str) -> None:
    ET.fromstring(icon(name))


def test_icons_are_unique_and_arrows_turn() -> None:
    assert len(set(ICONS.values())) == len(ICONS)
    assert set(ICONS) >= TURNING_ICONS
    assert "icon-turns" in icon("next")
    assert "icon-turns" not in icon("check")


def test_an_icon_alone_says_its_name() -> None:
    assert 'role="img" aria-label="L&#x27;aide"' in icon("help", "L'aide")
    assert 'aria-hidden="true"' in icon("help")


def test_every_drawing_of_the_folder_is_listed() -> None:
    assert {Path(path).stem for path in FOLDER.iterdir()} == set(DRAWINGS)
