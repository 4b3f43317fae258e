"""What the words about a member's first name share: finding where she was asked, and asking when in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiza.domain.catalogue.selectors import maker_to_answer, makers_waiting_for
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Maker


def maker_named(reading: Reading, sender: Sender) -> Maker | None:
    """The sender's own, by the number that was written."""
    return maker_to_answer(sender.person, reading.order) if sender.person and reading.order else None


def ask_about_name(reading: Reading, sender: Sender) -> Reply:
    """The two texts that leave no doubt, with the number that was written, else that of the cooperative that asked last."""
    waiting = makers_waiting_for(sender.person) if sender.person else []
    maker = maker_named(reading, sender) or next(iter(waiting), None)
    if maker is None:
        return Reply("no_name", outcome="nothing_waiting")
    return Reply("ask_name", {"number": maker.number}, outcome="asked")
