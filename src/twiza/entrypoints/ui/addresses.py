"""The same page in another language."""

from __future__ import annotations

from django.conf import settings

_SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)


def address_in_language(address: str, language: str) -> str:
    """`/fr/products/?page=2` → `/ar/products/?page=2`; an address without a language stays as it is.

    Every address of ours begins with its language and is otherwise the same in all, so nothing has to be resolved.
    """
    _root, first, rest = address.split("/", 2) if address.count("/") > 1 else ("", "", "")
    return f"/{language}/{rest}" if first in _SPOKEN else address
