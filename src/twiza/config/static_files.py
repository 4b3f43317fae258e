"""Collecting the static files, only when one of them changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from twiza.config.apps import StaticFiles

STAMP = ".collected-from"


def are_collected() -> bool:
    """What lies under STATIC_ROOT was made from the sources as they are now."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    return stamp.exists() and stamp.read_text() == _fingerprint()


def collect() -> None:
    """Every static file lies under STATIC_ROOT, named after its content and compressed."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=Path(settings.STATIC_ROOT).exists())


def remember_collected() -> None:
    (Path(settings.STATIC_ROOT) / STAMP).write_text(_fingerprint())


def _fingerprint() -> str:
    files = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(StaticFiles.ignore_patterns), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            files.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return files.hexdigest()
