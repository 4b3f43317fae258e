"""A carrier on a bad day: answers are lost, it refuses, it is slow; receipts are lost, doubled, late and in any order."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

from twiza.foundation.messaging.errors import NoSuchMessage
from twiza.foundation.messaging.gateway import Pace, Sent, TextInDoubt, TextNotSent
from twiza.foundation.messaging.services import record_receipt
from twiza.kit.clock import now

CODE = "tests.foundation.messaging.faulty_gateway"
chance = random.Random(0)
reached: Counter[str] = Counter()
known: set[str] = set()
promised: list[tuple[datetime, str, str]] = []
lost_receipts: set[str] = set()


def begin(seed: int) -> None:
    chance.seed(seed)
    for memory in (reached, known, promised, lost_receipts):
        memory.clear()


class Gateway:
    """Knows a text it took by our key, as the app on the telephone does: what is asked for twice reaches the person once."""

    code = CODE
    needs = ()
    pace = Pace(parts=12, seconds=60)

    def send(self, text):
        what = chance.choices(["taken", "answer lost", "nothing heard", "refused"], [6, 2, 1, 2])[0]
        if what == "refused":
            raise TextNotSent("throttled", permanent=False)
        if what == "nothing heard":
            raise TextInDoubt("silence", reference=text.key)
        if text.key not in known:
            _take(text.key)
        if what == "answer lost":
            raise TextInDoubt("silence", reference=text.key)
        return Sent(reference=text.key)


def _take(key: str) -> None:
    known.add(key)
    reached[key] += 1
    if chance.random() < 0.15:
        lost_receipts.add(key)
        return
    end = "failed" if chance.random() < 0.1 else "delivered"
    for state in ("sent", end):
        copies = range(chance.choice([1, 1, 2]))
        promised.extend((now() + timedelta(seconds=chance.randrange(600)), key, state) for _copy in copies)


def tell_what_is_due() -> None:
    """Late and in any order; what is not known yet is told again later."""
    due = [told for told in promised if told[0] <= now()]
    chance.shuffle(due)
    for told in due:
        promised.remove(told)
        try:
            record_receipt(gateway=CODE, reference=told[1], state=told[2])
        except NoSuchMessage:
            promised.append((now() + timedelta(seconds=60), *told[1:]))
