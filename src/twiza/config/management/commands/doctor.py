"""`twiza doctor`: says in words what is missing, and where to look."""

from __future__ import annotations

import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from twiza.config import static_files
from twiza.config.database import hold_database
from twiza.config.embedded_postgres import DatabaseDidNotStart
from twiza.config.storages import is_bucket
from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import gateway_called
from twiza.foundation.messaging.routes import gateways_in_use
from twiza.foundation.search.generations import is_outdated

OLDEST_POSTGRESQL = 15_00_00


class Command(BaseCommand):
    help = "Looks at everything this installation needs. Ends with 1 when something is missing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [fault for look in LOOKS for fault in look()]
        if options["json"]:
            self.stdout.write(json.dumps({"checked": len(LOOKS), "faults": faults}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"✗ {fault}" for fault in faults) or "✓ Nothing is missing.")
        if faults:
            raise SystemExit(1)


def database() -> Iterator[str]:
    try:
        hold_database()
        connection.ensure_connection()
    except (DatabaseError, DatabaseDidNotStart) as trouble:
        yield f"The database does not answer: {str(trouble).strip().splitlines()[0]}. Look at DATABASE_URL."
        return
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        version = int(cursor.fetchone()[0])
    if version < OLDEST_POSTGRESQL:
        yield f"PostgreSQL is {version // 10000}; Twiza needs 15 or newer."
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"{len(waiting)} migrations are not applied. Run: twiza migrate"


def folders() -> Iterator[str]:
    named: dict[str, str | Path] = {
        "TWIZA_VAR": settings.VAR,
        "MEDIA_URL_STORAGE": settings.MEDIA_ADDRESS,
        "ORIGINALS_FOLDER": settings.ORIGINALS_FOLDER,
    }
    for name, folder in ((name, Path(address)) for name, address in named.items() if not is_bucket(str(address))):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as trouble:
            yield f"{name}: {folder} cannot be written ({trouble.strerror})."


def buckets() -> Iterator[str]:
    """A bucket is written to, read and cleaned again."""
    for name, storage in (("MEDIA_URL_STORAGE", default_storage), ("ORIGINALS_FOLDER", storages["originals"])):
        try:
            if hasattr(storage, "bucket_name"):
                storage.delete(storage.save("doctor.txt", ContentFile(b"well")))
        except OSError as trouble:
            yield f"{name}: the bucket cannot be written ({trouble})."


def files() -> Iterator[str]:
    if not static_files.are_collected():
        yield "The styles and pictures are not collected. Run: twiza collectstatic"
    for po in settings.BASE.glob("locale/*/LC_MESSAGES/django.po"):
        if not po.with_suffix(".mo").exists():
            yield f"The words of {po.parent.parent.name} are not compiled. Run: make messages"


def search_index() -> Iterator[str]:
    if is_outdated():
        yield "The search index was built by another version: only names are found. Run: twiza rebuild_search"


def production() -> Iterator[str]:
    if settings.DEMO or settings.DEBUG:
        return
    if not os.environ.get("SECRET_KEY"):
        yield "SECRET_KEY is not set: this machine made one for itself, which other machines cannot share."
    yield from _gateways()
    if settings.SMS_GATEWAY == "simulator":
        yield "SMS_GATEWAY is the simulator: no text message leaves. Choose a gateway."
    if not settings.SITE_URL.startswith("https://"):
        yield "SITE_URL does not begin with https://: sessions would travel in the clear."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is *: every name is taken for the site's own, and no storefront has its own address."
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield "EMAIL_URL is not set: e-mails are only printed."


def _gateways() -> Iterator[str]:
    for code in gateways_in_use():
        try:
            needs = gateway_called(code).needs
        except NoSuchGateway:
            yield f"SMS_GATEWAY or SMS_ROUTES names {code}, which is no gateway: what is meant for it waits."
            continue
        yield from (f"{name} is not set, and {code} needs it." for name in needs if not getattr(settings, name))


LOOKS: tuple[Callable[[], Iterator[str]], ...] = (database, folders, buckets, files, search_index, production)
