"""The photographs of a ZIP file, found by name. Nothing is unpacked to a disk, and nothing is read further than a photo goes."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from twiza.kit.folding import fold
from twiza.kit.photographs import MOST_MEGABYTES, MOST_PIXELS, PhotoRefused, PhotoTooDetailed, PhotoTooLarge, PhotoUnreadable
from twiza.kit.rows import FileMissing, FileUnreadable

MOST_FILES = 10_000
LARGEST_DIRECTORY_BYTES = 10_000_000
_END, _END_BYTES = b"PK\x05\x06", 22
_LONG_END, _LONG_END_BYTES = b"PK\x06\x07", 20
_LONGEST_COMMENT = 65_535


class ArchiveUnreadable(FileUnreadable):
    code = "archive_unreadable"
    sentence = _("The photos are not in a ZIP file that we can read.")


class ArchiveTooFull(FileUnreadable):
    """Facts: most."""

    code = "archive_too_full"
    sentence = _("The ZIP file holds more than %(most)s files. Send the photos in several.")


class PhotoNotThere(PhotoRefused):
    code = "photo_not_there"
    sentence = _("There is no file of this name among the photos.")


class PhotoNamedTwice(PhotoRefused):
    code = "photo_named_twice"
    sentence = _("Several photos have this name, in different folders. Write the folder too.")


class PhotoLocked(PhotoRefused):
    code = "photo_locked"
    sentence = _("This photo is protected by a password.")


class PhotoArchive:
    """Raises FileMissing, ArchiveUnreadable, ArchiveTooFull."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileMissing(path=path.name)
        _refuse_too_full(path)
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ArchiveUnreadable from error
        self._by_name: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
        for entry in self._archive.infolist():
            self._learn(entry)

    def read(self, name: str) -> bytes:
        """The photo that a table calls so: in upper or lower case, with or without its folder and its ending.

        Raises PhotoNotThere, PhotoNamedTwice, PhotoLocked, PhotoTooLarge, PhotoTooDetailed, PhotoUnreadable.
        """
        found = self._by_name.get(_key(name), [])
        if len(found) != 1:
            raise PhotoNamedTwice if found else PhotoNotThere
        photo = self._bytes_of(found[0])
        _refuse_unshowable(photo)
        return photo

    def close(self) -> None:
        """The file may be taken away."""
        self._archive.close()

    def _learn(self, entry: zipfile.ZipInfo) -> None:
        path = PurePosixPath(_name_of(entry).replace("\\", "/"))
        if entry.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
            return
        for name in dict.fromkeys((str(path), path.name, str(path.with_suffix("")), path.stem)):
            self._by_name[_key(name)].append(entry)

    def _bytes_of(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & 1:
            raise PhotoLocked
        most = MOST_MEGABYTES * 1_000_000
        try:
            with self._archive.open(entry) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise PhotoUnreadable from error
        if len(data) > most:
            raise PhotoTooLarge(most=MOST_MEGABYTES)
        return data


def _key(name: str) -> str:
    return fold(name.replace("\\", "/").strip().removeprefix("./"))


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Old programmes write UTF-8 and do not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _refuse_too_full(path: Path) -> None:
    """Looks at the end of the file, before a list of a million names is built in memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_COMMENT - _END_BYTES - _LONG_END_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise ArchiveUnreadable
    files = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
    is_long = tail[max(0, at - _LONG_END_BYTES) : at].startswith(_LONG_END)
    if files > MOST_FILES or directory_bytes > LARGEST_DIRECTORY_BYTES or is_long:
        raise ArchiveTooFull(most=MOST_FILES)


def _refuse_unshowable(photo: bytes) -> None:
    """By its first bytes: what a file is called does not matter."""
    try:
        with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            points = picture.width * picture.height
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error
    if points > MOST_PIXELS:
        raise PhotoTooDetailed(most=MOST_PIXELS // 1_000_000)
