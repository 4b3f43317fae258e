"""Recordings as telephones write them, made by hand so that each byte has its reason."""

from __future__ import annotations

import struct

PLACE = b"+30.5100-007.9200/"


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def mp4(seconds: float, handlers: tuple[bytes, ...] = (b"soun",), brand: bytes = b"M4A ", tells_place: bool = True) -> bytes:
    head = box(b"mvhd", bytes(4), bytes(8), struct.pack(">II", 1000, round(seconds * 1000)), bytes(80))
    tracks = [box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)))) for handler in handlers]
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE)) if tells_place else b""
    return box(b"ftyp", brand, bytes(4), b"isom") + box(b"moov", head, *tracks, place) + box(b"mdat", b"\x21" * 400)


def adts(seconds: float) -> bytes:
    """44.1 kHz, 200 bytes a frame."""
    size = 200
    head = bytes([0xFF, 0xF1, 1 << 6 | 4 << 2, 2 << 6 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 0x1F, 0xFC])
    return (head + bytes(size - 7)) * round(seconds * 44100 / 1024)


def mp3(seconds: float, tag: bytes = b"") -> bytes:
    """MPEG 1 layer III, 64 kbit/s, 44.1 kHz: 208 bytes a frame."""
    frame = b"\xff\xfb\x50\x00" + bytes(204)
    before = b"ID3\x04\x00\x00" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag if tag else b""
    return before + frame * round(seconds * 44100 / 1152) + (b"TAG" + bytes(125) if tag else b"")


def amr(seconds: float, wide: bool = False) -> bytes:
    head, mode, size = (b"#!AMR-WB\n", 8, 60) if wide else (b"#!AMR\n", 7, 31)
    return head + (bytes([mode << 3 | 4]) + bytes(size)) * round(seconds * 50)


def ogg(seconds: float, codec: bytes = b"OpusHead" + bytes(11)) -> bytes:
    rate = 48_000

    def page(granule: int, body: bytes) -> bytes:
        return b"OggS\x00\x00" + struct.pack("<q", granule) + bytes(12) + bytes([1, len(body)]) + body

    return page(0, codec) + page(-1, bytes(50)) + page(round(seconds * rate), bytes(50)) + page(-1, bytes(20))


def element(kind: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return bytes.fromhex(kind) + struct.pack(">Q", 1 << 56 | len(body)) + body


def webm(seconds: float, says_length: bool = False, track: int = 2, whole: bool = True) -> bytes:
    """As a browser records: a segment and clusters of unknown length, a block each fifth of a second."""
    head = element("1a45dfa3", element("4282", b"webm"))
    length = element("4489", struct.pack(">d", seconds * 1000)) if says_length else b""
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(3)), length)
    tracks = element("1654ae6b", element("ae", element("83", bytes([track]))))
    unknown = b"\x01" + b"\xff" * 7
    clusters = b""
    for start in range(0, round(seconds * 1000), 1000):
        blocks = [element("a3", b"\x81" + struct.pack(">h", at) + b"\x80" + bytes(20)) for at in range(200, 1001, 200)]
        clusters += bytes.fromhex("1f43b675") + unknown + element("e7", start.to_bytes(4)) + b"".join(blocks)
    made = head + bytes.fromhex("18538067") + unknown + info + tracks + clusters
    return made if whole else made[:-10]
