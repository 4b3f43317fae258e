"""A text arrives: it is read, done when there is no doubt, and answered, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import override

from twiza.entrypoints.sms.answers import found_answers
from twiza.entrypoints.sms.conversation import ANSWER, answer_beside_orders, continues, reading_of, remember_reply
from twiza.entrypoints.sms.lexicon import found_keywords
from twiza.entrypoints.sms.mandates import ask_about_mandate, was_asked
from twiza.entrypoints.sms.own_shelf import OwnShelf, shelves_of
from twiza.entrypoints.sms.page_answers import INTENT as PAGE
from twiza.entrypoints.sms.page_answers import is_asked_just_now, reply_about_page
from twiza.entrypoints.sms.parcels import OF_DRIVERS, drives_something
from twiza.entrypoints.sms.reader import UNKNOWN
from twiza.entrypoints.sms.reading import NEEDS_NUMBER, Reading
from twiza.entrypoints.sms.replies import Reply, words_of
from twiza.entrypoints.sms.sale_reading import SOLD
from twiza.entrypoints.sms.sales import sold_twice
from twiza.entrypoints.sms.senders import Sender, sender_of
from twiza.entrypoints.sms.shelf_reading import CHANGES
from twiza.foundation.audit.services import acting_through
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.events import TextReceived
from twiza.foundation.messaging.selectors import answers_in_the_last, inbound_text, same_text_answered_before
from twiza.foundation.messaging.services import note_reading, queue_text
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.foundation.messaging.models import InboundText, Message

R = TypeVar("R")

# A carrier's copy under another id, or an impatient thumb: the same words get the same answer, and nothing is done.
REPEATED_WITHIN_SECONDS = 120
_TELEPHONE = re.compile(r"\+[0-9]{8,15}")
# In which language a refusal's sentence, which is translated by the site's catalogue, is said.
_CATALOGUE = {"ary": "fr", "zgh": "fr"}
# What anybody may write, known or not.
_FOR_EVERYBODY = frozenset({"stop", "start"})
_ABOUT_A_MANDATE = frozenset({"grant_mandate", "end_mandate"})
_YES_AND_NO = frozenset({"accept", "refuse"})


@on(TextReceived)
def answer_text(event: TextReceived) -> None:
    """Whatever the text asks is done once and answered once; a second run finds it answered."""
    with transaction.atomic(), acting_through("sms"):
        inbound = inbound_text(event.inbound_id)
        if not inbound.outcome:
            _answer(inbound)


def _answer(inbound: InboundText) -> None:
    if not _TELEPHONE.fullmatch(inbound.sender):
        note_reading(inbound, intent=UNKNOWN.intent, outcome="no_telephone", needs_person=True)
        return
    sender = sender_of(inbound.sender, inbound.text)
    shelves = shelves_of(sender)
    continued = _said(lambda: continues(inbound.text, sender, shelves), sender)
    reading = reading_of(inbound.text, sender, shelves)
    before = None if continued else _same_command_before(inbound, reading)
    if before is not None and before.answered_by is not None:
        again = _send(inbound, sender, _said_again(before.answered_by.text, reading, sender))
        note_reading(inbound, intent=before.intent, outcome="repeated", person=sender.person, answer=again)
        return
    is_other = continued or _is_surely_no_page(reading, inbound.text, sender)
    about_page = None if is_other else _said(lambda: reply_about_page(inbound.text, sender), sender)
    reply = continued or about_page or _reply(inbound, reading, sender, shelves)
    answer = _send(inbound, sender, words_of(reply, reply.language or sender.language)) if _may_answer(reply, sender) else None
    if answer is not None:
        remember_reply(reply, sender, said_in=answer.key)
    note_reading(
        inbound,
        intent=ANSWER if continued else PAGE if about_page else reading.intent,
        outcome=reply.outcome,
        person=sender.person,
        answer=answer,
        needs_person=reply.needs_person,
    )


def _is_surely_no_page(reading: Reading, text: str, sender: Sender) -> bool:
    """A whole command about the shelf, the days or the language; one in digits alone, when the page was not asked about last."""
    if reading.certainty != "sure" or reading.intent not in found_answers():
        return False
    return not text.lstrip()[:1].isdigit() or not is_asked_just_now(sender.phone)


def _reply(inbound: InboundText, reading: Reading, sender: Sender, shelves: list[OwnShelf]) -> Reply:
    """Does what was asked; a refusal of the house becomes its sentence."""
    if sender.is_stranger and reading.intent not in _FOR_EVERYBODY:
        return _said(lambda: _reply_to_stranger(reading, sender), sender)
    if not inbound.text.strip():
        return Reply("empty", outcome="empty")
    if reading.certainty == "unknown":
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    if reading.intent in found_answers():
        return _said(lambda: answer_beside_orders(inbound.text, reading, sender, shelves), sender)
    return _said(lambda: found_keywords()[reading.intent].answer(reading, sender), sender)


def _reply_to_stranger(reading: Reading, sender: Sender) -> Reply:
    """Nothing is done, unless this number on file was asked for a mandate and answers, or a driver tells of his parcels."""
    if reading.intent in _ABOUT_A_MANDATE and was_asked(sender.phone):
        return found_keywords()[reading.intent].answer(reading, sender)
    if reading.intent in OF_DRIVERS and drives_something(sender):
        return found_keywords()[reading.intent].answer(reading, sender)
    if reading.intent in _YES_AND_NO and was_asked(sender.phone):
        return ask_about_mandate(reading, sender)
    return Reply("stranger", outcome="stranger", needs_person=True)


def _said(act: Callable[[], R], sender: Sender) -> R | Reply:
    """What the act gives, or its refusal's own sentence."""
    with override(_CATALOGUE.get(sender.language, sender.language)):
        try:
            return act()
        except DomainError as refusal:
            return Reply(sentence=str(refusal), outcome=refusal.code)


def _same_command_before(inbound: InboundText, reading: Reading) -> InboundText | None:
    """For what has a number, sales and answers about the page: a list may be asked for twice, and silence wished again."""
    before = same_text_answered_before(inbound, seconds=REPEATED_WITHIN_SECONDS)
    if before is not None and before.intent in {PAGE, ANSWER, *CHANGES}:
        return before if before.outcome in {"done", "repeated"} else None
    keyword = found_keywords().get(reading.intent)
    if before is not None and reading.intent == SOLD:
        return before if before.outcome in {"done", "repeated"} else None
    return before if keyword is not None and keyword.ABOUT in NEEDS_NUMBER else None


def _said_again(answer: str, reading: Reading, sender: Sender) -> str:
    """The same answer; but two buyers may buy the same one after the other: how to write the second sale is said."""
    return words_of(sold_twice(sender), sender.language) if reading.intent == SOLD else answer


def _may_answer(reply: Reply, sender: Sender) -> bool:
    """Nobody pays us to talk with an answering machine: a stranger is answered once a day, a riddle three times an hour."""
    if reply.outcome == "stranger":
        return sender.phone.startswith("+212") and answers_in_the_last(24, sender.phone, outcome="stranger") == 0
    if reply.outcome in {"not_understood", "empty"}:
        return answers_in_the_last(1, sender.phone, outcome=reply.outcome) < 3
    return True


def _send(inbound: InboundText, sender: Sender, text: str) -> Message:
    return queue_text(
        to=sender.phone,
        text=text,
        key=f"reply:{inbound.pk}",
        kind="reply",
        language=sender.language,
        person=sender.person,
    )
