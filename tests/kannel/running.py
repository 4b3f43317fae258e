"""A real Kannel on ports of its own, with the configuration of the documents, and an ear that hears what it tells the site."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from tests.kannel.message_centre import MessageCentre

WHERE = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
CONFIGURATION = Path("docs/reference/kannel.conf")
SECRET = "s3cret-path"
PASSWORD = "the-password-of-sending"
SITE = "http://127.0.0.1"
TABLE = "create table dlr(smsc, ts, destination, source, service, url, mask, status, boxc)"

Answering = Callable[[str], int]


def found(name: str) -> str | None:
    return shutil.which(name, path=WHERE)


@dataclass
class Ear:
    """Hears what Kannel asks of the site; the test answers, in its own thread and its own transaction."""

    answer: Answering = field(default=lambda path: 200)
    told: list[str] = field(default_factory=list)
    heard: Queue[tuple[str, Queue[int]]] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer: Queue[int] = Queue()
                ear.heard.put((self.path, answer))
                self.send_response(answer.get())
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def listen_until(self, holds: Callable[[], object], *, seconds: float = 5.0) -> list[str]:
        """Every question is answered until that holds; says which came. Fails after that long."""
        self.told = paths = []
        until = time.monotonic() + seconds
        while not holds():
            try:
                path, answer = self.heard.get(timeout=max(0.01, until - time.monotonic()))
            except Empty:
                raise AssertionError(f"Kannel told only {paths}") from None
            paths.append(path)
            answer.put(self.answer(path))
        return paths


@dataclass
class Kannel:
    sending_url: str
    ear: Ear
    centre: MessageCentre


@contextmanager
def running_kannel(folder: Path) -> Iterator[Kannel]:
    """bearerbox and smsbox, bound to a message centre of ours."""
    centre, ear = MessageCentre(), Ear()
    ports = {name: _free_port() for name in ("13000", "13001", "13013")}
    written = _configured(folder, {"admin": ports["13000"], "box": ports["13001"], "send": ports["13013"]}, centre.port, ear.port)
    with sqlite3.connect(folder / "receipts.db") as receipts:
        receipts.execute("pragma journal_mode=wal")
        receipts.execute(TABLE)
        receipts.execute("create index dlr_by on dlr(smsc, ts)")
    boxes: list[subprocess.Popen[bytes]] = []
    try:
        boxes.append(_box("bearerbox", written))
        _wait_for_port(ports["13001"])
        boxes.append(_box("smsbox", written))
        _wait_for_port(ports["13013"])
        assert centre.bound.get(timeout=10) == "the-user"
        yield Kannel(f"{SITE}:{ports['13013']}/cgi-bin/sendsms", ear, centre)
    finally:
        for box in reversed(boxes):
            box.kill()
            box.wait()
        ear.close()
        centre.close()


def _configured(folder: Path, ports: dict[str, int], centre: int, ear: int) -> Path:
    text = CONFIGURATION.read_text("utf-8")
    for there, here in {
        "admin-port = 13000": f"admin-port = {ports['admin']}",
        "smsbox-port = 13001": f"smsbox-port = {ports['box']}",
        "sendsms-port = 13013": f"sendsms-port = {ports['send']}",
        "smpp.operator.example\nport = 2775": f"127.0.0.1\nport = {centre}",
        "set-operator-user": "the-user",
        "set-sending-password": PASSWORD,
        "https://coop.example/webhooks/sms/kannel/secret-path": f"{SITE}:{ear}/webhooks/sms/kannel/{SECRET}",
        "/var/log/kannel": str(folder),
        "/var/spool/kannel": str(folder / "spool"),
        "/var/lib/kannel": str(folder),
        "http-queue-delay = 10": "http-queue-delay = 1",
    }.items():
        assert there in text, there
        text = text.replace(there, here)
    (folder / "spool").mkdir()
    written = folder / "kannel.conf"
    written.write_text(text, "utf-8")
    return written


def _box(name: str, configuration: Path) -> subprocess.Popen[bytes]:
    path = found(name)
    assert path is not None
    return subprocess.Popen([path, "-v", "4", str(configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


def _wait_for_port(port: int, *, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Kannel did not start")
