"""The jobs that carry texts out."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.foundation.messaging import sending


@app.task(name="messaging.send_text", queue="texts")
def send_text(message_id: int) -> None:
    """Hands one text over; when time may heal, comes back later."""
    wait = sending.hand_over(message_id)
    if wait is not None:
        send_text.configure(schedule_in={"seconds": wait}).defer(message_id=message_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="messaging.tidy_texts", queue="texts", queueing_lock="messaging.tidy_texts")
def tidy_texts(timestamp: int) -> None:
    """What a killed worker left behind is settled or sent on its way again."""
    sending.abandon_lost_claims()
    for message_id in sending.left_waiting():
        send_text.defer(message_id=message_id)
