"""Questions are kept half a year, as their form says."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.enquiries import services
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="40 4 * * *")
@app.task(name="enquiries.forget_old_enquiries", queue="events", queueing_lock="enquiries.forget_old_enquiries")
def forget_old_enquiries(timestamp: int) -> None:
    """Once a night."""
    with acting_through("system"):
        services.forget_old_enquiries()
