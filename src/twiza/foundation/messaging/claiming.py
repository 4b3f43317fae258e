"""Choosing what leaves next, within the pace that a gateway bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum

from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import gateway_called
from twiza.foundation.messaging.locking import lock_carrying, lock_due
from twiza.foundation.messaging.models import PRIORITY, Kind, Message
from twiza.foundation.messaging.routes import blocked_numbers, gateway_for
from twiza.foundation.messaging.states import State
from twiza.kit.clock import now

KEPT_FOR_URGENT = 6  # one in so many parts


@transaction.atomic
def claim_due(most: int, *, resting: Collection[str] = ()) -> dict[str, list[Message]]:
    """By gateway, what leaves now: `sending`, ours alone once this is committed, no more than each gateway's pace allows.

    Nothing for the gateways that rest. Holds the lock of whoever chooses, then the rows'.
    """
    lock_carrying()
    at = now()
    claimed: dict[str, list[Message]] = {}
    full: set[str] = set()
    while True:
        due = lock_due(at, most, besides=blocked_numbers(resting, full))
        now_full = _claim_some(due, at, resting, claimed)
        # What waits for a gateway that bears no more must not hide what another could carry.
        if len(due) < most or now_full <= full:
            return claimed
        full |= now_full


def _claim_some(due: Sequence[Message], at: datetime, resting: Collection[str], claimed: dict[str, list[Message]]) -> set[str]:
    """Adds to what is claimed; says which gateways bear no more now."""
    chosen: dict[str, list[Message]] = defaultdict(list)
    for message in due:
        code = gateway_for(message.to, resting=resting, refused_by=_refused_by(message))
        if code is not None:
            chosen[code].append(message)
    full = set()
    for code, messages in chosen.items():
        fitting = _within_pace(code, messages, at)
        if fitting:
            _claim(code, fitting, at)
            claimed.setdefault(code, []).extend(fitting)
        if len(fitting) < len(messages):
            full.add(code)
    return full


def _refused_by(message: Message) -> str:
    """Who did not take it last time, so that another is tried; one in doubt is better asked again."""
    return message.gateway if message.attempts and not message.gateway_reference else ""


def _within_pace(code: str, messages: Sequence[Message], at: datetime) -> list[Message]:
    """The first of them that the gateway still bears; one that is longer than its whole pace leaves alone.

    A sixth of its pace is for codes and answers alone: somebody waits for them now, and half an hour is too late.
    """
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
        borne = pace.parts if message.priority <= PRIORITY[Kind.REPLY] else pace.parts - pace.parts // KEPT_FOR_URGENT
        if parts and parts + message.parts > borne:
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
