"""Choosing what leaves next, within the pace that a gateway bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import SIMULATOR, gateway_called
from twiza.foundation.messaging.locking import lock_carrying, lock_due
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.states import State
from twiza.kit.clock import now
from twiza.kit.phone import is_fictional


@transaction.atomic
def claim_due(most: int, *, resting: Collection[str] = ()) -> dict[str, list[Message]]:
    """By gateway, what leaves now: `sending`, ours alone once this is committed, no more than each gateway's pace allows.

    Nothing for the gateways that rest. Holds the lock of whoever chooses, then the rows'.
    """
    lock_carrying()
    at = now()
    chosen: dict[str, list[Message]] = defaultdict(list)
    for message in lock_due(at, most):
        code = gateway_for(message.to)
        if code not in resting:
            chosen[code].append(message)
    claimed = {code: _within_pace(code, messages, at) for code, messages in chosen.items()}
    for code, messages in claimed.items():
        _claim(code, messages, at)
    return {code: messages for code, messages in claimed.items() if messages}


def gateway_for(to: str) -> str:
    """People of the demonstration have numbers that no real gateway is ever asked to reach."""
    return SIMULATOR if is_fictional(to) else settings.SMS_GATEWAY


def _within_pace(code: str, messages: Sequence[Message], at: datetime) -> list[Message]:
    """The first of them that the gateway still bears; one that is longer than its whole pace leaves alone."""
    try:
        pace = gateway_called(code).pace
    except NoSuchGateway:
        return list(messages)  # whoever hands them over finds out, and says so
    if pace is None:
        return list(messages)
    lately = Message.objects.filter(gateway=code, claimed_at__gt=at - timedelta(seconds=pace.seconds))
    parts: int = lately.aggregate(all=Sum("parts"))["all"] or 0
    fitting: list[Message] = []
    for message in messages:
        if parts and parts + message.parts > pace.parts:
            break
        parts += message.parts
        fitting.append(message)
    return fitting


def _claim(code: str, messages: Sequence[Message], at: datetime) -> None:
    rows = Message.objects.filter(pk__in=[message.pk for message in messages])
    rows.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1, gateway=code, error="")
    for message in messages:
        message.state, message.claimed_at, message.gateway, message.error = State.SENDING, at, code, ""
        message.attempts += 1
