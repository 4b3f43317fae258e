"""`twiza demo`: everything started, filled with demonstration data, and stopped together."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from twiza.config import processes, static_files
from twiza.config.database import hold_database
from twiza.config.management.commands.worker import run_jobs
from twiza.demo.building import SIZES, STAGES, OtherDemonstration, Wish, build, is_built
from twiza.demo.models import Build
from twiza.demo.people import EVERYBODY
from twiza.demo.progress import Progress
from twiza.foundation.search.selectors import is_index_ready
from twiza.kit.phone import shown_phone

DEMONSTRATIONS = "demo_build"  # the table of twiza.demo.models.Build, which may not exist yet
CHILDREN = {"DEMO": "1", "SMS_GATEWAY": "simulator", "DJANGO_SETTINGS_MODULE": "twiza.config.settings"}
# A process asked to stop before it listens to signals never hears of it.
KILLED_WHEN_DEAF = ("--workers-kill-timeout", "2s")


class Command(BaseCommand):
    help = "Starts PostgreSQL, web and worker with demonstration data. Ctrl-C stops all of it; the data stays."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", default="market", choices=STAGES, help="what is going on in it")
        parser.add_argument("--size", default="small", choices=SIZES, help="small: 2,600 cooperatives; directory: 60,000")
        parser.add_argument("--seed", type=int, default=7, help="the same number builds the same people and goods")
        parser.add_argument("--port", type=int, default=8000, help="the next free one when it is busy")
        parser.add_argument("--reset", action="store_true", help="begin again with an empty database")
        parser.add_argument("--no-serve", action="store_true", help="build, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(sys.stdout)
        signal.signal(signal.SIGTERM, _as_interrupt)
        try:
            wish = Wish(options["stage"], options["size"], options["seed"])
            if not options["no_serve"]:
                progress.say("PostgreSQL")
            hold_database()
            if options["no_serve"]:
                self._prepare(wish, progress, reset=options["reset"])
                return
            if options["reset"] or not _is_ready(wish):
                _prepare_apart(wish, reset=options["reset"])
            self._serve(options["port"], progress)
        except KeyboardInterrupt:
            self.stdout.write("")

    def _prepare(self, wish: Wish, progress: Progress, *, reset: bool) -> None:
        """The database and the static files are as this version wants them. Two starts at once take turns."""
        folder = Path(settings.VAR) / "demo"
        with processes.one_at_a_time(folder / "build.lock"):
            if reset:
                if not _holds_a_demonstration():
                    raise CommandError("This database holds something else than a demonstration: it is not emptied.")
                progress.say("Emptying the database")
                _empty()
            if _has_migrations_to_apply():
                progress.say("Tables, places and kinds of products")
                call_command("migrate", interactive=False, verbosity=0)
            if not static_files.are_collected():
                progress.say("Styles and pictures")
                static_files.collect()
            if not _is_built(wish):
                build(wish, folder, progress)
            if not is_index_ready():
                progress.say("Search index")
                call_command("rebuild_search", stdout=io.StringIO())

    def _serve(self, wanted: int, progress: Progress) -> None:
        with processes.one_at_a_time(processes.port_lock()):
            port = processes.free_port(wanted)
            if port != wanted:
                progress.say(f"Port {wanted} is busy: using {port}")
            web = processes.start("granian", *_web(port), environment={**CHILDREN, "SITE_URL": f"http://localhost:{port}"})
            try:
                processes.wait_until_answers(f"http://127.0.0.1:{port}/healthz/ready", web)
            except BaseException:
                processes.stop([web])
                raise
        try:
            self._welcome(f"http://localhost:{port}")
            _work_beside(web)
        finally:
            processes.stop([web])

    def _welcome(self, site: str) -> None:
        self.stdout.write(
            f"""
Twiza is running. Everything in it is fictional; no text message leaves this machine.

  The market             {site}/fr/   {site}/ar/
  A storefront           {site}/fr/stores/souk-khouribga/
  The directory          {site}/fr/cooperatives/
  Everybody's telephone  {site}/simulator/phones/
  The workspace          {site}/fr/workspace/
  The components         {site}/ui/

  Sign in at {site}/fr/account/login/ with a phone below; the code arrives on the telephones' page.
"""
        )
        for person in EVERYBODY:
            self.stdout.write(f"    {person.name:<10} {shown_phone(person.phone)}")
        self.stdout.write(
            "\n  Order, then answer OUI and the order's number on a cooperative's telephone.\n  Ctrl-C stops all of it.\n"
        )


def _is_ready(wish: Wish) -> bool:
    """Nothing is left to prepare: a later start goes straight to serving."""
    return not _has_migrations_to_apply() and static_files.are_collected() and _is_built(wish) and is_index_ready()


def _is_built(wish: Wish) -> bool:
    try:
        return is_built(wish)
    except OtherDemonstration as other:
        raise CommandError("var/ holds another demonstration. Add --reset to begin again.") from other


def _prepare_apart(wish: Wish, *, reset: bool) -> None:
    """In a process of its own, which gives back the memory that building took. It says itself what went wrong."""
    asked = ["--stage", wish.stage, "--size", wish.size, "--seed", str(wish.seed), *(["--reset"] if reset else [])]
    connection.close()
    failed = processes.run_through("twiza", "demo", "--no-serve", *asked)
    if failed:
        raise SystemExit(failed)


def _has_migrations_to_apply() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _holds_a_demonstration() -> bool:
    """Nothing at all, or a demonstration: somebody's real database is never emptied."""
    tables = set(connection.introspection.table_names())
    return not tables or (DEMONSTRATIONS in tables and Build.objects.exists())


def _empty() -> None:
    """Nothing is left of what the database held."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
    connection.close()


def _web(port: int) -> list[str]:
    """One process: a demonstration shares its machine with everything else on a laptop. `twiza serve` starts two."""
    server = ["--interface", "wsgi", "twiza.config.wsgi:application", "--host", "127.0.0.1", "--port", str(port)]
    return [*server, "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "--no-ws", *KILLED_WHEN_DEAF]


def _work_beside(web: subprocess.Popen[bytes]) -> None:
    """This process is the worker, which spares a third one, until Ctrl-C or until the web ends by itself."""
    Thread(target=_end_with, args=[web], daemon=True).start()
    try:
        run_jobs(concurrency=2)
    except KeyboardInterrupt:
        if web.poll() is not None:
            raise CommandError("The web ended by itself; its last words are above.") from None
        raise


def _end_with(web: subprocess.Popen[bytes]) -> None:
    web.wait()
    os.kill(os.getpid(), signal.SIGTERM)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
