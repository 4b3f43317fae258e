"""`APPELEZ MOI`, `LANGUE arabe`, and what is not there yet: somebody is told, or that nothing is open is said."""

from __future__ import annotations

from dataclasses import replace

from twiza.entrypoints.sms.own_shelf import OwnShelf
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.foundation.accounts.services import write_in


def call_back(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """The text stays with those that wait for a person, who calls."""
    return Reply("call_noted", outcome="passed_on", needs_person=True)


def speak(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """From this answer on in that language."""
    if sender.person is None:
        return Reply("call_noted", outcome="passed_on", needs_person=True)
    if reading.certainty != "sure" or not reading.said:
        return Reply("language_which", outcome="asked")
    write_in(sender.person, reading.said)
    return Reply("language_now", language=reading.said)


def nothing_open(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """A question, honestly answered."""
    return Reply("nothing_open")


def passed_on(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """A vote, an application, a certificate: nothing is open to it, and it is not lost either."""
    return replace(nothing_open(reading, sender, own), name="nothing_open_called", outcome="passed_on", needs_person=True)


ANSWERS = {
    "call_me": call_back,
    "language": speak,
    "training": nothing_open,
    "programmes": nothing_open,
    "apply": passed_on,
    "vote": passed_on,
    "verify": passed_on,
}
