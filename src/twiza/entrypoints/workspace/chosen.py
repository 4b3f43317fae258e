"""Which row a button stood beside."""

from __future__ import annotations

from django.http import HttpRequest

from twiza.kit.errors import NotFound

MOST_DIGITS = 18


def chosen_id(request: HttpRequest, name: str) -> int:
    """The id posted under this name: what was on the screen, never a row that came meanwhile. Raises NotFound."""
    number = request.POST.get(name, "")
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        raise NotFound
    return int(number)
