"""Where originals lie: apart from what is shown, so that no address leads to them."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class Unserved(FileSystemStorage):
    """The folder ORIGINALS_FOLDER, of which nobody is served anything."""

    @property
    def base_location(self) -> str:
        return str(settings.ORIGINALS_FOLDER)

    @property
    def location(self) -> str:
        return str(Path(self.base_location).absolute())

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("originals have no address")


def originals() -> Storage:
    """As the settings say; asked by name, so that migrations do not remember which."""
    return storages["originals"]
