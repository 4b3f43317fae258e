"""Photos come in a ZIP file that anybody may have made: whatever is in it, it is found by name, or named and left out."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.domain.inventory.product_lists import THYME, a_list, a_picture, a_zip, imported
from twiza.domain.catalogue.models import Photo
from twiza.domain.inventory.models import ProductImport
from twiza.kit import photo_archives
from twiza.kit.photo_archives import (
    ArchiveTooFull,
    ArchiveUnreadable,
    PhotoArchive,
    PhotoLocked,
    PhotoNamedTwice,
    PhotoNotThere,
)
from twiza.kit.photographs import PhotoTooDetailed, PhotoTooLarge, PhotoUnreadable


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.mark.parametrize(
    "name", ["thym.jpg", "THYM.JPG", "thym", "Photos de Mina/thym.jpg", "Photos de Mina\\thym.jpg", " thym.jpg "]
)
def test_a_photo_is_found_however_its_name_is_written(tmp_path, name):
    archive = PhotoArchive(a_zip(tmp_path, {"Photos de Mina/Thym.jpg": a_picture(), "autre.png": a_picture("blue")}))

    assert archive.read(name) == a_picture()


def test_names_in_arabic_and_with_accents_are_found(tmp_path):
    archive = PhotoArchive(a_zip(tmp_path, {"عسل الزعتر.jpg": a_picture(), "Thé à la menthe.png": a_picture("green", "PNG")}))

    assert archive.read("عسل الزعتر") == a_picture()
    assert archive.read("the a la menthe.png") == a_picture("green", "PNG")


def test_a_name_in_two_folders_asks_for_the_folder(tmp_path):
    archive = PhotoArchive(a_zip(tmp_path, {"a/1.jpg": a_picture(), "b/1.jpg": a_picture("blue")}))

    with pytest.raises(PhotoNamedTwice):
        archive.read("1.jpg")
    assert archive.read("b/1.jpg") == a_picture("blue")


def test_tricks_with_paths_name_a_file_and_touch_no_other(tmp_path):
    (tmp_path / "secret.jpg").write_bytes(a_picture("black"))
    archive = PhotoArchive(a_zip(tmp_path, {"../../evil.jpg": a_picture(), "__MACOSX/._x.jpg": b"", "/etc/passwd": b"root"}))

    assert archive.read("evil.jpg") == a_picture()
    for name in ("../secret.jpg", str(tmp_path / "secret.jpg"), "._x.jpg", "nothing.jpg", ""):
        with pytest.raises(PhotoNotThere):
            archive.read(name)
    with pytest.raises(PhotoUnreadable):
        archive.read("passwd")


def test_what_is_no_picture_is_refused_whatever_it_is_called(tmp_path):
    pixels = io.BytesIO()
    photo_archives.Image.new("1", (9000, 9000)).save(pixels, "PNG")
    archive = PhotoArchive(
        a_zip(tmp_path, {"a.jpg": b"MZ program", "b.jpg": a_picture(form="PNG"), "c.svg": b"<svg/>", "d.png": pixels.getvalue()})
    )

    assert archive.read("b.jpg") == a_picture(form="PNG")  # a wrong ending does no harm
    for name in ("a.jpg", "c.svg"):
        with pytest.raises(PhotoUnreadable):
            archive.read(name)
    with pytest.raises(PhotoTooDetailed):
        archive.read("d.png")


def test_a_bomb_is_read_no_further_than_a_photo_goes(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jpg", bytes(60_000_000))

    assert path.stat().st_size < 100_000
    with pytest.raises(PhotoTooLarge):
        PhotoArchive(path).read("bomb.jpg")


def test_a_locked_photo_is_named(tmp_path):
    path = a_zip(tmp_path, {"a.jpg": a_picture()})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(PhotoLocked):
        PhotoArchive(path).read("a.jpg")


def test_a_file_of_too_many_names_is_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(photo_archives, "MOST_FILES", 2)
    with pytest.raises(ArchiveTooFull):
        PhotoArchive(a_zip(tmp_path, {f"{number}.jpg": b"" for number in range(3)}))
    path = a_zip(tmp_path, {"a.jpg": b""})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 20_000_000)
    path.write_bytes(data)
    with pytest.raises(ArchiveTooFull):
        PhotoArchive(path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(10), b"PK\x03\x04" + bytes(4000)])
def test_what_is_no_zip_is_refused(tmp_path, content):
    path = tmp_path / "photos.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveUnreadable):
        PhotoArchive(path)


def test_photos_that_are_no_zip_stop_an_import_before_its_first_row(tmp_path, market):
    path = tmp_path / "photos.zip"
    path.write_bytes(b"not a zip")

    with pytest.raises(ArchiveUnreadable):
        imported(a_list(tmp_path, THYME), market, photos=path)
    assert ProductImport.objects.count() == 0


def test_one_photo_of_two_sizes_is_shown_once(tmp_path, market):
    rows = [THYME, [*THYME[:3], "1 kg", "230", "5", "thym.jpg", ""]]
    outcome, _faults = imported(a_list(tmp_path, *rows), market, photos=a_zip(tmp_path, {"thym.jpg": a_picture()}))

    assert (outcome.created, outcome.photos, Photo.objects.filter(product__name_fr=THYME[0]).count()) == (2, 1, 1)


def test_a_picture_cut_short_leaves_the_product_and_comes_with_the_next_list(tmp_path, market):
    rows, whole = [THYME], a_picture()
    outcome, faults = imported(a_list(tmp_path, *rows), market, photos=a_zip(tmp_path, {"thym.jpg": whole[: len(whole) // 2]}))
    assert (outcome.created, outcome.photos, faults) == (1, 0, [(2, "Photo", "photo_refused")])

    outcome, faults = imported(a_list(tmp_path, *rows), market, photos=a_zip(tmp_path, {"thym.jpg": whole}))
    assert (outcome.updated, outcome.photos, faults) == (1, 1, [])
