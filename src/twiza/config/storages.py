"""Which storage a setting means: a folder of this machine, or a bucket."""

from __future__ import annotations

from typing import Any


def is_bucket(address: str) -> bool:
    return address.startswith("s3://")


def storage_at(address: str, part: str, of_folders: str, *, is_served: bool = True) -> dict[str, Any]:
    """An entry of Django's STORAGES: the bucket's `part`, or the storage that keeps folders."""
    if not is_bucket(address):
        return {"BACKEND": of_folders}
    return {"BACKEND": "twiza.adapters.files.s3.S3Files", "OPTIONS": {"address": address, "part": part, "is_served": is_served}}
