"""A file that somebody sent, kept under a name of ours: never longer than allowed, its own name only shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from twiza.kit.errors import DomainError


@dataclass(frozen=True)
class KeptFile:
    """How long it is, and its SHA-256."""

    size_bytes: int
    sha256: str


def keep_file(path: Path, pieces: Iterable[bytes], most_bytes: int, too_large: DomainError) -> KeptFile:
    """The pieces are in the file at `path`. Raises `too_large` as soon as they are more than `most_bytes`."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in pieces:
            if file.tell() + len(piece) > most_bytes:
                raise too_large
            digest.update(piece)
            file.write(piece)
        return KeptFile(file.tell(), digest.hexdigest())


def sha256_of(path: Path) -> str:
    """Of a file as it lies there, read a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def plain_name(file_name: str) -> str:
    """Without folders, and without signs that nobody sees."""
    name = PureWindowsPath(file_name).name
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return re.sub(r"\s+", " ", seen).strip()[:200]
