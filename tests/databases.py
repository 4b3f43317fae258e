"""One database is migrated and kept; each process of the tests works in copies of it.

It is named after all that the migrations read, so that a change of any of it makes another. The tests of a process share a
copy, what they write is taken back; a test that has to commit leaves it used, and it is copied anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from twiza.config.database import database_url

SOURCE = Path("src/twiza")
# Migrations create the tables and fill some: from lists that lie beside the code, and by the few functions among these files.
READ_BY_MIGRATIONS = (
    "*/*/migrations/*.py",
    "*/migrations/*.py",
    "*/*/models.py",
    "*/*/models/*.py",
    "*/*/*.tsv",
    "foundation/places/*.py",
    "foundation/versions/triggers.py",
    "foundation/pictures/storage.py",
    "kit/*.py",
)
PREFIX = "twiza_migrated_"
# What a test wrote is taken back. Whoever sweeps that up notes that a table holds nothing, and the next test that fills it waits
# minutes for plans made for nothing.
UNWATCHED = """
do $$ declare one regclass; begin
    for one in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
        execute format('alter table %s set (autovacuum_enabled = false)', one);
    end loop;
end $$
"""
MAKING = 7_429_117  # of the lock under which one process makes it and the others wait


def read_by_migrations() -> set[Path]:
    return {path for pattern in READ_BY_MIGRATIONS for path in SOURCE.glob(pattern)}


def migrated() -> str:
    """The name of the database that holds the tables and the reference data, made when there is none."""
    name = PREFIX + _fingerprint()
    with _server() as server:
        server.execute("select pg_advisory_lock(%s)", [MAKING])
        held = {row[0] for row in server.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX])}
        if name not in held:
            for other in held:
                drop(other)
            _make(name)
    return name


def copy(name: str) -> None:
    """A database of this name is as the migrations leave it, whatever it was before."""
    origin = migrated()
    drop(name)
    with _server() as server:
        server.execute(f'create database "{name}" template "{origin}"')
        # What a crash would lose is made again.
        server.execute(f'alter database "{name}" set synchronous_commit = off')


def copy_anew(name: str) -> None:
    """What tests of this process committed is gone. Numbers go on where they were: kept rows have the first ones."""
    connections.close_all()
    with psycopg.connect(named(name), autocommit=True) as used:
        numbers = used.execute("select sequencename, last_value from pg_sequences where last_value is not null").fetchall()
    copy(name)
    with psycopg.connect(named(name), autocommit=True) as fresh, fresh.cursor() as cursor:
        cursor.executemany("select setval(quote_ident(%s)::regclass, %s)", numbers)


def drop(name: str) -> None:
    with _server() as server:
        server.execute(f'drop database if exists "{name}" with (force)')


def use(name: str) -> None:
    """This process works in the database of this name from now on."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


def named(name: str) -> str:
    """The address of another database on the same server."""
    address, _, options = database_url().partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(named("postgres"), autocommit=True) as server:
        yield server


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    found = sha256(Path("requirements.lock").read_bytes())
    for path in sorted(read_by_migrations()):
        found.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _make(name: str) -> None:
    """Under another name until it is whole: an interrupted one is never taken for it."""
    before, unfinished = connections["default"].settings_dict["NAME"], f"{PREFIX}unfinished"
    drop(unfinished)
    with _server() as server:
        server.execute(f'create database "{unfinished}"')
    use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    with connections["default"].cursor() as cursor:
        cursor.execute(UNWATCHED)
    use(before)
    with _server() as server:
        server.execute(f'alter database "{unfinished}" rename to "{name}"')


@contextmanager
def database_of_this_process() -> Iterator[str]:
    before = connections["default"].settings_dict["NAME"]
    name = "test_" + "_".join([before, *filter(None, [os.environ.get("PYTEST_XDIST_WORKER")])])
    copy(name)
    use(name)
    try:
        yield name
    finally:
        use(before)
        drop(name)
