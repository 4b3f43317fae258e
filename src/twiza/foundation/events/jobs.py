"""The job that carries an event to one handler."""

from __future__ import annotations

from typing import Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from twiza.foundation.events.subscriptions import deliver

# What time can heal is tried again for about a day: 3 s, 9 s, 27 s … then it waits for a person.
# A worker says every ten seconds that it lives; one silent for this long is dead.
STALLED_SECONDS = 90
PATIENT = RetryStrategy(max_attempts=10, exponential_wait=3)


@app.periodic(cron="*/5 * * * *")
@app.task(name="events.retry_stalled", queue="events", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """What a worker that died left running runs again: every job of ours may run twice."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(job)


@app.task(name="events.handle", queue="events", retry=PATIENT)
def handle_event(handler: str, facts: dict[str, Any]) -> None:
    deliver(handler, facts)
