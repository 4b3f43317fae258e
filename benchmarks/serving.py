"""A site under load: started as in production, asked over HTTP, its processor time and the database's counted.

Beside every address the floor is asked just before and just after, so that a machine that drifts drifts for both.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Thread

from measure import ROOT, percentile

HOST = "127.0.0.1"
AT_ONCE = 8
STARTED_WITHIN_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
Address = Callable[[int], str]


@dataclass(frozen=True)
class Loaded:
    """What answering cost: requests a second, processor milliseconds of an answer (site and database), p95 by the clock."""

    rate: float
    site_ms: float
    database_ms: float
    p95_ms: float
    bytes: int

    @property
    def processor_ms(self) -> float:
        return self.site_ms + self.database_ms


@dataclass(frozen=True)
class Site:
    port: int
    process: int

    def loaded(self, address: Address, seconds: float) -> Loaded:
        """Asked by eight at once for so long; `address` gives the path of the n-th request."""
        self.ask(address(0))
        database = database_process()
        site_before, database_before = processor_seconds(self.process), processor_seconds(database)
        began = time.perf_counter()
        times, size = self._asked(address, began + seconds)
        spent = time.perf_counter() - began
        return Loaded(
            rate=len(times) / spent,
            site_ms=(processor_seconds(self.process) - site_before) * 1000 / len(times),
            database_ms=(processor_seconds(database) - database_before) * 1000 / len(times),
            p95_ms=percentile(times, 95) * 1000,
            bytes=size,
        )

    def _asked(self, address: Address, until: float) -> tuple[list[float], int]:
        numbers, times, sizes = count(1), list[float](), [0]

        def visit() -> None:
            while time.perf_counter() < until:
                began = time.perf_counter()
                sizes[0] = len(self.ask(address(next(numbers))))
                times.append(time.perf_counter() - began)

        visitors = [Thread(target=visit) for _ in range(AT_ONCE)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        return times, sizes[0]

    def ask(self, path: str, headers: str = "") -> bytes:
        """The body of the answer. Ends the run when it is no page."""
        with socket.create_connection((HOST, self.port), timeout=30) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{headers}\r\n".encode())
            told = b"".join(iter(lambda: line.recv(65_536), b""))
        head, _, body = told.partition(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise SystemExit(f"{path}: {head[:200]!r}")
        return body


@contextmanager
def served(application: str) -> Iterator[Site]:
    """By the server we ship, with two processes of four threads."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--log-level", "error", "--no-ws", application,
    ]  # fmt: skip
    child = subprocess.Popen(command, env=environment(), cwd=ROOT)
    try:
        wait_for(port)
        yield Site(port, child.pid)
    finally:
        child.terminate()
        child.wait(20)


def environment() -> dict[str, str]:
    """For a process over the database of this run."""
    from django.conf import settings
    from django.db import connection

    from twiza.config.database import database_url

    return os.environ | {
        "DATABASE_URL": database_url().replace("/twiza?", f"/{connection.settings_dict['NAME']}?"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(Path(__file__).parent)]),
        "SEARCH_FOLDER": str(settings.SEARCH_FOLDER),
    }


def free_port() -> int:
    with socket.socket() as line:
        line.bind((HOST, 0))
        return int(line.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + STARTED_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The site did not start.")


def database_process() -> int:
    """The first of its processes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(_stat(backend)[1])


def processor_seconds(process: int) -> float:
    """Of a process, of those it started, and of those of them that have ended."""
    everything = {int(one.name): _stat(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdigit()}
    family, found = {process}, 0.0
    while True:
        more = {pid for pid, stat in everything.items() if stat and int(stat[1]) in family} - family
        if not more:
            break
        family |= more
    for pid in family:
        if stat := everything.get(pid):
            found += sum(map(int, stat[11:15]))
    return found / TICKS


def _stat(process: int) -> list[str]:
    """From the state on; empty when it has just ended."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
