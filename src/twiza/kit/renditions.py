"""The same picture in the few sizes that pages show, in the two forms that browsers read."""

from __future__ import annotations

import io
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, features

from twiza.kit.photographs import read_upright

WIDTHS = {"small": 240, "medium": 480, "large": 960}
# What a shared link shows: https://ogp.me asks for this shape, and messengers read JPEG surest.
SHARED_SIZE = (1200, 630)
# Twice the widest we show: enough to cut another piece from later.
KEPT_SIZE = (1920, 1920)
WEBP = {"quality": 70, "method": 4}
AVIF = {"quality": 45, "speed": 6, "max_threads": 1}
# The smallest stands in lists, two dozen at a time: there weight counts most.
LIGHTER = {"small": {"WEBP": {**WEBP, "quality": 60}, "AVIF": {**AVIF, "quality": 40}}}


@dataclass(frozen=True)
class Original:
    """A picture as it is kept: upright, silent, a JPEG of at most 1,920 points a side; its colour as `#rrggbb`."""

    file: ContentFile[bytes]
    width: int
    height: int
    colour: str


@dataclass(frozen=True)
class Renditions:
    """Files by column: `small`, `medium` and `large` as WebP, `shared` as JPEG; `avif` the first three again, or nothing."""

    files: dict[str, ContentFile[bytes]]
    avif: tuple[ContentFile[bytes], ...]


def clean(upload: BinaryIO) -> Original:
    """What is kept of an uploaded picture. Raises PhotoRefused."""
    picture = read_upright(upload)
    picture.thumbnail(KEPT_SIZE)
    data = _written(picture, "JPEG", quality=88, optimize=True, progressive=True)
    return Original(ContentFile(data, name=f"{secrets.token_hex(16)}.jpg"), *picture.size, colour=_colour_of(picture))


def render(original: BinaryIO, focus: tuple[int, int]) -> Renditions:
    """Every size of it. `focus` is the point, in hundredths from its top left, around which the shared card is cut.

    Raises PhotoRefused when it is no picture any more.
    """
    picture, name = read_upright(original), secrets.token_hex(8)
    smaller = {column: _at_most(picture, width) for column, width in WIDTHS.items()}
    card = ImageOps.fit(picture, SHARED_SIZE, centering=(focus[0] / 100, focus[1] / 100))
    files = {column: _file(one, name, column, "WEBP") for column, one in smaller.items()}
    files["shared"] = ContentFile(_written(card, "JPEG", quality=80), name=f"{name}-shared.jpg")
    has_avif = writes_avif()
    return Renditions(files, tuple(_file(one, name, column, "AVIF") for column, one in smaller.items() if has_avif))


def writes_avif() -> bool:
    """This machine's Pillow can."""
    return bool(features.check("avif"))


def avif_beside(webp: str) -> str:
    """The name, or the address, of the AVIF that was written beside this WebP."""
    return webp.removesuffix(".webp") + ".avif"


def _at_most(picture: Image.Image, width: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((width, width * 2))
    return smaller


def _colour_of(picture: Image.Image) -> str:
    """The commonest of a few colours, which stands where the picture is still awaited."""
    few = picture.resize((32, 32)).quantize(5).convert("RGB")
    commonest, _times = Counter(few.tobytes()[at : at + 3] for at in range(0, 32 * 32 * 3, 3)).most_common(1)[0]
    return f"#{commonest.hex()}"


def _file(picture: Image.Image, name: str, column: str, form: str) -> ContentFile[bytes]:
    options = LIGHTER.get(column, {"WEBP": WEBP, "AVIF": AVIF})[form]
    return ContentFile(_written(picture, form, **options), name=f"{name}-{WIDTHS[column]}.{form.lower()}")


def _written(picture: Image.Image, form: str, **options: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()
