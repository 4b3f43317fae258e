"""The orders' jobs: forgetting baskets that nobody came back to, and hearing what carriers tell."""

from __future__ import annotations

from datetime import date

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.orders.models import Order
from twiza.domain.orders.services import forgetting, hearing
from twiza.domain.orders.services.bordereaux import HEAR


@app.periodic(cron="20 4 * * *")
@app.task(name="orders.forget_old_baskets", queue="events", queueing_lock="orders.forget_old_baskets")
def forget_old_baskets(timestamp: int) -> None:
    """Once a night, when few look at their baskets."""
    forgetting.forget_old_baskets()


@app.task(name=HEAR, queue="events", retry=RetryStrategy(max_attempts=8, wait=10))
def hear_of_parcel(order_id: int, what: str, on: str, reason: str, source: str, reference: str) -> None:
    """A carrier's news of one parcel. Run twice, it counts once."""
    order = Order.objects.get(pk=order_id)
    hearing.hear_of_parcel(order, hearing.News(what, date.fromisoformat(on), source, reference, reason))
