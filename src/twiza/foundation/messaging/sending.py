"""How a claimed row goes out: handed over outside any transaction, then written down what became of it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from twiza.foundation.messaging.encoding import encoding_of, split
from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import OutgoingText, Sent, TextInDoubt, TextNotSent, gateway_called
from twiza.foundation.messaging.models import Kind, Message
from twiza.foundation.messaging.states import State, states_before
from twiza.kit.clock import now

logger = logging.getLogger(__name__)

# A text that its gateway does not take is tried for about six hours: 30 s, 1 min, 2 min … then a person decides.
MOST_ATTEMPTS = 10
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 7200
# After this long a claimed row belongs to a worker that died.
LEASE = timedelta(minutes=5)
# Nobody knows whether it left. Where a second text is better than none, it is sent once more when no receipt came meanwhile:
# a code somebody waits for, an order somebody must answer. An answer, a lesson or an offer is not: silence is better than twice.
AGAIN_AFTER = {Kind.SECURITY: timedelta(minutes=1), Kind.SERVICE: timedelta(minutes=10)}
MOST_DOUBTS = 2


# One statement for all: a receipt that comes between reading and writing would be written over.
_SENT = """
update messaging_message as message
set gateway_reference = taken.reference, sent_at = %s, state = case
    when taken.state = 'sent' and message.state = any(%s) then 'sent'
    when taken.state = 'delivered' and message.state = any(%s) then 'delivered'
    else message.state end
from unnest(%s::bigint[], %s::text[], %s::text[]) as taken(id, reference, state)
where message.id = taken.id
"""


@dataclass(frozen=True)
class Handed:
    """What became of handing a text over: `sent`, or a `reason` why not. `in_doubt`: it may or may not have left, and a receipt
    under this `reference`, if it has one, would tell.
    """

    message: Message
    sent: Sent | None = None
    reason: str = ""
    is_final: bool = False
    in_doubt: bool = False
    reference: str = ""

    @property
    def may_heal(self) -> bool:
        """Nobody received it, and later somebody might."""
        return self.sent is None and not self.is_final and not self.in_doubt


def hand_over(message: Message) -> Handed:
    """The gateway was asked to carry this claimed text. Asks no database, and never raises."""
    try:
        return Handed(message, sent=gateway_called(message.gateway).send(_outgoing(message)))
    except TextNotSent as refusal:
        return Handed(message, reason=str(refusal), is_final=refusal.permanent)
    except NoSuchGateway as missing:
        return Handed(message, reason=str(missing))
    except TextInDoubt as doubt:
        return Handed(message, reason=str(doubt), in_doubt=True, reference=doubt.reference)
    except Exception as surprise:
        logger.exception("text %s: the gateway did not answer", message.key)
        return Handed(message, reason=type(surprise).__name__, in_doubt=True)


def write_down(several: Sequence[Handed]) -> None:
    """Their rows say what became of them. A receipt may have come first: a state moves only forward."""
    _note_sent([handed for handed in several if handed.sent is not None])
    for handed in several:
        if handed.in_doubt:
            _doubt(handed.message, handed.reason, handed.reference)
        elif handed.sent is None:
            _note_refusal(handed)


def _note_refusal(handed: Handed) -> None:
    message = handed.message
    if handed.is_final or message.attempts >= MOST_ATTEMPTS:
        _advance(message, State.FAILED, error=handed.reason)
    else:
        wait = min(FIRST_WAIT_SECONDS * 2 ** (message.attempts - 1), LONGEST_WAIT_SECONDS)
        _advance(message, State.QUEUED, error=handed.reason, not_before=now() + timedelta(seconds=wait))


def give_back(messages: Collection[Message], *, reason: str = "") -> None:
    """They wait again where they stood, as if nobody had tried: their gateway takes nothing at all."""
    rows = Message.objects.filter(pk__in=[message.pk for message in messages], state=State.SENDING)
    rows.update(state=State.QUEUED, claimed_at=None, attempts=F("attempts") - 1, error=reason[:200])


def settle_lost_claims() -> int:
    """Rows claimed by a worker that died are in doubt; says how many."""
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=now() - LEASE)
    reason = "the worker stopped while sending"
    return sum(_doubt(message, reason) for message in lost.order_by("pk"))


def send_doubtful_again() -> int:
    """What may have left and has no receipt waits to be sent once more, where that is better than silence. Says how many."""
    overdue = Message.objects.filter(state=State.UNKNOWN, not_before__lte=now())
    return overdue.update(state=State.QUEUED)


def _doubt(message: Message, reason: str, reference: str = "") -> bool:
    if reference:
        Message.objects.filter(pk=message.pk).update(gateway_reference=reference)
    again = AGAIN_AFTER.get(Kind(message.kind)) if message.attempts < MOST_DOUBTS else None
    return _advance(message, State.UNKNOWN, error=reason, not_before=None if again is None else now() + again)


def _outgoing(message: Message) -> OutgoingText:
    parts = tuple(split(message.text))
    return OutgoingText(key=message.key, to=message.to, text=message.text, encoding=encoding_of(message.text), parts=parts)


def _note_sent(several: Sequence[Handed]) -> None:
    if not several:
        return
    taken = [
        (one.message.pk, one.sent.reference, State.DELIVERED if one.sent.delivered else State.SENT)
        for one in several
        if one.sent is not None
    ]
    keys, references, states = (list(column) for column in zip(*taken, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [now(), states_before(State.SENT), states_before(State.DELIVERED), keys, references, states])


def _advance(message: Message, state: State, *, error: str = "", not_before: datetime | None = None) -> bool:
    """One step forward, if the row still stands where that is allowed."""
    movable = Message.objects.filter(pk=message.pk, state__in=states_before(state))
    return movable.update(state=state, error=error[:200], not_before=not_before) == 1
