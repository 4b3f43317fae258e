"""Many rows at once, by PostgreSQL's own COPY: a register of 60,000 is half a million of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from twiza.kit.clock import now


def allot_keys(model: type[Model], how_many: int) -> list[int]:
    """So many primary keys that nobody else will have."""
    table = model._meta.db_table  # noqa: SLF001 -- Django's own way of asking
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s) order by 1", [table, how_many]
        )
        return [key for (key,) in cursor.fetchall()]


def copy_rows(rows: Sequence[Model]) -> None:
    """These rows, all of one model, are in their table. Those without a primary key are given one."""
    if not rows:
        return
    meta = rows[0]._meta  # noqa: SLF001 -- Django's own way of asking
    if rows[0].pk is None:
        for row, key in zip(rows, allot_keys(type(rows[0]), len(rows)), strict=True):
            row.pk = key
    fields = meta.concrete_fields
    columns = SQL(", ").join(Identifier(field.column) for field in fields)
    statement = SQL("copy {} ({}) from stdin").format(Identifier(meta.db_table), columns)
    values = [_value_of(field) for field in fields]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([value(row) for value in values])


def count_anew(*models: type[Model]) -> None:
    """PostgreSQL knows how many rows these tables have by now.

    Until it finds out by itself, a minute later, it takes a table that was empty for one that still is, and asks it row by
    row: the next reading of 60,000 rows would take minutes longer.
    """
    tables = [Identifier(model._meta.db_table) for model in models]  # noqa: SLF001 -- Django's own way of asking
    with connection.cursor() as cursor:
        cursor.execute(SQL("analyze {}").format(SQL(", ").join(tables)))


def _value_of(field: Field[Any, Any]) -> Callable[[Model], object]:
    """What stands in the field's column, as the database driver wants it."""
    name = field.attname
    if isinstance(field, JSONField):
        return lambda row: Jsonb(getattr(row, name))
    if isinstance(field, DateTimeField) and field.auto_now_add:
        at = now()
        return lambda _row: at
    return lambda row: getattr(row, name)
