"""Where this machine keeps its index: one folder per generation, and a file that says which one answers."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from twiza.foundation.search.stamp import stamp

KEPT = 2  # the one that answers, and the one that somebody may still be opening


@dataclass(frozen=True)
class Generation:
    """`position`: changes of transactions before this one are in it. `stamp`: how words became terms when it was built."""

    folder: str
    position: int
    database: str
    stamp: str


def home() -> Path:
    """The folder of this database's indexes on this machine."""
    return Path(settings.SEARCH_FOLDER) / str(connection.settings_dict["NAME"])


def current_file() -> Path:
    return home() / "current.json"


def current() -> Generation | None:
    """The generation that answers; None when there is none, or it was built from another database of the same name,
    or with other rules: what is asked would not meet what is written."""
    generation = _written_down()
    is_ours = generation and generation.stamp == stamp() and generation.database == database_identity()
    return generation if is_ours else None


def is_outdated() -> bool:
    """This machine's index was built by another version of the rules: it answers nothing until it is built anew."""
    generation = _written_down()
    return generation is not None and generation.stamp != stamp()


def _written_down() -> Generation | None:
    try:
        said = json.loads(current_file().read_text("utf-8"))
        return Generation(said["folder"], said["position"], said["database"], said.get("stamp", ""))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def folder_of(generation: Generation) -> Path:
    return home() / generation.folder


def switch_to(generation: Generation) -> None:
    """From now on this generation answers, on this machine; older ones go."""
    beside = current_file().with_suffix(".new")
    beside.write_text(json.dumps(asdict(generation)), "utf-8")
    beside.replace(current_file())
    folders = sorted(folder for folder in home().iterdir() if folder.is_dir())
    for folder in [one for one in folders if one.name != generation.folder][: 1 - KEPT or None]:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def only_writer() -> Iterator[bool]:
    """True for the one process of this machine that may write; False, at once, while another does."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "writer.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def database_identity() -> str:
    """Tells a database from another of the same name: one emptied, restored or cloned has another table of changes."""
    with connection.cursor() as cursor:
        cursor.execute("select system_identifier::text || ':' || 'search_searchchange'::regclass::oid from pg_control_system()")
        return str(cursor.fetchone()[0])


def finished_transactions() -> int:
    """Every transaction before this one is over."""
    with connection.cursor() as cursor:
        cursor.execute("select txid_snapshot_xmin(txid_current_snapshot())")
        return int(cursor.fetchone()[0])
