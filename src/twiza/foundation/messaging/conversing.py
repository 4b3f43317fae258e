"""What a conversation by text keeps in mind: one question, and one change that may be taken back, per telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from twiza.foundation.messaging.locking import lock_note
from twiza.foundation.messaging.models import ConversationNote
from twiza.foundation.messaging.selectors import is_last_subject_of
from twiza.kit.clock import now

QUESTION, UNDO = ConversationNote.About.QUESTION, ConversationNote.About.UNDO
QUESTION_WAITS = timedelta(minutes=30)
UNDO_WITHIN = timedelta(hours=1)
_LASTS = {QUESTION: QUESTION_WAITS, UNDO: UNDO_WITHIN}


@dataclass(frozen=True)
class Kept:
    """`is_last`: nothing but codes was sent to the telephone since, so that a bare yes can be about nothing else."""

    facts: Mapping[str, Any]
    is_last: bool


@transaction.atomic
def keep_in_mind(phone: str, about: str, facts: Mapping[str, object], *, said_in: str) -> None:
    """A newer question takes the place of an older one, and so does a newer change; each fades by itself."""
    kept = {"facts": dict(facts), "said_in": said_in, "until": now() + _LASTS[ConversationNote.About(about)]}
    ConversationNote.objects.update_or_create(phone=phone, about=about, defaults=kept)


def kept_in_mind(phone: str, about: str) -> Kept | None:
    """What is kept and has not faded. Whoever acts upon it takes it (`take_from_mind`)."""
    note = ConversationNote.objects.filter(phone=phone, about=about, until__gt=now()).first()
    return Kept(note.facts, is_last_subject_of(phone, note.said_in, intent="")) if note else None


@transaction.atomic
def take_from_mind(phone: str, about: str) -> Mapping[str, Any] | None:
    """It is forgotten with this, so that of two texts that arrive together one acts."""
    note = lock_note(phone, about)
    if note is None:
        return None
    facts, is_fresh = note.facts, note.until > now()
    note.delete()
    return dict(facts) if is_fresh else None
