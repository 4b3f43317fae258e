"""Sounds in pages and clusters: OGG and WebM, as messengers and browsers record."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from twiza.kit.sound_frames import Film, Heard

EBML, SEGMENT, INFO, TRACKS, TRACK, CLUSTER = b"\x1a\x45\xdf\xa3", 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
SCALE, DURATION, TRACK_TYPE, TIME, SIMPLE_BLOCK = 0x2AD7B1, 0x4489, 0x83, 0xE7, 0xA3
OPENED = frozenset({SEGMENT, INFO, TRACKS, TRACK, CLUSTER})
FILM, SOUND = 1, 2


def read_ogg(data: bytes) -> Heard | None:
    """Opus, Vorbis or Speex in OGG; the last page says where it ends."""
    if not data.startswith(b"OggS"):
        return None
    head = data[:4096]
    if b"\x80theora" in head:
        raise Film
    rate = _rate(head)
    return Heard(data, _last_granule(data) / rate) if rate else None


def read_webm(data: bytes) -> Heard | None:
    """One that a browser recorded does not say its length; then its last block tells."""
    if not data.startswith(EBML) or (b"webm" not in data[:64] and b"matroska" not in data[:64]):
        return None
    said: dict[int, bytes] = {}
    types, nanoseconds, cluster, last = set(), 1_000_000, 0, 0
    for kind, body in _elements(data, 0, len(data)):
        if kind == TRACK_TYPE:
            types.add(int.from_bytes(body))
        elif kind == TIME:
            cluster = last = int.from_bytes(body)
        elif kind == SIMPLE_BLOCK:
            last = max(last, cluster + int.from_bytes(body[1:3], signed=True))
        elif kind in (SCALE, DURATION):
            said[kind] = body
    if FILM in types:
        raise Film
    nanoseconds = int.from_bytes(said[SCALE]) if SCALE in said else nanoseconds
    length = _number(said[DURATION]) if DURATION in said else float(last)
    return Heard(data, length * nanoseconds / 1e9) if SOUND in types else None


def _rate(head: bytes) -> int:
    """Samples a second, as the first packet of the codec says; 0 for one we do not know."""
    if b"OpusHead" in head:
        return 48_000
    if (at := head.find(b"\x01vorbis")) >= 0:
        return int.from_bytes(head[at + 12 : at + 16], "little")
    if (at := head.find(b"Speex   ")) >= 0:
        return int.from_bytes(head[at + 36 : at + 40], "little")
    return 0


def _last_granule(data: bytes) -> int:
    """The number of the last sample. A page on which no packet ends says -1."""
    at = len(data)
    while (at := data.rfind(b"OggS", 0, at)) >= 0:
        granule = int.from_bytes(data[at + 6 : at + 14], "little", signed=True)
        if granule >= 0:
            return granule
    raise ValueError("no page says where it ends")


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """(id, content) of each element; those that lead to what we ask are opened, whatever length they say."""
    at = start
    while at < end:
        kind, at = _variable(data, at, keeps_mark=True)
        size, at = _variable(data, at, keeps_mark=False)
        if kind in OPENED:
            continue  # its elements follow, as if they stood here
        if at + size > end:
            return  # broken off while it was recorded
        yield kind, data[at : at + size]
        at += size


def _variable(data: bytes, at: int, *, keeps_mark: bool) -> tuple[int, int]:
    """A number whose first byte says its width, and where the next begins."""
    first = data[at]
    width = 9 - first.bit_length()
    if width > 8:
        raise ValueError("no element begins with 0")
    number = int.from_bytes(data[at : at + width])
    return (number if keeps_mark else number & (1 << 7 * width) - 1), at + width


def _number(body: bytes) -> float:
    return float(struct.unpack(">f" if len(body) == 4 else ">d", body)[0])
