"""Pictures from telephones, and files that only look like pictures."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from twiza.kit.photographs import (
    MOST_MEGABYTES,
    MOST_PIXELS,
    PhotoRefused,
    PhotoTooDetailed,
    PhotoTooLarge,
    PhotoUnreadable,
    shrink,
    shrink_to_share,
)

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def written(picture: Image.Image, form: str, **options) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return io.BytesIO(file.getvalue())


def png_of(width: int, height: int) -> io.BytesIO:
    """A picture of one colour, whose rows are made here: a few kilobytes, whatever it becomes when opened."""
    rows = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    data = b"".join([*(rows.compress(row) for _ in range(height)), rows.flush()])
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telephone", 6  # turned by 90°
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 31.0, 0.0), 3: "W", 4: (7.0, 55.0, 0.0)})
    lying = Image.new("RGB", (2000, 1000), "#8f2416")

    made = shrink_to_share(written(lying, "JPEG", exif=exif, comment=b"Taliouine", xmp=b"<x>Taliouine</x>"))

    sizes = {}
    for name, file in made.items():
        data = file.read()
        assert b"Telephone" not in data
        assert b"Taliouine" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert dict(picture.getexif()) == {}
            sizes[name] = (picture.format, picture.size)
    assert sizes == {
        "small": ("WEBP", (240, 480)),
        "medium": ("WEBP", (480, 960)),
        "large": ("WEBP", (960, 1920)),
        "shared": ("JPEG", (1200, 630)),
    }


def test_every_picture_has_a_name_of_its_own():
    names = {shrink(written(Image.new("RGB", (9, 9)), "PNG"))["small"].name for _ in range(3)}

    assert len(names) == 3


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_a_picture_with_a_wrong_ending_is_known_by_its_content(form):
    assert shrink(written(Image.new("P", (30, 20)), form)).keys() == {"small", "medium", "large"}


def test_a_transparent_picture_becomes_a_plain_one():
    with Image.open(shrink(written(Image.new("RGBA", (300, 200), (200, 10, 10, 0)), "PNG"))["small"]) as picture:
        assert (picture.mode, picture.size) == ("RGB", (240, 160))


def test_a_picture_with_too_many_points_is_refused_before_it_is_opened():
    wide = png_of(10_000, MOST_PIXELS // 10_000 + 1)

    assert len(wide.getvalue()) < 100_000
    with pytest.raises(PhotoTooDetailed) as refusal:
        shrink(wide)
    assert str(refusal.value) == (
        "Cette photo a trop de points (plus de 50 millions). "
        "Choisissez une taille plus petite dans les réglages de l'appareil photo."
    )


def test_a_picture_that_would_fill_the_memory_is_refused():
    with pytest.raises(PhotoRefused):
        shrink(png_of(20_000, 20_000))


def test_a_picture_of_more_megabytes_than_we_read_is_refused():
    with pytest.raises(PhotoTooLarge):
        shrink(io.BytesIO(b"\xff\xd8\xff" + bytes(MOST_MEGABYTES * 1_000_000)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400),
        b"%PDF-1.7" + bytes(400),
        b"\xff\xd8\xff\xe0" + bytes(40),
        b"GIF89a",
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(9),
    ],
    ids=["empty", "words", "svg", "heic", "pdf", "broken jpeg", "broken gif", "broken webp"],
)
def test_what_is_no_picture_we_read_is_refused_in_words(data):
    with pytest.raises(PhotoUnreadable) as refusal:
        shrink(io.BytesIO(data))
    assert str(refusal.value).endswith("(JPEG, PNG, WebP).")


def test_a_picture_that_breaks_off_is_refused():
    whole = written(Image.effect_noise((600, 600), 80).convert("RGB"), "JPEG").getvalue()

    with pytest.raises(PhotoUnreadable):
        shrink(io.BytesIO(whole[: len(whole) // 2]))
