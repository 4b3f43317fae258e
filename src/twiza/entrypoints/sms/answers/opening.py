"""`FERME jusqu'au 15/8`, `OUVERT`: nobody can order meanwhile, and the page says so."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.selectors import opening_times_of
from twiza.domain.directory.services.opening import say_opening_times
from twiza.entrypoints.sms.closing_days import day_meant
from twiza.entrypoints.sms.own_shelf import OwnShelf
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.clock import today
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.foundation.accounts.models import User


def close(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """Closed from today until the day that was said. Without a day, or in doubt, the day is asked for."""
    if own is None or sender.person is None:
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    until = day_meant(reading.said, today()) if reading.said else None
    if until is None:
        return Reply("close_until", outcome="asked")
    values = {"day": f"{until:%d/%m/%Y}"}
    if reading.certainty != "sure":
        return Reply("close_really", values, outcome="asked", waits={"ask": "close", "until": until.isoformat()})
    return close_until(until, sender, own)


def close_until(until: date, sender: Sender, own: OwnShelf) -> Reply:
    """The same as on the page of opening times."""
    _say(own, sender.person, closed_from=today(), closed_until=until)
    return Reply("closed_now", {"day": f"{until:%d/%m/%Y}"})


def reopen(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """Open from this moment, whatever was said before."""
    if own is None or sender.person is None:
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    if reading.certainty != "sure":
        return Reply("open_really", outcome="asked", waits={"ask": "open"})
    return open_now(sender, own)


def open_now(sender: Sender, own: OwnShelf) -> Reply:
    _say(own, sender.person, closed_from=None, closed_until=None)
    return Reply("open_now")


def _say(own: OwnShelf, by: User | None, *, closed_from: date | None, closed_until: date | None) -> None:
    """Days, hours and season stay as they were said."""
    if by is None:
        raise NotFound
    times = opening_times_of(own.cooperative)
    said = {field.name: getattr(times, field.name) for field in fields(OpeningDetails)} if times else {}
    details = OpeningDetails(**{**said, "weekdays": tuple(said.get("weekdays", ()))})
    closing = replace(details, closed_from=closed_from, closed_until=closed_until, takes_no_orders=closed_from is not None)
    say_opening_times(own.cooperative, closing, by=by)


ANSWERS = {"close": close, "open": reopen}
