"""A text arrives: it is read, done when there is no doubt, and answered, in one transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import override

from twiza.entrypoints.sms.lexicon import found_keywords
from twiza.entrypoints.sms.reader import UNKNOWN, read
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply, words_of
from twiza.entrypoints.sms.senders import Sender, sender_of
from twiza.foundation.audit.services import acting_through
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.events import TextReceived
from twiza.foundation.messaging.selectors import answers_in_the_last, inbound_text, same_text_answered_before
from twiza.foundation.messaging.services import note_reading, queue_text
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.foundation.messaging.models import InboundText, Message

# A carrier's copy under another id, or an impatient thumb: the same words get the same answer, and nothing is done.
REPEATED_WITHIN_SECONDS = 120
_TELEPHONE = re.compile(r"\+[0-9]{8,15}")
# In which language a refusal's sentence, which is translated by the site's catalogue, is said.
_CATALOGUE = {"ary": "fr", "zgh": "fr"}
# What anybody may write, known or not.
_FOR_EVERYBODY = frozenset({"stop", "start"})


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
    reading = read(inbound.text)
    before = _same_command_before(inbound, reading)
    if before is not None and before.answered_by is not None:
        again = _send(inbound, sender, before.answered_by.text)
        note_reading(inbound, intent=before.intent, outcome="repeated", person=sender.person, answer=again)
        return
    reply = _reply(inbound, reading, sender)
    answer = _send(inbound, sender, words_of(reply, sender.language)) if _may_answer(reply, sender) else None
    note_reading(
        inbound,
        intent=reading.intent,
        outcome=reply.outcome,
        person=sender.person,
        answer=answer,
        needs_person=reply.needs_person,
    )


def _reply(inbound: InboundText, reading: Reading, sender: Sender) -> Reply:
    """Does what was asked; a refusal of the house becomes its sentence."""
    if sender.is_stranger and reading.intent not in _FOR_EVERYBODY:
        return Reply("stranger", outcome="stranger", needs_person=True)
    if not inbound.text.strip():
        return Reply("empty", outcome="empty")
    if reading.certainty == "unknown":
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    with override(_CATALOGUE.get(sender.language, sender.language)):
        try:
            return found_keywords()[reading.intent].answer(reading, sender)
        except DomainError as refusal:
            return Reply(sentence=str(refusal), outcome=refusal.code)


def _same_command_before(inbound: InboundText, reading: Reading) -> InboundText | None:
    """Only for orders: a list may be asked for twice, and silence may be wished, lifted and wished again."""
    keyword = found_keywords().get(reading.intent)
    if keyword is None or keyword.ABOUT != "order":
        return None
    return same_text_answered_before(inbound, seconds=REPEATED_WITHIN_SECONDS)


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
