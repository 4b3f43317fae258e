"""`twiza serve`: the web, by Granian."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Answers the web until it is asked to stop (Ctrl-C, SIGTERM)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--port", type=int, default=8000, help="where it listens")
        parser.add_argument("--workers", type=int, default=2, help="processes; about one for each core")
        parser.add_argument("--threads", type=int, default=4, help="requests a process answers at once")

    def handle(self, *args: Any, **options: Any) -> None:
        from granian.constants import Interfaces
        from granian.log import LogLevels
        from granian.server import Server

        Server(
            "twiza.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            websockets=False,
        ).serve()
