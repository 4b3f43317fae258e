"""The payments' job: what was shown of transfers is forgotten."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.payments.services.proofs import forget_proofs


@app.periodic(cron="40 3 * * *")
@app.task(name="payments.forget_proofs", queue="events", queueing_lock="payments.forget_proofs")
def forget_pictures(timestamp: int) -> None:
    """Once a night."""
    forget_proofs()
