"""`twiza worker`: runs the jobs: hears events, sends texts."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, cast

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


class Command(BaseCommand):
    help = "Runs jobs until it is asked to stop (Ctrl-C, SIGTERM); those begun are finished first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs run at once")
        parser.add_argument("--once", action="store_true", help="end when no job is waiting")

    def handle(self, *args: Any, **options: Any) -> None:
        run_jobs(concurrency=options["concurrency"], until_none_waits=options["once"])


def run_jobs(*, concurrency: int = 4, until_none_waits: bool = False) -> None:
    """Waiting jobs are run, and those they enqueue. Returns on SIGTERM, or when none is left if so asked."""
    connector = cast(DjangoConnector, app.connector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=concurrency,
            wait=not until_none_waits,
            listen_notify=not until_none_waits,
            shutdown_graceful_timeout=10,
            task_middleware=[_with_a_living_connection],
        )


def _with_a_living_connection(run: Callable[[], Any], context: Any, worker: Any) -> Any:
    """A job is no request: nobody else looks whether the thread's connection outlived the database."""
    close_old_connections()
    try:
        return run()
    finally:
        close_old_connections()
