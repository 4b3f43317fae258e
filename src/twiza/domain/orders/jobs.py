"""The orders' jobs: forgetting baskets that nobody came back to."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.orders.services import forgetting


@app.periodic(cron="20 4 * * *")
@app.task(name="orders.forget_old_baskets", queue="events", queueing_lock="orders.forget_old_baskets")
def forget_old_baskets(timestamp: int) -> None:
    """Once a night, when few look at their baskets."""
    forgetting.forget_old_baskets()
