"""What many tests begin with is made by the services once; each test that asks for it is given the same rows again.

The rows are read from the transaction that made them, which is rolled back, and come back as they were in one statement.
Triggers rest meanwhile: what they wrote is among the rows.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils import translation

T = TypeVar("T")
BRING_BACK = "set local session_replication_role = replica;\n{}\nset local session_replication_role = origin;"
TOUCHED = """
select relid::regclass::text from pg_stat_xact_user_tables where n_tup_ins + n_tup_upd > 0
"""
COLUMNS = """
select quote_ident(attname), attidentity <> '', coalesce(pg_get_expr(adbin, adrelid) = 'txid_current()', false)
from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
"""


@dataclass(frozen=True)
class Kept(Generic[T]):
    build: Callable[[], T]
    statements: str
    answer: bytes
    clock_error: float

    def again(self) -> T:
        """The rows stand in the database of this test, and this is what the building answered."""
        if not self.statements or abs(_clock_error() - self.clock_error) > 1:
            return self.build()  # no rights to bring rows back, or a test that has travelled in time
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(self.statements)
        except IntegrityError:
            return self.build()  # the test has made one of them already
        return pickle.loads(self.answer)


def keep_rows(build: Callable[[], T]) -> Kept[T]:
    """Builds outside of any test and leaves nothing of it in the database. What is built adds rows and changes none before it."""
    with transaction.atomic(), translation.override("fr"):
        began = _ask("select txid_current()")[0][0]
        before = _rows_older_than(began)
        answer = build()
        assert _rows_older_than(began) == before, "Rows that were there before have changed: they cannot be brought back."
        kept = Kept(build, _rows_since(began), pickle.dumps(answer), _clock_error())
        transaction.set_rollback(True)
    return kept


def _rows_older_than(transaction_id: int) -> dict[str, int]:
    tables = connection.introspection.table_names()
    return {table: _ask(f"select count(*) from {table} where xmin::text::bigint < %s", transaction_id)[0][0] for table in tables}


def _rows_since(transaction_id: int) -> str:
    if _ask("select current_setting('is_superuser')")[0][0] != "on":
        return ""
    return BRING_BACK.format("\n".join(_bring_back(table, transaction_id) for (table,) in _ask(TOUCHED)))


def _bring_back(table: str, transaction_id: int) -> str:
    written = f"select quote_literal(json_agg(row_to_json(kept))::text) from {table} kept where xmin::text::bigint >= %s"
    rows = _ask(written, transaction_id)[0][0]
    if rows is None:
        return ""
    names = ", ".join(_columns(table))
    return f"insert into {table} ({names}) select {names} from json_populate_recordset(null::{table}, {rows});"


def _columns(table: str) -> list[str]:
    """All but those that PostgreSQL has to fill in again, of the changes that pages ask about.

    Their numbers and transactions are new in each test: with the same ones, a page remembered by one test would be another's.
    """
    columns = _ask(COLUMNS, table)
    is_of_changes = any(is_transaction for _, _, is_transaction in columns)
    return [name for name, is_number, is_transaction in columns if not (is_transaction or (is_of_changes and is_number))]


def _ask(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _clock_error() -> float:
    return time.time() - time.monotonic()
