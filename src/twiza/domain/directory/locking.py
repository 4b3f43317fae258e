"""The rows somebody else must wait for."""

from __future__ import annotations

from twiza.domain.directory.models import Organisation


def lock_organisation(organisation_id: int) -> Organisation:
    """Nobody else revises or moves this organisation until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
