"""The jobs of storefronts: looking where their hosts lead."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.storefronts.services import hosts
from twiza.foundation.audit.services import acting_through


@app.task(name=hosts.LOOK, queue="hosts")
def look_at_host(host_id: int) -> None:
    """Goes to one host and keeps what it found there. Run twice, it looks twice."""
    with acting_through("system"):
        hosts.look_at_host(host_id)


@app.periodic(cron="50 5 * * *")
@app.task(name="storefronts.look_at_all_hosts", queue="hosts", queueing_lock="storefronts.look_at_all_hosts")
def look_at_all_hosts(timestamp: int) -> None:
    """Each morning: do they still lead to us?"""
    hosts.look_at_all_hosts()
