"""What the words about a mandate share: finding it, and asking when in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import mandate_to_answer, mandates_asked_at, mandates_waiting_for
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
    """The same, or one that the sender's telephone was asked for a cooperative without people, while it waits for an answer."""
    mandate = found_mandate(number, sender)
    if mandate is not None:
        return mandate if mandate.state == "asked" else None
    return next((asked for asked in _waiting_at(sender.phone) if asked.number == number), None)


def ask_about_mandate(reading: Reading, sender: Sender) -> Reply:
    """The two texts that leave no doubt, with the number that was written, else that of the mandate that waits."""
    mandate = found_mandate(reading.order, sender)
    if mandate is None:
        waiting = mandates_waiting_for(sender.person) if sender.person else []
        mandate = next(iter([*waiting, *_waiting_at(sender.phone)]), None)
    if mandate is None:
        return Reply("no_mandate", outcome="nothing_waiting")
    return Reply("ask_mandate", {"number": mandate.number}, outcome="asked")


def was_asked(phone: str) -> bool:
    """This number on file was lately asked for a mandate: it may answer, although we do not know whose it is."""
    return bool(mandates_asked_at(phone))


def _waiting_at(phone: str) -> list[Mandate]:
    return [asked for asked in mandates_asked_at(phone) if asked.state == "asked" and not asked.is_over]
