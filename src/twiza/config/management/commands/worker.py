"""`twiza worker`: runs the jobs that hear events, and carries texts out."""

from __future__ import annotations

import asyncio
import os
import signal
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from twiza.foundation.messaging.carrying import carry_due, kept_carried
from twiza.foundation.search.services import kept_fed

# On a machine that has more to do than it can, people who wait for a page go before texts and papers.
NICENESS = 5


class Command(BaseCommand):
    help = "Runs jobs until it is asked to stop (Ctrl-C, SIGTERM); those begun are finished first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs run at once")
        parser.add_argument("--once", action="store_true", help="end when no job is waiting")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(NICENESS)
        with suppress(KeyboardInterrupt):
            run_jobs(concurrency=options["concurrency"], until_none_waits=options["once"])


def run_jobs(*, concurrency: int = 4, until_none_waits: bool = False) -> None:
    """Waiting jobs are run, and those they enqueue, and texts leave: until none is left if so asked.

    SIGINT and SIGTERM let those begun finish; then KeyboardInterrupt is raised.
    """
    # One connection at rest; more only while jobs run at once.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=concurrency + 2)
    opened = _beside(connector)
    with _signals_as_they_were():
        with ExitStack() as beside:
            if not until_none_waits:
                beside.enter_context(kept_fed())
                beside.enter_context(kept_carried())
            is_asked_to_stop = asyncio.run(_work(opened, concurrency, until_none_waits))
        if until_none_waits:
            carry_due()
        if is_asked_to_stop:
            raise KeyboardInterrupt


def _beside(connector: PsycopgConnector) -> App:
    """The same jobs, fetched through connections of the worker's own.

    What a job enqueues still goes through Django's connection: it exists when what the job wrote is committed, and only then.
    """
    opened = App(connector=connector, import_paths=app.import_paths)
    opened.tasks, opened.periodic_registry = app.tasks, app.periodic_registry
    return opened


async def _work(opened: App, concurrency: int, until_none_waits: bool) -> bool:
    """Says whether it was asked to stop."""
    asked = _heard_signals()
    async with opened.open_async():
        await _run(_worker(opened, concurrency, until_none_waits), asked)
        while until_none_waits and not asked.is_set() and await _one_waits(opened):
            await _run(_worker(opened, concurrency, until_none_waits), asked)
    return asked.is_set()


async def _run(worker: Worker, asked: asyncio.Event) -> None:
    """Until it has nothing more to do, or is asked to stop."""
    running, hearing = asyncio.create_task(worker.run()), asyncio.create_task(asked.wait())
    await asyncio.wait({running, hearing}, return_when=asyncio.FIRST_COMPLETED)
    hearing.cancel()
    worker.stop()
    await running


async def _one_waits(opened: App) -> bool:
    """What the last jobs enqueued when they ended, after whoever was free had looked."""
    due = "status = 'todo' and (scheduled_at is null or scheduled_at <= now())"
    row = await opened.connector.execute_query_one_async(f"select exists(select from procrastinate_jobs where {due}) as waits")  # noqa: S608
    return bool(row["waits"])


def _worker(opened: App, concurrency: int, until_none_waits: bool) -> Worker:
    opened.perform_import_paths()
    return Worker(
        opened,
        concurrency=concurrency,
        wait=not until_none_waits,
        listen_notify=not until_none_waits,
        shutdown_graceful_timeout=10,
        install_signal_handlers=False,
        task_middleware=[_with_a_living_connection],
    )


def _heard_signals() -> asyncio.Event:
    """Set when somebody asks us to stop. Nothing is raised or cancelled: opening connections would swallow it."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    return asked


@contextmanager
def _signals_as_they_were() -> Iterator[None]:
    """Whoever called us answers signals again as before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _with_a_living_connection(run: Callable[[], Any], context: Any, worker: Any) -> Any:
    """A job is no request: nobody else looks whether the thread's connection outlived the database."""
    close_old_connections()
    try:
        return run()
    finally:
        close_old_connections()
