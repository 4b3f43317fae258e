"""− and + beside a number, without JavaScript: the button submits, and the page comes back with the new number."""

from __future__ import annotations

from django.http import QueryDict

STEPS = {"less": -1, "more": 1}


def stepped(typed: QueryDict, name: str) -> QueryDict:
    """What was typed, with the number `name` one less or more when − or + was pressed; never below 0."""
    step = STEPS.get(typed.get("step", ""), 0)
    if not step:
        return typed
    written = typed.get(name, "").strip()
    number = int(written) if written.isdecimal() and len(written) < 10 else 0
    changed = typed.copy()
    changed[name] = str(max(number + step, 0))
    return changed
