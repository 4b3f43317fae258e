from __future__ import annotations

import os
import signal
import time
from threading import Timer

import pytest
from django.db import transaction
from procrastinate.contrib.django import app

from twiza.config.management.commands import worker
from twiza.config.management.commands.worker import run_jobs


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.06, 0.12, 0.5])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_asked_to_stop_at_any_moment_stops(number, seconds):
    before = signal.signal(number, signal.default_int_handler)
    asked = Timer(seconds, os.kill, (os.getpid(), number))
    began = time.monotonic()
    try:
        asked.start()
        with pytest.raises(KeyboardInterrupt):
            run_jobs(concurrency=1)
    finally:
        asked.cancel()
        handler_after = signal.signal(number, before)

    assert handler_after is signal.default_int_handler
    assert time.monotonic() - began < 5


@pytest.mark.django_db(transaction=False)
def test_what_a_dead_worker_left_is_looked_for_every_five_minutes():
    periodic = {registered.task.name: registered.cron for registered in app.periodic_registry.periodic_tasks.values()}

    assert periodic["events.retry_stalled"] == "*/5 * * * *"


def test_people_who_wait_for_a_page_go_before_the_worker(monkeypatch):
    lowered: list[int] = []
    monkeypatch.setattr(worker.os, "nice", lowered.append)
    monkeypatch.setattr(worker, "run_jobs", lambda **_how: None)

    worker.Command().handle(concurrency=1, once=True)
    assert lowered == [5]


@pytest.fixture
def two_jobs():
    """One writes for a while and enqueues the other; asked to, it fails at the end. Says what ran, in order."""
    ran: list[str] = []

    @app.task(name="tests.after")
    def after(what: str) -> None:
        ran.append(what)

    @app.task(name="tests.writes")
    def writes(what: str) -> None:
        with transaction.atomic():
            after.defer(what=what)
            time.sleep(0.3)  # another job would be fetched meanwhile
            ran.append(f"{what} is written")
            if what == "refused":
                raise RuntimeError(what)

    yield writes, ran
    for name in ("tests.after", "tests.writes"):
        del app.tasks[name]


@pytest.mark.django_db(transaction=True)
def test_what_a_job_enqueues_is_there_when_what_it_wrote_is_and_only_then(two_jobs):
    writes, ran = two_jobs
    writes.defer(what="refused")
    writes.defer(what="kept")
    run_jobs(concurrency=3, until_none_waits=True)

    assert sorted(ran) == ["kept", "kept is written", "refused is written"]
    assert ran.index("kept") > ran.index("kept is written")
