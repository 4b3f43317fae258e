"""The only place that locks texts."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Q

from twiza.foundation.messaging.models import ConversationNote, Message
from twiza.foundation.messaging.states import State
from twiza.kit.quiet_hours import waking_moment

_CARRYING = "messaging.carrying"


def lock_carrying() -> None:
    """Until the transaction ends nobody else chooses what leaves next: two could not keep a gateway's pace together."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [_CARRYING])


def lock_due(at: datetime, most: int, *, besides: Q | None = None) -> list[Message]:
    """What may leave at that moment, the most urgent first, the oldest of these first. At night, only what wakes nobody."""
    waiting = Message.objects.filter(Q(not_before=None) | Q(not_before__lte=at), state=State.QUEUED)
    if waking_moment(at) > at:
        waiting = waiting.filter(waits_for_morning=False)
    if besides is not None:
        waiting = waiting.exclude(besides)
    return list(waiting.order_by("priority", "pk").select_for_update(skip_locked=True)[:most])


def lock_texts_of(gateway: str, sender: str) -> None:
    """Until the transaction ends nobody else keeps a text of this sender: copies told at once come one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"messaging.texts:{gateway}:{sender}"])


def lock_note(phone: str, about: str) -> ConversationNote | None:
    """What is kept of this conversation, until the transaction ends."""
    return ConversationNote.objects.select_for_update().filter(phone=phone, about=about).first()
