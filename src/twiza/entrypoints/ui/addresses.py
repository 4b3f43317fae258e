"""The same page in another language, or at a storefront's own host."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

_LANGUAGES_HERE = "languages_here"
_SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)


def address_in_language(address: str, language: str) -> str:
    """`/fr/products/?page=2` → `/ar/products/?page=2`; an address without a language stays as it is.

    Every address of ours begins with its language and is otherwise the same in all, so nothing has to be resolved.
    """
    rest = rest_of_address(address)
    return address if rest is None else f"/{language}/{rest}"


def rest_of_address(address: str) -> str | None:
    """`/fr/products/?page=2` → `products/?page=2`: what is the same in every language; None without a language."""
    _root, first, rest = address.split("/", 2) if address.count("/") > 1 else ("", "", "")
    return rest if first in _SPOKEN else None


def at_own_host(path: str, store: str, root: str) -> str:
    """`/fr/stores/souk/products/` → `https://boutique.example.ma/fr/products/`; the path itself when the storefront has no host
    of its own, and so no `root`."""
    return root + path.replace(f"/stores/{store}/", "/", 1) if root else path


def speak_only(request: object, languages: Sequence[str]) -> None:
    """This page is in these languages, the first being its own; its switch of languages names no other."""
    setattr(request, _LANGUAGES_HERE, tuple(languages))


def languages_of(request: HttpRequest | None) -> tuple[str, ...]:
    """The codes of the languages this page is in: all that we speak, when nothing else was said."""
    return getattr(request, _LANGUAGES_HERE, None) or tuple(code for code, _name in settings.LANGUAGES)
