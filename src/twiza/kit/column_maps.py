"""A column map as somebody says it, in a file or a form: which heading is which field, and how the file is written."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from twiza.kit.folding import fold_words
from twiza.kit.rows import FileUnreadable

# What a map says of a heading that is never read, whatever we would take it for.
NOT_READ = ""


class MapUnreadable(FileUnreadable):
    code = "map_unreadable"
    sentence = _("The column map cannot be read: %(trouble)s.")


def map_in(path: Path) -> Mapping[str, Any]:
    """What a TOML file says. Raises MapUnreadable."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise MapUnreadable(trouble=error) from error


def columns_said(told: Mapping[str, Any], fields: Collection[str]) -> dict[str, str]:
    """Folded heading → field, of `columns` said as field → heading or headings. Raises MapUnreadable for an unknown field."""
    try:
        columns = {fold_words(heading): meaning for meaning, said in told.get("columns", {}).items() for heading in _list(said)}
    except (AttributeError, TypeError) as error:
        raise MapUnreadable(trouble=error) from error
    refuse_unknown(set(columns.values()) - set(fields) - {NOT_READ})
    return columns


def columns_told(columns: Mapping[str, str]) -> dict[str, list[str]]:
    """The other way: field → headings, as the file of a map would say it."""
    told: dict[str, list[str]] = {}
    for heading, meaning in columns.items():
        told.setdefault(meaning, []).append(heading)
    return told


def plain_said(told: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """The plain values of these names. Raises MapUnreadable for an encoding or a separator that there is not."""
    plain = {name: str(told[name]) for name in names if name in told}
    try:
        "".encode(plain.get("encoding") or "utf-8")
    except (ValueError, LookupError) as error:
        raise MapUnreadable(trouble=error) from error
    separator = plain.get("separator") or ";"
    refuse_unknown({separator} if len(separator) != 1 else ())
    return plain


def refuse_unknown(words: Iterable[str]) -> None:
    """Raises MapUnreadable when there are any, and names them."""
    if named := ", ".join(sorted(words)):
        raise MapUnreadable(trouble=named)


def _list(said: object) -> list[str]:
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]
