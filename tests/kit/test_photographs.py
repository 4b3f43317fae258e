"""Pictures from telephones, and files that only look like pictures."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from twiza.kit.photographs import (
    MOST_MEGABYTES,
    MOST_PIXELS,
    MOST_PIXELS_HELD_WHOLE,
    PhotoCutShort,
    PhotoEmpty,
    PhotoOfIphone,
    PhotoRefused,
    PhotoTooDetailed,
    PhotoTooLarge,
    PhotoUnreadable,
    read_upright,
)
from twiza.kit.renditions import clean, render

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


def size_in_megabytes_of_memory(picture: Image.Image) -> float:
    return picture.width * picture.height * len(picture.getbands()) / 1e6


def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telephone", 6  # turned by 90°
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 31.0, 0.0), 3: "W", 4: (7.0, 55.0, 0.0)})
    lying = Image.new("RGB", (2000, 1000), "#8f2416")

    kept = clean(written(lying, "JPEG", exif=exif, comment=b"Taliouine", xmp=b"<x>Taliouine</x>"))
    made = render(io.BytesIO(kept.file.read()), (50, 40))
    kept.file.seek(0)

    sizes = {}
    for name, file in {"original": kept.file, **made.files, **{f"avif {n}": one for n, one in enumerate(made.avif)}}.items():
        data = file.read()
        assert b"Telephone" not in data
        assert b"Taliouine" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert dict(picture.getexif()) == {}
            sizes[name] = (picture.format, picture.size)
    assert sizes == {
        "original": ("JPEG", (960, 1920)),
        "small": ("WEBP", (240, 480)),
        "medium": ("WEBP", (480, 960)),
        "large": ("WEBP", (960, 1920)),
        "shared": ("JPEG", (1200, 630)),
        "avif 0": ("AVIF", (240, 480)),
        "avif 1": ("AVIF", (480, 960)),
        "avif 2": ("AVIF", (960, 1920)),
    }
    assert (kept.width, kept.height) == (960, 1920)


def test_what_stands_in_its_place_meanwhile_is_its_commonest_colour():
    picture = Image.new("RGB", (300, 200), "#2f6b4f")
    picture.paste("#ffffff", (0, 0, 60, 60))

    red, green, blue = (int(clean(written(picture, "PNG")).colour[at : at + 2], 16) for at in (1, 3, 5))

    assert (abs(red - 0x2F) < 6, abs(green - 0x6B) < 6, abs(blue - 0x4F) < 6) == (True, True, True)


def test_the_card_of_a_link_is_cut_around_what_matters():
    tall = Image.new("RGB", (400, 1200), "#ffffff")
    tall.paste("#000000", (0, 900, 400, 1200))

    above, below = (
        Image.open(io.BytesIO(render(written(tall, "PNG"), (50, y)).files["shared"].read()))
        .convert("L")
        .resize((1, 1))
        .getpixel((0, 0))
        for y in (0, 100)
    )

    assert (above > 250, below < 5) == (True, True)


def test_every_picture_has_a_name_of_its_own():
    files = [render(written(Image.new("RGB", (9, 9)), "PNG"), (50, 50)) for _ in range(3)]

    assert len({one.files["small"].name for one in files}) == 3
    for one in files:
        assert [file.name for file in one.avif] == [
            one.files[size].name.replace(".webp", ".avif") for size in ("small", "medium", "large")
        ]


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_a_picture_is_known_by_its_content_not_by_its_ending(form):
    data = written(Image.new("RGB", (30, 20), "#2f6b4f"), form)

    if form == "TIFF":
        with pytest.raises(PhotoUnreadable):
            read_upright(data)
    else:
        assert read_upright(data).size == (30, 20)


def test_a_transparent_picture_lies_on_white():
    assert read_upright(written(Image.new("RGBA", (3, 2), (200, 10, 10, 0)), "PNG")).getpixel((1, 1)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_moment_is_taken():
    first, second = Image.new("P", (30, 20), 0), Image.new("P", (30, 20), 1)
    for one in (first, second):
        one.putpalette([200, 0, 0, 0, 0, 200])
    moving = written(first, "GIF", save_all=True, append_images=[second], duration=100)

    assert read_upright(moving).getpixel((5, 5)) == (200, 0, 0)


def test_ink_becomes_light():
    red, green, blue = read_upright(written(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG")).getpixel((5, 5))

    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_sixteen_bits_become_eight():
    grey = Image.new("I;16", (30, 20), 0x8000)

    assert read_upright(written(grey, "PNG")).getpixel((5, 5)) == (128, 128, 128)


def test_colours_of_a_wider_screen_are_translated_and_a_broken_profile_is_left_out():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (b"no profile", profile):
        assert read_upright(written(Image.new("RGB", (9, 9), "#2f6b4f"), "PNG", icc_profile=icc)).size == (9, 9)


def test_a_large_jpeg_is_read_small():
    picture = read_upright(written(Image.new("L", (8000, 6000), 90), "JPEG"))

    assert size_in_megabytes_of_memory(picture) < 20


def test_a_picture_with_too_many_points_is_refused_before_it_is_opened():
    wide = png_of(10_000, MOST_PIXELS_HELD_WHOLE // 10_000 + 1)

    assert len(wide.getvalue()) < 100_000
    with pytest.raises(PhotoTooDetailed) as refusal:
        read_upright(wide)
    assert str(refusal.value) == (
        "Cette photo a trop de points (plus de 25 millions). "
        "Choisissez une taille plus petite dans les réglages de l'appareil photo."
    )


def test_a_jpeg_of_more_than_fifty_million_points_is_refused():
    with pytest.raises(PhotoTooDetailed) as refusal:
        read_upright(written(Image.new("L", (10_000, MOST_PIXELS // 10_000 + 1)), "JPEG"))
    assert refusal.value.facts == {"most": 50}


def test_a_picture_that_would_fill_the_memory_is_refused():
    with pytest.raises(PhotoTooDetailed):
        read_upright(png_of(20_000, 20_000))


def test_a_picture_of_more_megabytes_than_we_read_is_refused():
    with pytest.raises(PhotoTooLarge):
        read_upright(io.BytesIO(b"\xff\xd8\xff" + bytes(MOST_MEGABYTES * 1_000_000)))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", PhotoEmpty),
        (b"not a picture", PhotoUnreadable),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', PhotoUnreadable),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400), PhotoOfIphone),
        (b"%PDF-1.7" + bytes(400), PhotoUnreadable),
        (b"\xff\xd8\xff\xe0" + bytes(40), PhotoUnreadable),
        (b"GIF89a", PhotoUnreadable),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(9), PhotoUnreadable),
    ],
    ids=["empty", "words", "svg", "heic", "pdf", "broken jpeg", "broken gif", "broken webp"],
)
def test_what_is_no_picture_we_read_is_refused_in_words(data, refusal):
    with pytest.raises(refusal) as refused:
        read_upright(io.BytesIO(data))
    assert str(refused.value).endswith(".") or str(refused.value).endswith("(JPEG, PNG, WebP).")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_that_breaks_off_is_refused(form):
    whole = written(Image.effect_noise((600, 600), 80).convert("RGB"), form).getvalue()

    with pytest.raises(PhotoCutShort) as refusal:
        read_upright(io.BytesIO(whole[: len(whole) // 2]))
    assert "partie" in str(refusal.value)


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_a_picture_or_refused(data):
    for begin in (
        b"",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x40\x00\x00\x00WEBP",
        b"GIF89a",
        b"\x00\x00\x00\x1cftypavif",
    ):
        with suppress(PhotoRefused):
            assert read_upright(io.BytesIO(begin + data)).mode == "RGB"
