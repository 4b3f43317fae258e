"""Files that nothing names any more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models.fields.files import FieldFile


def forget_files(files: Iterable[FieldFile]) -> None:
    """They are gone once the change is certain: a change that fails keeps them."""
    for file in files:
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name))
