"""Writing to people, hearing from them, and leaving them in peace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.foundation.messaging.encoding import measure, smart_replace
from twiza.foundation.messaging.errors import NoSuchMessage, NotATelephoneNumber
from twiza.foundation.messaging.events import TextReceived
from twiza.foundation.messaging.locking import lock_texts_of
from twiza.foundation.messaging.models import LONGEST_TEXT, PRIORITY, InboundText, Kind, Message, OptOut, Receipt
from twiza.foundation.messaging.selectors import wants_silence
from twiza.foundation.messaging.states import State, states_before
from twiza.kit.clock import now
from twiza.kit.phone import is_fictional
from twiza.kit.quiet_hours import waking_moment

# Whatever a person's silence (STOP) does not stop: their own codes, warnings about their money, answers to what they write.
HEARD_IN_SILENCE = frozenset({Kind.SECURITY, Kind.REPLY})
# A sender above this is heard by a person instead of being answered by a machine.
TEXTS_A_MINUTE = 20
# Whatever waits for no morning: codes, warnings, and answers to what somebody has just written.
SENT_AT_NIGHT = frozenset({Kind.SECURITY, Kind.REPLY})
_E164 = re.compile(r"\+[0-9]{6,15}")


@transaction.atomic
def queue_text(
    *,
    to: str,
    text: str,
    key: str,
    kind: str,
    language: str,
    person: User | None = None,
    not_before: datetime | None = None,
    is_awaited: bool = False,
) -> Message:
    """`text` is on its way to the phone `to` (E.164) once the caller's transaction is committed: a worker listens for new rows.

    The same `key` is the same message: a replay gives back the first row and sends nothing. Latin texts are put into
    characters that cost one part instead of three. What we begin ourselves waits for the morning when it is night in Morocco,
    unless it is a warning, or `is_awaited` by somebody who has just done something. Who asked for silence gets a `suppressed`
    row, except for codes and answers. Raises NotATelephoneNumber.
    """
    if not _E164.fullmatch(to):
        raise NotATelephoneNumber(number=to)
    kept = smart_replace(storable(text))
    cost = measure(kept)
    silent = kind not in HEARD_IN_SILENCE and wants_silence(to)
    waits = kind not in SENT_AT_NIGHT and not is_awaited and not is_fictional(to)
    if waits and (wakes := waking_moment(not_before or now())) > now():
        not_before = wakes
    wished = Message(
        key=key,
        to=to,
        text=kept,
        kind=kind,
        priority=PRIORITY[kind],
        language=language,
        person=person,
        not_before=not_before,
        waits_for_morning=waits,
        encoding=cost.encoding,
        units=cost.units,
        parts=cost.parts,
        state=State.SUPPRESSED if silent else State.QUEUED,
    )
    Message.objects.bulk_create([wished], ignore_conflicts=True)
    return Message.objects.get(key=key)


@transaction.atomic
def record_receipt(
    *, gateway: str, reference: str, state: str, at: datetime | None = None, raw: Mapping[str, str] | None = None
) -> Message:
    """What the carrier said is kept, and the message moves forward if that is news. Never backward.

    Raises NoSuchMessage, also when the receipt is faster than our own note of the reference: the carrier repeats it.
    """
    message = Message.objects.filter(gateway=gateway, gateway_reference=reference).exclude(gateway_reference="").first()
    if message is None:
        raise NoSuchMessage
    said = State(state)
    Receipt.objects.create(message=message, state=said, at=at or now(), raw=dict(raw or {}))
    Message.objects.filter(pk=message.pk, state__in=states_before(said)).update(state=said)
    message.refresh_from_db()
    return message


@transaction.atomic
def receive_text(
    *,
    gateway: str,
    gateway_id: str,
    sender: str,
    text: str,
    received_at: datetime | None = None,
    doubles_within_seconds: int = 0,
) -> InboundText | None:
    """The text is kept, and TextReceived is published with it. None when this id was heard before, or the same words of the same
    sender that near to `received_at` under another id, where the carrier is known to tell a text twice.

    NUL goes; a text above 1,600 characters is cut, with a note. A sender of more than 20 texts a minute is kept for a
    person and nothing is published, so nothing is done and nothing is answered.
    """
    whole = storable(text)
    at = received_at or now()
    if doubles_within_seconds:
        lock_texts_of(gateway, sender)
        if _was_heard_otherwise(gateway, gateway_id, sender, whole, at, timedelta(seconds=doubles_within_seconds)):
            return None
    flooding = _texts_in_the_last_minute(sender) >= TEXTS_A_MINUTE
    inbound, is_new = InboundText.objects.get_or_create(
        gateway=gateway,
        gateway_id=storable(gateway_id)[:120],
        defaults={
            "sender": storable(sender)[:20],
            "text": whole[:LONGEST_TEXT],
            "note": f"cut from {len(whole)} characters" if len(whole) > LONGEST_TEXT else "",
            "received_at": at,
            "needs_person": flooding,
            "outcome": "too_many" if flooding else "",
        },
    )
    if not is_new:
        return None
    if not flooding:
        publish(TextReceived(inbound_id=inbound.pk))
    return inbound


def note_reading(
    inbound: InboundText,
    *,
    intent: str,
    outcome: str,
    person: User | None = None,
    answer: Message | None = None,
    needs_person: bool = False,
) -> None:
    """It is remembered what we made of the text, who wrote it, and which message answered it."""
    inbound.intent, inbound.outcome = intent, outcome[:40]
    inbound.person, inbound.answered_by, inbound.needs_person = person, answer, needs_person
    inbound.save(update_fields=["intent", "outcome", "person", "answered_by", "needs_person"])


def stop_texts(phone: str, words: str) -> None:
    """From now on this phone gets only its codes and the answers it asks for. `words` are kept as proof."""
    OptOut.objects.get_or_create(phone=phone, until=None, defaults={"words": storable(words)[:160]})


def start_texts(phone: str) -> None:
    """The phone is written to again."""
    OptOut.objects.filter(phone=phone, until=None).update(until=now())


def storable(text: str) -> str:
    """What PostgreSQL can keep: without NUL, and without halves of characters."""
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")


def _was_heard_otherwise(gateway: str, gateway_id: str, sender: str, text: str, at: datetime, apart: timedelta) -> bool:
    """The same words of the same sender at almost the same moment, under another id."""
    same = InboundText.objects.filter(gateway=gateway, sender=storable(sender)[:20], text=text[:LONGEST_TEXT])
    return same.filter(received_at__range=(at - apart, at + apart)).exclude(gateway_id=gateway_id).exists()


def _texts_in_the_last_minute(sender: str) -> int:
    return InboundText.objects.filter(sender=sender, recorded_at__gt=now() - timedelta(minutes=1)).count()
