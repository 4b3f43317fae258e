"""Asks a host over plain HTTP, as the people who give out certificates do: nothing has to be encrypted yet.

Whoever types the name may have it lead anywhere, so every address it leads to is looked at first, and the one that was looked
at is the one we go to: a name cannot change its mind between the two.
"""

from __future__ import annotations

import re
import socket
import time

from twiza.domain.storefronts.envoy import MOST_BYTES, PATIENCE_SECONDS, CannotLook, NobodyAnswers, NobodyKnowsIt, NotPublic
from twiza.kit.host_names import is_everybodys
from twiza.kit.network import forbid_inside_transaction

PORT = 80
MOST_HEAD_BYTES = 8192
END_OF_HEAD = b"\r\n\r\n"
_WELL = re.compile(rb"HTTP/1\.[01] 200[ \r]")
# What a resolver says of a name that there is not; anything else may pass.
_NO_SUCH_NAME = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if hasattr(socket, name)
)


class Envoy:
    code = "plain_http"
    hint = ""
    port = PORT

    def ask(self, host: str, path: str) -> bytes:
        """The first bytes of the page; nothing of a page that is not well (200), and nobody is followed elsewhere."""
        forbid_inside_transaction()
        deadline = time.monotonic() + PATIENCE_SECONDS
        addresses = addresses_of(host)
        if not addresses:
            raise NobodyKnowsIt
        if not all(map(is_everybodys, addresses)):
            raise NotPublic
        for address in addresses[:2]:
            try:
                with socket.create_connection((address, self.port), timeout=_left(deadline)) as line:
                    return _conversation(line, host, path, deadline)
            except OSError:
                continue
        raise NobodyAnswers


def addresses_of(host: str) -> list[str]:
    """Every address the name leads to; none when there is no such name. Raises CannotLook."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as trouble:
        if trouble.errno in _NO_SUCH_NAME:
            return []
        raise CannotLook from trouble
    except (OSError, UnicodeError) as trouble:
        raise CannotLook from trouble
    return list(dict.fromkeys(str(where[0]) for _family, _type, _protocol, _name, where in found))


def _conversation(line: socket.socket, host: str, path: str, deadline: float) -> bytes:
    """HTTP/1.0, so that nothing comes in chunks."""
    line.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nUser-Agent: Twiza\r\nAccept: text/plain\r\n\r\n".encode("ascii"))
    heard = b""
    while not _is_enough(heard):
        line.settimeout(_left(deadline))
        piece = line.recv(2048)
        if not piece:
            break
        heard += piece
    head, _end, body = heard.partition(END_OF_HEAD)
    return body[:MOST_BYTES] if _WELL.match(head) else b""


def _is_enough(heard: bytes) -> bool:
    head, end, body = heard.partition(END_OF_HEAD)
    return len(body) >= MOST_BYTES if end else len(head) > MOST_HEAD_BYTES


def _left(deadline: float) -> float:
    """Raises TimeoutError once the time is over, however slowly the far side drips."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
