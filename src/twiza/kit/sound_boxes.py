"""Sounds in boxes within boxes: M4A and 3GP, as most telephones record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twiza.kit.sound_frames import Film, Heard

OPENED = frozenset({b"moov", b"trak", b"mdia"})
# Where a telephone writes its place, its name and its owner. Their room is left, so that nothing else moves.
TELLING = frozenset({b"udta", b"meta", b"uuid"})
LONG, SHORT = 1, 0


@dataclass(frozen=True)
class Box:
    """`start` is where its size is written, `body` where its content begins."""

    kind: bytes
    start: int
    body: int
    end: int


def read_3gp(data: bytes) -> Heard | None:
    """The kind of older telephones."""
    return _read(data) if data[4:8] == b"ftyp" and data[8:10] == b"3g" else None


def read_mp4(data: bytes) -> Heard | None:
    """M4A and its relatives; with pictures in it, Film."""
    return _read(data) if data[4:8] == b"ftyp" else None


def _read(data: bytes) -> Heard | None:
    kept, seconds, has_sound = bytearray(data), None, False
    for box in _boxes(data, 0, len(data)):
        if box.kind in TELLING:
            kept[box.start + 4 : box.start + 8] = b"free"
            kept[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind == b"mvhd":
            seconds = _seconds(data, box)
        elif box.kind == b"hdlr":
            handler = data[box.body + 8 : box.body + 12]
            if handler == b"vide":
                raise Film
            has_sound |= handler == b"soun"
    return Heard(bytes(kept), seconds) if has_sound else None


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """Each box, and those in the ones that lead to what we ask. Raises ValueError when a length cannot be."""
    at = start
    while at + 8 <= end:
        size, kind, body = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if size == LONG:
            size, body = int.from_bytes(data[at + 8 : at + 16]), at + 16
        elif size == SHORT:
            size = end - at
        if size < body - at or at + size > end:
            raise ValueError(f"a box of {size} bytes at {at}")
        yield Box(kind, at, body, at + size)
        if kind in OPENED:
            yield from _boxes(data, body, at + size)
        at += size


def _seconds(data: bytes, box: Box) -> float | None:
    """As the head of the film says; one that was written while it was recorded says 0."""
    is_long = data[box.body] == 1
    scale_at, width = (box.body + 20, 8) if is_long else (box.body + 12, 4)
    scale = int.from_bytes(data[scale_at : scale_at + 4])
    duration = int.from_bytes(data[scale_at + 4 : scale_at + 4 + width])
    unknown = duration == 0 or duration == (1 << 8 * width) - 1
    return None if unknown else duration / scale
