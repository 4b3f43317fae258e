"""The job that looks after texts nobody knows the end of."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.foundation.messaging import sending


@app.periodic(cron="* * * * *")
@app.task(name="messaging.tidy_texts", queue="texts", queueing_lock="messaging.tidy_texts")
def tidy_texts(timestamp: int) -> None:
    """What a killed worker left behind is in doubt; what is in doubt is sent once more, where that is better than silence."""
    sending.settle_lost_claims()
    sending.send_doubtful_again()
