"""Tables say themselves that they changed: whoever writes, by whatever way, cannot forget it."""

from __future__ import annotations

from django.db.migrations import RunSQL

# The topic of what concerns every page: one statement that changed a great many rows.
EVERYTHING = "everything"

_MOMENTS = {"insert": "new", "update": "new", "delete": "old"}


def told_by(table: str, *topics: str) -> RunSQL:
    """A migration step: whatever changes in `table` is noted under these topics, in the same transaction.

    A topic is an SQL expression over a row: `'product:' || product_id`, or a text for all rows alike: `'kinds'`.
    """
    arguments = ", ".join("'" + topic.replace("'", "''") + "'" for topic in topics)
    made = "\n".join(
        f"create trigger {table}_told_{moment} after {moment} on {table} referencing {rows} table as changed"
        f" for each statement execute function versions_note({arguments});"
        for moment, rows in _MOMENTS.items()
    )
    return RunSQL(made, "\n".join(f"drop trigger {table}_told_{moment} on {table};" for moment in _MOMENTS))
