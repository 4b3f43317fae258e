"""Runs what was enqueued and carries texts out, inside the test's own transaction."""

from __future__ import annotations

import json

from django.db import connection
from procrastinate.contrib.django import app

from twiza.foundation.messaging.carrying import carry_due


def run_jobs(limit: int = 500) -> int:
    """Runs every waiting job, and those they enqueue, in order, then lets texts leave; says how many jobs.

    A failing job fails the test.
    """
    app.perform_import_paths()
    done = 0
    while done < limit:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id, task_name, args from procrastinate_jobs where status = 'todo'"
                " and (scheduled_at is null or scheduled_at <= now()) order by id limit 1"
            )
            row = cursor.fetchone()
            if row is None:
                carry_due()
                return done
            cursor.execute("delete from procrastinate_jobs where id = %s", [row[0]])
        arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
        app.tasks[row[1]].func(**arguments)
        done += 1
    raise AssertionError(f"more than {limit} jobs: does a handler feed itself?")
