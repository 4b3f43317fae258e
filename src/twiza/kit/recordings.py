"""Knowing a voice recording by its content, and making it silent about where it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from twiza.kit import sound_boxes, sound_frames, sound_pages
from twiza.kit.errors import DomainError


class RecordingRefused(DomainError):
    """A file that cannot be heard as a recording; one of those below."""


class RecordingUnreadable(RecordingRefused):
    code = "recording_unreadable"
    sentence = _("This file is not a recording we know. Record again with your telephone (m4a, mp3, aac, ogg, webm, 3gp, amr).")


class RecordingIsFilm(RecordingRefused):
    code = "recording_is_film"
    sentence = _("This is a film. Record the voice alone.")


class RecordingTooLarge(RecordingRefused):
    """Facts: most (megabytes)."""

    code = "recording_too_large"
    sentence = _("This recording is too large (more than %(most)s MB). Record a shorter one.")


class RecordingTooLong(RecordingRefused):
    """Facts: most (minutes)."""

    code = "recording_too_long"
    sentence = _("This recording lasts more than %(most)s min. Record a shorter one.")


@dataclass(frozen=True)
class Recording:
    """`data` without the names and places a telephone writes into it; `seconds` is None where the file does not say."""

    data: bytes
    suffix: str
    media_type: str
    seconds: int | None


# Suffix, media type, and who knows such a file: each says (data, seconds), nothing if it is another kind.
KINDS: tuple[tuple[str, str, Callable[[bytes], sound_frames.Heard | None]], ...] = (
    ("3gp", "audio/3gpp", sound_boxes.read_3gp),
    ("m4a", "audio/mp4", sound_boxes.read_mp4),
    ("ogg", "audio/ogg", sound_pages.read_ogg),
    ("webm", "audio/webm", sound_pages.read_webm),
    ("amr", "audio/amr", sound_frames.read_amr),
    ("aac", "audio/aac", sound_frames.read_aac),
    ("mp3", "audio/mpeg", sound_frames.read_mp3),
)


def hear(upload: BinaryIO, *, most_megabytes: int, most_minutes: int) -> Recording:
    """The recording, whatever name it came under.

    Raises RecordingTooLarge, RecordingTooLong, RecordingIsFilm, RecordingUnreadable.
    """
    data = upload.read(most_megabytes * 1_000_000 + 1)
    if len(data) > most_megabytes * 1_000_000:
        raise RecordingTooLarge(most=most_megabytes)
    recording = _known(data)
    # A telephone that stops at three minutes stops a moment later.
    if recording.seconds is not None and recording.seconds > most_minutes * 60 + 2:
        raise RecordingTooLong(most=most_minutes)
    return recording


def _known(data: bytes) -> Recording:
    try:
        for suffix, media_type, read in KINDS:
            heard = read(data)
            if heard is not None:
                seconds = None if heard.seconds is None else round(heard.seconds)
                return Recording(heard.data, suffix, media_type, seconds)
    except sound_frames.Film as error:
        raise RecordingIsFilm from error
    except (ArithmeticError, IndexError, ValueError) as error:  # a file that breaks off, or lies about its lengths
        raise RecordingUnreadable from error
    raise RecordingUnreadable
