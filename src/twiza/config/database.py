"""Which PostgreSQL we stand on: the one DATABASE_URL names, else our own."""

from __future__ import annotations

import os
from pathlib import Path

from twiza.config.embedded_postgres import EmbeddedPostgres

_embedded: EmbeddedPostgres | None = None


def var_folder() -> Path:
    """Where this installation keeps what it makes: TWIZA_VAR, or `var/` beside the project."""
    named = os.environ.get("TWIZA_VAR")
    return Path(named) if named else Path(__file__).resolve().parents[3] / "var"


def embedded() -> EmbeddedPostgres:
    global _embedded
    if _embedded is None:
        _embedded = EmbeddedPostgres(var_folder() / "postgres")
    return _embedded


def database_url() -> str:
    return os.environ.get("DATABASE_URL") or embedded().url


def hold_database() -> None:
    """Our own server runs while this process lives. Does nothing when DATABASE_URL names another."""
    if not os.environ.get("DATABASE_URL"):
        embedded().hold()
