"""An operator's message centre that speaks SMPP 3.4, as far as one client needs, and the telephones behind it."""

from __future__ import annotations

import socket
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, Queue
from threading import Lock, Thread

BIND_TRANSCEIVER, SUBMIT, DELIVER, UNBIND, ENQUIRE = 0x09, 0x04, 0x05, 0x06, 0x15
ANSWER = 0x80000000
LATIN_DEFAULT, UCS2 = 0, 8
WITH_HEADER, RECEIPT = 0x40, 0x04
# The default alphabet of GSM, in its order; after ESC, the second.
GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_SECOND = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€"}


@dataclass(frozen=True)
class Part:
    """One short message as it reached the centre."""

    id: str
    sender: str
    to: str
    coding: int
    header: bytes
    octets: bytes
    wants_receipt: bool

    @property
    def text(self) -> str:
        return self.octets.decode("utf-16-be", "surrogatepass") if self.coding == UCS2 else read_gsm(self.octets)


@dataclass
class MessageCentre:
    """`bound` is told once a client is in; `arrived` holds what it submitted, part by part."""

    port: int = 0
    bound: Queue[str] = field(default_factory=Queue)
    arrived: Queue[Part] = field(default_factory=Queue)
    answers: Queue[int] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        self._ids, self._numbers, self._references = count(1000), count(1), count(1)
        self._writing = Lock()
        self._peer: socket.socket | None = None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._door.close()
        if self._peer is not None:
            self._peer.close()

    def forget(self) -> None:
        """What arrived and was asked for by nobody."""
        while not self.arrived.empty():
            self.arrived.get()

    def text_from(self, phone: str, text: str, *, to: str = "3030") -> None:
        """Somebody writes: one short message, or several with their header, in the order of the telephone's mood: last first."""
        pieces = [text[at : at + 67] for at in range(0, len(text), 67)] if len(text) > 70 else [text]
        reference = next(self._references)
        for number in range(len(pieces), 0, -1):
            header = bytes([5, 0, 3, reference, len(pieces), number]) if len(pieces) > 1 else b""
            octets = header + pieces[number - 1].encode("utf-16-be")
            self._deliver(phone, to, WITH_HEADER if header else 0, UCS2, octets)

    def plain_text_from(self, phone: str, text: str, *, to: str = "3030") -> None:
        """Somebody writes in Latin letters on an old telephone."""
        self._deliver(phone, to, 0, LATIN_DEFAULT, write_gsm(text))

    def report(self, part: Part, word: str) -> None:
        """What became of it: DELIVRD, UNDELIV, EXPIRED, REJECTD …"""
        said = f"id:{part.id} sub:001 dlvrd:001 submit date:2611220900 done date:2611220901 stat:{word} err:000 text:"
        self._deliver(part.to, part.sender, RECEIPT, LATIN_DEFAULT, said.encode())

    def message(self, *, seconds: float = 5.0) -> tuple[list[Part], str]:
        """The next whole text that arrived, and its parts in the order of their headers. Fails after that long."""
        waiting: dict[tuple[str, int], dict[int, Part]] = defaultdict(dict)
        while True:
            try:
                part = self.arrived.get(timeout=seconds)
            except Empty:
                raise AssertionError("no text arrived at the message centre") from None
            reference, total, number = part.header[3:6] if part.header else (0, 1, 1)
            parts = waiting[part.to, reference]
            parts[number] = part
            if len(parts) == total:
                ordered = [parts[number] for number in sorted(parts)]
                return ordered, "".join(one.text for one in ordered)

    def _listen(self) -> None:
        while True:
            try:
                self._peer, _ = self._door.accept()
            except OSError:
                return
            Thread(target=self._converse, args=[self._peer], daemon=True).start()

    def _converse(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as stream:
            try:
                while head := stream.read(16):
                    length, command, _status, sequence = struct.unpack(">IIII", head)
                    self._heard(command, sequence, stream.read(length - 16))
            except (OSError, struct.error):
                return

    def _heard(self, command: int, sequence: int, body: bytes) -> None:
        if command == BIND_TRANSCEIVER:
            self._write(command | ANSWER, sequence, b"centre\0")
            self.bound.put(body.split(b"\0")[0].decode())
        elif command == SUBMIT:
            part = _part(str(next(self._ids)), body)
            self.arrived.put(part)
            self._write(command | ANSWER, sequence, part.id.encode() + b"\0")
        elif command in {ENQUIRE, UNBIND}:
            self._write(command | ANSWER, sequence, b"")
        elif command == DELIVER | ANSWER:
            self.answers.put(sequence)

    def _deliver(self, sender: str, to: str, esm_class: int, coding: int, octets: bytes) -> None:
        source = b"\1\1" + sender.removeprefix("+").encode() + b"\0"
        body = b"\0" + source + b"\0\0" + to.removeprefix("+").encode() + b"\0" + bytes([esm_class, 0, 0]) + b"\0\0"
        self._write(DELIVER, next(self._numbers), body + bytes([0, 0, coding, 0, len(octets)]) + octets)

    def _write(self, command: int, sequence: int, body: bytes) -> None:
        assert self._peer is not None
        with self._writing:
            self._peer.sendall(struct.pack(">IIII", 16 + len(body), command, 0, sequence) + body)


def _part(id: str, body: bytes) -> Part:
    _service, rest = body.split(b"\0", 1)
    sender, rest = rest[2:].split(b"\0", 1)
    to, rest = rest[2:].split(b"\0", 1)
    esm_class, rest = rest[0], rest[3:]
    _schedule, rest = rest.split(b"\0", 1)
    _validity, rest = rest.split(b"\0", 1)
    registered, _replace, coding, _default, length = rest[:5]
    octets = rest[5 : 5 + length]
    header = octets[: octets[0] + 1] if esm_class & WITH_HEADER else b""
    return Part(id, sender.decode(), f"+{to.decode()}", coding, header, octets[len(header) :], bool(registered & 1))


def read_gsm(octets: bytes) -> str:
    """Septets, one an octet, as SMPP carries them."""
    read, is_second = [], False
    for octet in octets:
        if octet == 0x1B and not is_second:
            is_second = True
            continue
        read.append(GSM_SECOND.get(octet, "?") if is_second else GSM[octet])
        is_second = False
    return "".join(read)


def write_gsm(text: str) -> bytes:
    second = {letter: octet for octet, letter in GSM_SECOND.items()}
    return b"".join(bytes([0x1B, second[letter]]) if letter in second else bytes([GSM.index(letter)]) for letter in text)
