"""The orders' jobs: asking after answers, money and questions, forgetting old baskets, speaking with carriers."""

from __future__ import annotations

from datetime import date

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.orders.models import Order
from twiza.domain.orders.services import carrier_words, chasing, confirming, errands, forgetting, hearing, offering, paying
from twiza.domain.orders.services.bordereaux import HEAR
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="20 4 * * *")
@app.task(name="orders.forget_old_baskets", queue="events", queueing_lock="orders.forget_old_baskets")
def forget_old_baskets(timestamp: int) -> None:
    """Once a night, when few look at their baskets."""
    forgetting.forget_old_baskets()


@app.periodic(cron="*/10 * * * *")
@app.task(name="orders.chase_answers", queue="events", queueing_lock="orders.chase_answers")
def chase_answers(timestamp: int) -> None:
    """Whatever waits too long for its cooperative's answer takes its next step."""
    with acting_through("system"):
        chasing.chase_answers()


@app.periodic(cron="5-55/10 * * * *")
@app.task(name="orders.lapse_offers", queue="events", queueing_lock="orders.lapse_offers")
def lapse_offers(timestamp: int) -> None:
    """A part that its buyer said nothing to in time is cancelled."""
    with acting_through("system"):
        offering.lapse_offers()


@app.periodic(cron="2-52/10 * * * *")
@app.task(name="orders.lapse_unconfirmed", queue="events", queueing_lock="orders.lapse_unconfirmed")
def lapse_unconfirmed(timestamp: int) -> None:
    """What its buyer did not confirm in time is not sent."""
    with acting_through("system"):
        confirming.lapse_unconfirmed()


@app.periodic(cron="*/5 * * * *")
@app.task(name="orders.look_after_unpaid", queue="events", queueing_lock="orders.look_after_unpaid")
def look_after_unpaid(timestamp: int) -> None:
    """What was to be paid first, and was not, goes back on the shelf; who may still pay is written to once."""
    with acting_through("system"):
        paying.look_after_unpaid()
        paying.remind_of_unpaid()


@app.task(name=HEAR, queue="events", retry=RetryStrategy(max_attempts=8, wait=10))
def hear_of_parcel(order_id: int, what: str, on: str, reason: str, source: str, reference: str) -> None:
    """A carrier's news of one parcel. Run twice, it counts once."""
    order = Order.objects.get(pk=order_id)
    hearing.hear_of_parcel(order, hearing.News(what, date.fromisoformat(on), source, reference, reason))


@app.task(name=errands.ASK, queue="carriers")
def ask_carrier(errand_id: int) -> None:
    """Asks a carrier to come for a parcel; when time may heal, comes back later."""
    with acting_through("system"):
        wait = errands.ask_carrier(errand_id)
    if wait is not None:
        ask_carrier.configure(schedule_in={"seconds": wait}).defer(errand_id=errand_id)


@app.task(name=carrier_words.LOOK, queue="carriers")
def look_at_parcel(errand_id: int) -> None:
    """Asks a carrier what became of a parcel. Run twice, the same news counts once."""
    with acting_through("system"):
        carrier_words.look_at_parcel(errand_id)


@app.periodic(cron="*/20 * * * *")
@app.task(name="orders.look_after_errands", queue="carriers", queueing_lock="orders.look_after_errands")
def look_after_errands(timestamp: int) -> None:
    """What a killed worker left behind goes on, and parcels nobody told of for a while are looked after."""
    errands.pick_up_left_behind()
    carrier_words.look_at_quiet_parcels()
