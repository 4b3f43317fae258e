"""How a row goes out: claimed, committed, handed over outside any transaction, then written down."""

from __future__ import annotations

import logging
import math
from datetime import timedelta

from django.conf import settings
from django.db.models import F

from twiza.foundation.messaging.encoding import encoding_of, split
from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import SIMULATOR, OutgoingText, Sent, TextNotSent, gateway_called
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.states import State, states_before
from twiza.kit.clock import now
from twiza.kit.phone import is_fictional
from twiza.kit.quiet_hours import waking_moment

logger = logging.getLogger(__name__)

# A gateway that is down is tried for about six hours: 30 s, 1 min, 2 min … then a person decides.
MOST_ATTEMPTS = 10
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 7200
# After this long a claimed row belongs to a worker that died.
LEASE = timedelta(minutes=5)


def hand_over(message_id: int) -> int | None:
    """The text is with the carrier, or its state says why not. Seconds to wait when time may heal, else None.

    Whoever claims the row sends it; a second run finds it claimed and does nothing. When the carrier's answer does not
    come, the state is `unknown` and the text is not sent again: a person would get it twice. What is tried again may have
    come into the night meanwhile, and waits for its end.
    """
    if wait := _seconds_of_night_left(message_id):
        return wait
    if not _claim(message_id):
        return None
    message = Message.objects.get(pk=message_id)
    try:
        sent = gateway_called(message.gateway).send(_outgoing(message))
    except TextNotSent as refusal:
        return _not_taken(message, str(refusal), permanent=refusal.permanent)
    except NoSuchGateway as missing:
        return _not_taken(message, str(missing), permanent=False)
    except Exception as surprise:
        logger.exception("text %s: the gateway did not answer", message.key)
        _advance(message, State.UNKNOWN, error=type(surprise).__name__)
        return None
    _taken(message, sent)
    return None


def _seconds_of_night_left(message_id: int) -> int:
    """For what wakes nobody; 0 by day. The row remembers until when it waits, so that it is not taken for a lost one."""
    waiting = Message.objects.filter(pk=message_id, state=State.QUEUED, waits_for_morning=True)
    at = now()
    wakes = waking_moment(at)
    if wakes <= at or not waiting.update(not_before=wakes):
        return 0
    return math.ceil((wakes - at).total_seconds())


def abandon_lost_claims() -> int:
    """Rows claimed by a worker that died become `unknown`; says how many."""
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=now() - LEASE)
    return lost.update(state=State.UNKNOWN, error="the worker stopped while sending")


def left_waiting() -> list[int]:
    """Rows that should have gone out a while ago: their job was lost with its worker."""
    late = Message.objects.filter(state=State.QUEUED, created_at__lt=now() - LEASE)
    due = late.exclude(not_before__gt=now()).exclude(claimed_at__gt=now() - timedelta(seconds=LONGEST_WAIT_SECONDS))
    return list(due.values_list("pk", flat=True)[:500])


def _claim(message_id: int) -> bool:
    """Ours alone from here, committed at once: autocommit, and one UPDATE that checks what it changes."""
    waiting = Message.objects.filter(pk=message_id, state=State.QUEUED)
    to = waiting.values_list("to", flat=True).first()
    if to is None:
        return False
    claimed = waiting.update(
        state=State.SENDING, claimed_at=now(), attempts=F("attempts") + 1, gateway=_gateway_for(to), error=""
    )
    return claimed == 1


def _gateway_for(to: str) -> str:
    """People of the demonstration have numbers that no real gateway is ever asked to reach."""
    return SIMULATOR if is_fictional(to) else settings.SMS_GATEWAY


def _outgoing(message: Message) -> OutgoingText:
    parts = tuple(split(message.text))
    return OutgoingText(key=message.key, to=message.to, text=message.text, encoding=encoding_of(message.text), parts=parts)


def _taken(message: Message, sent: Sent) -> None:
    # A receipt may have come first: the reference is written in any case, the state only forward.
    Message.objects.filter(pk=message.pk).update(gateway_reference=sent.reference, sent_at=now())
    _advance(message, State.DELIVERED if sent.delivered else State.SENT)


def _not_taken(message: Message, reason: str, *, permanent: bool) -> int | None:
    if permanent or message.attempts >= MOST_ATTEMPTS:
        _advance(message, State.FAILED, error=reason)
        return None
    _advance(message, State.QUEUED, error=reason)
    wait: int = min(FIRST_WAIT_SECONDS * 2 ** (message.attempts - 1), LONGEST_WAIT_SECONDS)
    return wait


def _advance(message: Message, state: State, *, error: str = "") -> bool:
    """One step forward, if the row still stands where that is allowed."""
    movable = Message.objects.filter(pk=message.pk, state__in=states_before(state))
    return movable.update(state=state, error=error[:200]) == 1
