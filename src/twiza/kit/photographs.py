"""Reading a telephone's picture: upright, silent about where it was taken, and never larger than we can hold."""

from __future__ import annotations

import io
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from twiza.kit.errors import DomainError

MOST_MEGABYTES = 12
MOST_PIXELS = 50_000_000
# Only a JPEG can be read small: whatever else must be held whole while it is read.
MOST_PIXELS_HELD_WHOLE = 25_000_000
READ_SMALL = (1500, 1500)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# What iPhones write: the name of the family stands after the length and the word `ftyp`.
HEIF_FAMILIES = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
GROUND = "#ffffff"


class PhotoRefused(DomainError):
    """A file that cannot be shown as a photo; one of the six below."""


class PhotoUnreadable(PhotoRefused):
    code = "photo_unreadable"
    sentence = _("This file is not a picture we can read. Take the photo again, or choose another (JPEG, PNG, WebP).")


class PhotoEmpty(PhotoRefused):
    code = "photo_empty"
    sentence = _("There is nothing in this file. Take the photo again, or choose another.")


class PhotoCutShort(PhotoRefused):
    code = "photo_cut_short"
    sentence = _("Only a part of this picture arrived. Send it again, where the network is better.")


class PhotoOfIphone(PhotoRefused):
    code = "photo_of_iphone"
    sentence = _(
        "This picture is in the iPhone's own form (HEIC), which most telephones cannot show. On the iPhone choose Settings, "
        "Camera, Formats, Most Compatible, and take it again; or send us a screenshot of it."
    )


class PhotoTooLarge(PhotoRefused):
    """Facts: most (megabytes)."""

    code = "photo_too_large"
    sentence = _("This picture is too large (more than %(most)s MB). Send a smaller one.")


class PhotoTooDetailed(PhotoRefused):
    """Facts: most (millions of points)."""

    code = "photo_too_detailed"
    sentence = _("This picture has too many points (more than %(most)s million). Choose a smaller size in the camera's settings.")


def read_upright(upload: BinaryIO) -> Image.Image:
    """Only its points, upright, in the colours every screen shows: nothing else of the file is left. Raises PhotoRefused."""
    data = upload.read(MOST_MEGABYTES * 1_000_000 + 1)
    _refuse_by_first_bytes(data)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _refuse_too_many_points(picture)
            return _points_of(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooDetailed(most=MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise PhotoUnreadable from error


def _refuse_by_first_bytes(data: bytes) -> None:
    if not data:
        raise PhotoEmpty
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise PhotoTooLarge(most=MOST_MEGABYTES)
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_FAMILIES:
        raise PhotoOfIphone


def _refuse_too_many_points(picture: Image.Image) -> None:
    most = MOST_PIXELS if picture.format in {"JPEG", "MPO"} else MOST_PIXELS_HELD_WHOLE
    if picture.width * picture.height > most:
        raise PhotoTooDetailed(most=most // 1_000_000)


def _points_of(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", READ_SMALL)
    try:
        picture.load()
    except OSError as error:
        raise PhotoCutShort from error
    upright = _in_plain_colours(ImageOps.exif_transpose(picture))
    upright.info.clear()
    return upright


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """As sRGB: 16 bits become 8, ink becomes light, what is transparent lies on white."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256, "L")
    if picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", coloured.size, GROUND), coloured).convert("RGB")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            told = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, told, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
        return converted or picture.convert("RGB")
    return picture.convert("RGB")
