"""The real site for tests that come in from outside: its own database, web server and worker, as processes.

The database is a copy of the migrated one, so that it holds the same tables and reference data, and is
filled with the people of `tests/people.py`. Nothing in it is seen by the other tests.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psycopg

from tests import databases


@dataclass(frozen=True)
class Site:
    url: str
    database: str
    people: dict[str, Any]

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(query, values).fetchall()

    def buyer(self) -> httpx.Client:
        """A visitor's browser, with the token that its forms would carry."""
        token = "t" * 32
        return httpx.Client(
            base_url=self.url, cookies={"csrftoken": token}, headers={"X-CSRFToken": token}, timeout=60, follow_redirects=False
        )

    def text_from(self, phone: str, text: str, key: str) -> int:
        return httpx.post(f"{self.url}/webhooks/sms/simulator/inbound", data={"from": phone, "text": text, "id": key}).status_code

    def texts_of(self, phone: str) -> list[dict[str, Any]]:
        return httpx.get(f"{self.url}/simulator/phones/messages.json", params={"phone": phone}).json()

    def wait_for_text(self, phone: str, part: str, seconds: float = 20, *, after: int = 0) -> str:
        """The newest text to this phone that holds `part`, once the worker sent it, after so many that were there before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            newer = self.texts_of(phone)[after:]
            found = [text["text"] for text in newer if text["direction"] == "out" and part in text["text"]]
            if found:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no text with {part!r} to {phone}: {self.texts_of(phone)}")


@contextmanager
def running_site() -> Iterator[Site]:
    name = f"site_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    databases.copy(name)
    url = databases.named(name)
    environment = {**os.environ, "DATABASE_URL": url, "DEMO": "1", "SECRET_KEY": "only-for-tests", "PYTHONPATH": "src:."}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "JOURNEYS": "1"}
    environment["PAYMENT_PROVIDERS"] = "cash_on_delivery,bank_transfer,cmi"
    media = TemporaryDirectory(prefix="twiza-media-")
    environment["MEDIA_URL_STORAGE"] = media.name
    people = json.loads(subprocess.check_output([sys.executable, "-m", "tests.site_people"], env=environment))
    port = free_port()
    environment["SITE_URL"] = f"http://127.0.0.1:{port}"
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "twiza.config.wsgi:application", "--port", str(port)]
    web = subprocess.Popen([*server, "--workers", "2", "--blocking-threads", "4", "--log-level", "error"], env=environment)
    worker = subprocess.Popen([sys.executable, "-m", "twiza", "worker"], env=environment)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield Site(f"http://127.0.0.1:{port}", url, people)
    finally:
        for process in (web, worker):
            process.terminate()
        for process in (web, worker):
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        databases.drop(name)
        media.cleanup()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str) -> None:
    end = time.monotonic() + 40
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/healthz/ready", timeout=2).status_code == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the site did not become ready")
