"""What the words about a mandate share: finding it, and asking when in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import mandate_to_answer, mandates_waiting_for
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.directory.models import Mandate


def found_mandate(number: str, sender: Sender) -> Mandate | None:
    """The mandate of this number over one of the sender's own cooperatives, whatever became of it."""
    if sender.person is None or not number:
        return None
    try:
        return mandate_to_answer(sender.person, number)
    except NotFound:
        return None


def waiting_mandate(number: str, sender: Sender) -> Mandate | None:
    """The same, while it waits for an answer."""
    mandate = found_mandate(number, sender)
    return mandate if mandate is not None and mandate.state == "asked" else None


def ask_about_mandate(reading: Reading, sender: Sender) -> Reply:
    """The two texts that leave no doubt, with the number that was written, else that of the mandate that waits."""
    mandate = found_mandate(reading.order, sender)
    if mandate is None:
        waiting = mandates_waiting_for(sender.person) if sender.person else []
        mandate = waiting[0] if waiting else None
    if mandate is None:
        return Reply("no_mandate", outcome="nothing_waiting")
    return Reply("ask_mandate", {"number": mandate.number}, outcome="asked")
