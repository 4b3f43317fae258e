"""Making a telephone's picture small, upright and silent about where it was taken."""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from twiza.kit.errors import DomainError

MOST_MEGABYTES = 12
MOST_PIXELS = 50_000_000
WIDTHS = {"small": 240, "medium": 480, "large": 960}
# What a shared link shows: https://ogp.me asks for this shape, and messengers read JPEG surest.
SHARED_SIZE = (1200, 630)
# Of a person the head is in the upper part: what is cut away is taken from below.
KEPT_FROM_ABOVE = (0.5, 0.4)


class PhotoRefused(DomainError):
    """A file that cannot be shown as a photo; one of the three below."""


class PhotoUnreadable(PhotoRefused):
    code = "photo_unreadable"
    sentence = _("This file is not a picture we can read. Take the photo again, or choose another (JPEG, PNG, WebP).")


class PhotoTooLarge(PhotoRefused):
    """Facts: most (megabytes)."""

    code = "photo_too_large"
    sentence = _("This picture is too large (more than %(most)s MB). Send a smaller one.")


class PhotoTooDetailed(PhotoRefused):
    """Facts: most (millions of points)."""

    code = "photo_too_detailed"
    sentence = _("This picture has too many points (more than %(most)s million). Choose a smaller size in the camera's settings.")


def shrink(upload: BinaryIO) -> dict[str, ContentFile[bytes]]:
    """The picture at three widths as WebP, turned upright, without EXIF or GPS: `small`, `medium`, `large`.

    Raises PhotoTooLarge, PhotoTooDetailed, PhotoUnreadable.
    """
    return _widths(read_upright(upload), secrets.token_hex(8))


def shrink_to_share(upload: BinaryIO) -> dict[str, ContentFile[bytes]]:
    """The same three and `shared`, cut to the shape in which a link to the page is shown. Raises the same."""
    picture, name = read_upright(upload), secrets.token_hex(8)
    card = ImageOps.fit(picture, SHARED_SIZE, centering=KEPT_FROM_ABOVE)
    return {**_widths(picture, name), "shared": ContentFile(_written(card, "JPEG", quality=80), name=f"{name}-shared.jpg")}


def read_upright(upload: BinaryIO) -> Image.Image:
    """Only its points, upright: nothing else of the file is left. Raises as `shrink` does."""
    data = upload.read(MOST_MEGABYTES * 1_000_000 + 1)
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise PhotoTooLarge(most=MOST_MEGABYTES)
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoTooDetailed(most=MOST_PIXELS // 1_000_000)
            picture.draft("RGB", (1920, 1920))  # a JPEG can be read small, which a small server thanks us for
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error
    upright.info.clear()
    return upright


def _widths(picture: Image.Image, name: str) -> dict[str, ContentFile[bytes]]:
    return {column: ContentFile(_webp(picture, width), name=f"{name}-{width}.webp") for column, width in WIDTHS.items()}


def _webp(picture: Image.Image, width: int) -> bytes:
    smaller = picture.copy()
    smaller.thumbnail((width, width * 2))
    return _written(smaller, "WEBP", quality=72, method=4)


def _written(picture: Image.Image, form: str, **options: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()
