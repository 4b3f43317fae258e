"""Acts of a story that may be refused: whatever is refused has changed nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from twiza.kit.errors import DomainError

T = TypeVar("T")
ROOMS = ("messaging", "orders", "payments", "ledger", "payouts", "inventory", "aftersales", "stalls", "audit", "events")


def traces() -> list[Any]:
    """Of each table that an act may change: how many rows there are, and what they say."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    tables = [*sorted(model._meta.db_table for model in models), "procrastinate_jobs"]
    one = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return sorted(cursor.fetchall())  # several may be counted at once, and then come in any order


def attempt(act: Callable[..., Any], *said: Any, **named: Any) -> Any:
    """What the act answers, None when it is refused: then the tables say what they said before."""
    before = traces()
    try:
        return act(*said, **named)
    except DomainError as refused:
        refusal = refused
    changed = [(was, now) for was, now in zip(before, traces(), strict=True) if was != now]
    assert not changed, f"{act.__name__} was refused ({refusal.code}) and changed {changed}"
    assert str(refusal), refusal.code
    return None


def pick(among: Sequence[T], which: int) -> T | None:
    return among[which % len(among)] if among else None
