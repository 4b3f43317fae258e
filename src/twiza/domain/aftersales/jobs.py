"""What is watched after a parcel arrived: that buyers have answers, and their money back, in time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.aftersales.services import watching
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="15 9 * * *")
@app.task(name="aftersales.tell_of_late_refunds", queue="events", queueing_lock="aftersales.tell_of_late_refunds")
def tell_of_late_refunds(timestamp: int) -> None:
    """Each morning."""
    with acting_through("system"):
        watching.tell_of_late_refunds()


@app.periodic(cron="45 8 * * *")
@app.task(name="aftersales.settle_unheard_complaints", queue="events", queueing_lock="aftersales.settle_unheard_complaints")
def settle_unheard_complaints(timestamp: int) -> None:
    """Each morning."""
    with acting_through("system"):
        watching.settle_unheard_complaints()


@app.periodic(cron="25 3 * * *")
@app.task(name="aftersales.forget_complaint_photos", queue="events", queueing_lock="aftersales.forget_complaint_photos")
def forget_complaint_photos(timestamp: int) -> None:
    """Each night."""
    with acting_through("system"):
        watching.forget_complaint_photos()
