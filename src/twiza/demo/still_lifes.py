"""Photographs that nobody took: goods on a table in the light of a window, drawn for whoever tries an import."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 1500  # as a telephone held upright takes them
TABLE_FROM = 980
MIDDLE = WIDTH // 2
Colour = tuple[int, int, int]
WALLS: tuple[Colour, ...] = ((238, 226, 205), (226, 214, 196), (232, 221, 212), (214, 219, 205))
WOODS: tuple[Colour, ...] = ((150, 104, 66), (170, 122, 80), (126, 88, 60))
LID, PAPER, GLASS = (92, 66, 48), (247, 241, 229), (233, 236, 228)


def still_life(drawing: str, tint: str, chance: Random) -> bytes:
    """A JPEG of goods that look about like this kind's drawing, in its colour; the same for the same chance."""
    colour = _colour(tint)
    picture = _room(chance)
    goods = Image.new("RGBA", picture.size)
    SHAPES.get(drawing, _sack)(ImageDraw.Draw(goods), colour, chance)
    picture.paste((30, 20, 12), mask=_shadow_of(goods))
    picture.paste(goods, mask=goods)
    picture = Image.blend(picture, _grain(), 0.05)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


@cache
def _grain() -> Image.Image:
    """Of a telephone's sensor."""
    return Image.effect_noise((WIDTH, HEIGHT), 40).convert("RGB")


def _room(chance: Random) -> Image.Image:
    """A wall that the light falls on from one side, and a table."""
    wall, wood = chance.choice(WALLS), chance.choice(WOODS)
    light = Image.linear_gradient("L").rotate(chance.choice((70, 110))).resize((WIDTH, HEIGHT))
    room = Image.composite(Image.new("RGB", light.size, wall), Image.new("RGB", light.size, _darker(wall, 0.72)), light)
    table = ImageDraw.Draw(room)
    table.rectangle((0, TABLE_FROM, WIDTH, HEIGHT), fill=wood)
    for _line in range(26):
        across = chance.randint(TABLE_FROM, HEIGHT)
        table.line((0, across, WIDTH, across + chance.randint(-8, 8)), fill=_darker(wood, chance.uniform(0.86, 1.1)), width=3)
    return room.filter(ImageFilter.GaussianBlur(2))


def _shadow_of(goods: Image.Image) -> Image.Image:
    shadow = goods.getchannel("A").point(lambda alpha: alpha * 0.45)
    return shadow.transform(shadow.size, Image.Transform.AFFINE, (1, 0.18, -230, 0, 1, -26)).filter(ImageFilter.GaussianBlur(26))


def _jar(draw: ImageDraw.ImageDraw, colour: Colour, _chance: Random) -> None:
    draw.rounded_rectangle((MIDDLE - 235, 520, MIDDLE + 235, 1180), 70, fill=GLASS)
    draw.rounded_rectangle((MIDDLE - 218, 570, MIDDLE + 218, 1164), 60, fill=colour)
    draw.rounded_rectangle((MIDDLE - 218, 570, MIDDLE - 120, 1164), 50, fill=_darker(colour, 1.18))
    draw.rounded_rectangle((MIDDLE - 205, 440, MIDDLE + 205, 545), 26, fill=LID)
    _label(draw, colour, 720, 960, 175)


def _bottle(draw: ImageDraw.ImageDraw, colour: Colour, _chance: Random) -> None:
    draw.rounded_rectangle((MIDDLE - 62, 260, MIDDLE + 62, 640), 24, fill=_darker(colour, 0.8))
    draw.rounded_rectangle((MIDDLE - 170, 560, MIDDLE + 170, 1190), 90, fill=_darker(colour, 0.8))
    draw.rounded_rectangle((MIDDLE - 140, 600, MIDDLE - 70, 1160), 34, fill=_darker(colour, 1.2))
    draw.rounded_rectangle((MIDDLE - 70, 210, MIDDLE + 70, 320), 18, fill=LID)
    _label(draw, colour, 780, 1020, 150)


def _bowl(draw: ImageDraw.ImageDraw, colour: Colour, chance: Random) -> None:
    _grains(draw, colour, chance, (MIDDLE - 330, 760, MIDDLE + 330, 1010), 420)
    draw.pieslice((MIDDLE - 400, 560, MIDDLE + 400, 1210), 0, 180, fill=(176, 104, 66))
    draw.ellipse((MIDDLE - 400, 846, MIDDLE + 400, 930), fill=(150, 84, 52))
    _grains(draw, colour, chance, (MIDDLE - 360, 800, MIDDLE + 360, 915), 520)
    draw.rectangle((MIDDLE - 130, 1190, MIDDLE + 130, 1226), fill=(150, 84, 52))


def _sack(draw: ImageDraw.ImageDraw, colour: Colour, chance: Random) -> None:
    linen = (214, 196, 160)
    draw.polygon(
        [(MIDDLE - 330, 1200), (MIDDLE - 380, 840), (MIDDLE - 270, 620), (MIDDLE + 270, 620), (MIDDLE + 380, 840),
         (MIDDLE + 330, 1200)], fill=linen,
    )  # fmt: skip
    draw.ellipse((MIDDLE - 290, 540, MIDDLE + 290, 730), fill=_darker(linen, 0.8))
    _grains(draw, colour, chance, (MIDDLE - 250, 545, MIDDLE + 250, 705), 460)
    for fold in (-190, -60, 90, 210):
        draw.line((MIDDLE + fold, 740, MIDDLE + fold * 1.2, 1190), fill=_darker(linen, 0.9), width=8)
    _label(draw, colour, 860, 1060, 160)


def _cloth(draw: ImageDraw.ImageDraw, colour: Colour, chance: Random) -> None:
    for layer in range(5):
        top = 1130 - layer * 96
        shade = _darker(colour, 0.8 + 0.08 * layer)
        draw.rounded_rectangle((MIDDLE - 400 + layer * 14, top, MIDDLE + 400 - layer * 14, top + 92), 30, fill=shade)
        for stripe in range(9):
            left = MIDDLE - 350 + stripe * 84 + chance.randint(-8, 8)
            draw.rectangle((left, top + 10, left + 16, top + 82), fill=_darker(PAPER, chance.uniform(0.7, 1)))


def _pot(draw: ImageDraw.ImageDraw, colour: Colour, _chance: Random) -> None:
    draw.ellipse((MIDDLE - 330, 640, MIDDLE + 330, 1200), fill=colour)
    draw.ellipse((MIDDLE - 260, 690, MIDDLE - 40, 1120), fill=_darker(colour, 1.15))
    draw.rounded_rectangle((MIDDLE - 150, 520, MIDDLE + 150, 720), 30, fill=_darker(colour, 0.9))
    draw.ellipse((MIDDLE - 190, 480, MIDDLE + 190, 580), fill=_darker(colour, 0.75))
    for band in range(-5, 6):
        left = MIDDLE + band * 58
        draw.polygon([(left - 26, 950), (left, 890), (left + 26, 950), (left, 1010)], fill=_darker(PAPER, 0.95))


def _bars(draw: ImageDraw.ImageDraw, colour: Colour, _chance: Random) -> None:
    for row, how_many in enumerate((3, 2, 1)):
        for number in range(how_many):
            left, top = MIDDLE - how_many * 140 + number * 280, 1070 - row * 150
            draw.rounded_rectangle((left + 8, top, left + 272, top + 140), 34, fill=_darker(colour, 0.95 + 0.05 * number))
            draw.rounded_rectangle((left + 60, top + 40, left + 220, top + 100), 16, outline=_darker(colour, 0.75), width=7)


def _label(draw: ImageDraw.ImageDraw, colour: Colour, top: int, bottom: int, half: int) -> None:
    draw.rounded_rectangle((MIDDLE - half, top, MIDDLE + half, bottom), 14, fill=PAPER)
    middle = (top + bottom) // 2
    draw.polygon(
        [(MIDDLE - 46, middle), (MIDDLE, middle - 46), (MIDDLE + 46, middle), (MIDDLE, middle + 46)], fill=_darker(colour, 0.85)
    )
    for line in (top + 22, bottom - 30):
        draw.rectangle((MIDDLE - half + 24, line, MIDDLE + half - 24, line + 8), fill=_darker(colour, 0.7))


def _grains(draw: ImageDraw.ImageDraw, colour: Colour, chance: Random, box: tuple[int, int, int, int], how_many: int) -> None:
    """Heaped within an oval."""
    left, top, right, bottom = box
    for _grain in range(how_many):
        across, down = chance.uniform(-1, 1), chance.uniform(-1, 1)
        if across * across + down * down > 1:
            continue
        x, y = (left + right) / 2 + across * (right - left) / 2, (top + bottom) / 2 + down * (bottom - top) / 2
        size = chance.uniform(12, 24)
        draw.ellipse((x - size, y - size * 0.7, x + size, y + size * 0.7), fill=_darker(colour, chance.uniform(0.75, 1.2)))


SHAPES: dict[str, Callable[[ImageDraw.ImageDraw, Colour, Random], None]] = {
    **dict.fromkeys(("jar", "honeycomb", "saffron", "cheese"), _jar),
    **dict.fromkeys(("bottle", "dropper", "spray", "milk"), _bottle),
    **dict.fromkeys(("bowl", "spices", "almonds", "dates", "figs", "olives", "eggs", "prickly-pear", "basket"), _bowl),
    **dict.fromkeys(("textile", "rug", "djellaba", "slippers", "bag"), _cloth),
    **dict.fromkeys(("pottery", "tajine", "tea", "wood", "jewellery"), _pot),
    **dict.fromkeys(("soap", "parcel"), _bars),
}


def _colour(tint: str) -> Colour:
    red, green, blue = bytes.fromhex(tint.removeprefix("#"))
    return red, green, blue


def _darker(colour: Colour, times: float) -> Colour:
    """Lighter above one."""
    red, green, blue = (min(255, int(part * times)) for part in colour)
    return red, green, blue
