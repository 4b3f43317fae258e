"""The only locks on photographs."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Manager

from twiza.foundation.pictures.models import Picture


def lock_picture(table: str, picture_id: int) -> Picture | None:
    """Of this table (`catalogue.Photo`): nobody else changes it until the transaction ends. None when it was removed."""
    rows: Manager[Picture] = apps.get_model(table).objects
    return rows.select_for_update(of=("self",)).filter(pk=picture_id).first()
