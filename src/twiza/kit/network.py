"""The second law, executable: no network inside a database transaction."""

from __future__ import annotations

from django.db import transaction


class NetworkInsideTransaction(RuntimeError):
    """Somebody would wait on a far machine while holding locks that others need."""


def forbid_inside_transaction() -> None:
    """Every adapter that goes out calls this first. Refuses while a transaction is open."""
    if transaction.get_connection().in_atomic_block:
        raise NetworkInsideTransaction("Commit first, then go out.")
