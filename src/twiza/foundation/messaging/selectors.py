"""Questions about texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from twiza.foundation.messaging.encoding import measure
from twiza.foundation.messaging.models import InboundText, Kind, Message, OptOut
from twiza.foundation.messaging.states import State
from twiza.kit.clock import now
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class PhoneText:
    """One bubble on a phone. `out` is what we sent to it, `in` what its owner wrote to us."""

    id: str
    at: datetime
    direction: str
    text: str
    parts: int
    state: str


def texts_of_phone(phone: str, *, latest: int = 50) -> list[PhoneText]:
    """What a phone received and sent, oldest first, as its owner sees it."""
    received = [
        PhoneText(f"m{row.pk}", row.created_at, "out", row.text, row.parts, row.state)
        for row in Message.objects.filter(to=phone).order_by("-id")[:latest]
    ]
    written = [
        PhoneText(f"i{row.pk}", row.recorded_at, "in", row.text, measure(row.text).parts, "received")
        for row in InboundText.objects.filter(sender=phone).order_by("-id")[:latest]
    ]
    return sorted([*received, *written], key=lambda text: (text.at, text.id))[-latest:]


def phones_heard_lately(prefix: str, *, most: int) -> list[str]:
    """The phones whose numbers begin so and that wrote or were written to, the latest first."""
    latest: dict[str, datetime] = {}
    written_to = Message.objects.filter(to__startswith=prefix).values_list("to").annotate(Max("created_at"))
    wrote = InboundText.objects.filter(sender__startswith=prefix).values_list("sender").annotate(Max("recorded_at"))
    for rows in (written_to.order_by("-created_at__max"), wrote.order_by("-recorded_at__max")):
        for phone, at in rows[:most]:
            latest[phone] = max(at, latest.get(phone, at))
    return sorted(latest, key=lambda phone: latest[phone], reverse=True)[:most]


def texts_with_keys(beginning: str) -> Sequence[Message]:
    """The messages whose keys begin so, the first written first."""
    return list(Message.objects.filter(key__startswith=beginning).select_related("person").order_by("pk"))


def newest_mark() -> str:
    """Changes whenever a text arrives, is queued, or leaves: whoever looks again may ask for this first."""
    newest = Message.objects.aggregate(Max("id"))["id__max"], InboundText.objects.aggregate(Max("id"))["id__max"]
    on_its_way = Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).count()
    return "-".join(str(part or 0) for part in (*newest, on_its_way))


def inbound_text(inbound_id: int) -> InboundText:
    found = InboundText.objects.filter(pk=inbound_id).first()
    if found is None:
        raise NotFound
    return found


def texts_waiting_for_a_person(*, latest: int = 100) -> Sequence[InboundText]:
    """Texts that nobody understood yet, newest first."""
    waiting = InboundText.objects.filter(needs_person=True).select_related("person")
    return list(waiting.order_by("-id")[:latest])


def wants_silence(phone: str) -> bool:
    return OptOut.objects.filter(phone=phone, until=None).exists()


def same_text_answered_before(inbound: InboundText, *, seconds: int) -> InboundText | None:
    """The same words from the same phone shortly before, already answered: a carrier's copy or an impatient thumb."""
    earlier = InboundText.objects.filter(
        sender=inbound.sender,
        text=inbound.text,
        pk__lt=inbound.pk,
        recorded_at__gt=now() - timedelta(seconds=seconds),
        answered_by__isnull=False,
    )
    return earlier.select_related("answered_by").order_by("-id").first()


def is_last_subject_of(phone: str, key: str, *, intent: str) -> bool:
    """Since the text with this key, nothing else was sent to the phone but codes, warnings, and answers about that `intent`.

    A bare digit answers that text then, and no other menu.
    """
    asked = Message.objects.filter(key=key, to=phone).first()
    if asked is None:
        return False
    later = Message.objects.filter(to=phone, pk__gt=asked.pk).exclude(kind=Kind.SECURITY).exclude(state=State.SUPPRESSED)
    return not later.exclude(answers_to__intent=intent).exists()


def answers_in_the_last(hours: int, phone: str, *, outcome: str) -> int:
    """How often this phone was answered with this outcome lately."""
    since = now() - timedelta(hours=hours)
    answered = InboundText.objects.filter(sender=phone, outcome=outcome, answered_by__isnull=False)
    return answered.filter(recorded_at__gt=since).count()


def counts_by_state() -> dict[str, int]:
    """How many messages stand in each state, for the operators' page."""
    counted = dict(Message.objects.values_list("state").annotate(Count("id")))
    return {state: counted.get(state, 0) for state in State.values}
