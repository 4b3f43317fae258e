"""Making a logo small: its empty edge cut away, and nothing of the file left but its points."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageChops

from twiza.kit.photographs import read_upright

# Twice what the head of a page shows, for sharp screens.
BOX = (400, 120)


@dataclass(frozen=True)
class Logo:
    """The picture as WebP, and its size in points."""

    file: ContentFile[bytes]
    width: int
    height: int


def read_logo(upload: BinaryIO) -> Logo:
    """The drawing alone, no larger than `BOX`. Raises PhotoRefused for what is no picture or too large."""
    picture = _without_edge(read_upright(upload))
    picture.thumbnail(BOX)
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=90, method=4)
    return Logo(ContentFile(written.getvalue(), name=f"{secrets.token_hex(8)}-logo.webp"), picture.width, picture.height)


def _without_edge(picture: Image.Image) -> Image.Image:
    """What differs from the colour of its first corner; a picture of one colour stays whole."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    return picture.crop(ImageChops.difference(picture, ground).getbbox())
