"""Finds the class behind a code: a bare code is a file on our shelf, a dotted path somebody else's package."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load_class(shelf: str, code: str, name: str) -> Any:
    """`load_class("twiza.adapters.sms", "simulator", "Gateway")` → the class in that file.

    The class always has the same name, so no registry has to list it.
    """
    path = code if "." in code else f"{shelf}.{code}"
    return getattr(import_module(path), name)
