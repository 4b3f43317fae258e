"""Making a telephone's picture small, upright and silent about where it was taken."""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from twiza.domain.catalogue.errors import PhotoTooLarge, PhotoUnreadable

MOST_MEGABYTES = 12
MOST_PIXELS = 50_000_000
WIDTHS = {"small": 240, "medium": 480, "large": 960}


def shrink(upload: BinaryIO) -> dict[str, ContentFile[bytes]]:
    """The picture at three widths as WebP, turned upright, without EXIF or GPS, by the names of Photo's columns.

    Raises PhotoTooLarge, PhotoUnreadable.
    """
    data = upload.read(MOST_MEGABYTES * 1_000_000 + 1)
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise PhotoTooLarge(most=MOST_MEGABYTES)
    picture = _open(data)
    name = secrets.token_hex(8)
    return {column: ContentFile(_webp(picture, width), name=f"{name}-{width}.webp") for column, width in WIDTHS.items()}


def _open(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoTooLarge(most=MOST_MEGABYTES)
            picture.draft("RGB", (1920, 1920))  # a JPEG can be read small, which a small server thanks us for
            upright = ImageOps.exif_transpose(picture)
            return upright.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error


def _webp(picture: Image.Image, width: int) -> bytes:
    smaller = picture.copy()
    smaller.thumbnail((width, width * 2))
    written = io.BytesIO()
    smaller.save(written, "WEBP", quality=72, method=4)
    return written.getvalue()
