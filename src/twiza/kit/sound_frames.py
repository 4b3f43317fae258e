"""Sounds written as one frame after another: MP3, AAC, AMR. Walking the frames tells the length and that it is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# So many frames in a row are no accident.
ENOUGH_FRAMES = 10

AMR_FRAMES = (12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0)
AMR_WIDE_FRAMES = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0)
AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
MP3_RATES = (44100, 48000, 32000)
# Kilobits a second of layer III: of MPEG 1, and of MPEG 2 and 2.5.
MP3_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)


class Film(Exception):
    """There are pictures in it."""


@dataclass(frozen=True)
class Heard:
    """The bytes to keep, and how long they sound; None when the file does not say."""

    data: bytes
    seconds: float | None


@dataclass(frozen=True)
class Frame:
    """So many bytes sound so long."""

    size: int
    seconds: float


def read_amr(data: bytes) -> Heard | None:
    """What old telephones record: frames of a fiftieth of a second."""
    for head, sizes in ((b"#!AMR\n", AMR_FRAMES), (b"#!AMR-WB\n", AMR_WIDE_FRAMES)):
        if data.startswith(head):
            return _walk(data, len(head), lambda data, at, sizes=sizes: _amr_frame(data, at, sizes))  # type: ignore[misc]
    return None


def read_aac(data: bytes) -> Heard | None:
    """Bare AAC (ADTS)."""
    return _walk(data, _after_tag(data), _aac_frame)


def read_mp3(data: bytes) -> Heard | None:
    """Without the tags before and after, in which some telephones write names and places."""
    return _walk(data, _after_tag(data), _mp3_frame)


def _walk(data: bytes, start: int, frame_at: Callable[[bytes, int], Frame | None]) -> Heard | None:
    """Only the frames; nothing when there are too few of them to be sound."""
    at, count, seconds = start, 0, 0.0
    while (frame := frame_at(data, at)) is not None and at + frame.size <= len(data):
        at, count, seconds = at + frame.size, count + 1, seconds + frame.seconds
    if count < ENOUGH_FRAMES:
        return None
    keeps_head = data.startswith(b"#!AMR")
    return Heard(data[0 if keeps_head else start : at], seconds)


def _after_tag(data: bytes) -> int:
    """Where an ID3 tag ends; its length is written in sevens of bits."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    return 10 + size


def _amr_frame(data: bytes, at: int, sizes: tuple[int, ...]) -> Frame | None:
    if at >= len(data) or data[at] & 0b1000_0011:
        return None
    size = sizes[data[at] >> 3 & 15]
    return Frame(size + 1, 0.02) if size >= 0 else None


def _aac_frame(data: bytes, at: int) -> Frame | None:
    head = data[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return None
    rate = head[2] >> 2 & 15
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return Frame(size, 1024 / AAC_RATES[rate]) if rate < len(AAC_RATES) and size > 7 else None


def _mp3_frame(data: bytes, at: int) -> Frame | None:
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # layer III
        return None
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate == 3 or not 0 < bitrate < 15:
        return None
    is_first = version == 3
    samples = 1152 if is_first else 576
    hertz = MP3_RATES[rate] >> (0 if is_first else 1 if version == 2 else 2)
    bits = MP3_BITRATES[0 if is_first else 1][bitrate] * 1000
    return Frame(samples // 8 * bits // hertz + (head[2] >> 1 & 1), samples / hertz)
