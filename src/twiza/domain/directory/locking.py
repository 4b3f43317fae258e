"""The rows somebody else must wait for."""

from __future__ import annotations

from django.db import connection

from twiza.domain.directory.models import Organisation


def lock_organisation(organisation_id: int) -> Organisation:
    """Nobody else revises or moves this organisation until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def lock_imports() -> None:
    """Nobody else imports until the transaction ends: two readings of one file would found everything twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory.import'))")
