"""Doing what a button says, and telling who pressed it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from twiza.kit.errors import DomainError, NotFound


def act_and_tell(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """It is done and said so, or the refusal is said. Raises NotFound, of which nothing is told."""
    try:
        act()
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
