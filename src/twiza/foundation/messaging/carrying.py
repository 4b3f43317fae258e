"""Texts leave: whatever may go goes, the most urgent first, in the order it was wished for, and no faster than is borne.

A gateway that takes nothing rests: what was meant for it waits where it stood, so the order is kept and nothing bursts out when
it is back. One text that a gateway does not take, while it takes others, waits by itself.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, close_old_connections, connection

from twiza.foundation.messaging.claiming import claim_due
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.sending import Handed, give_back, hand_over, write_down
from twiza.kit.beside import kept_at
from twiza.kit.clock import now

_log = logging.getLogger(__name__)

CLAIMED_AT_ONCE = 100
HANDS = 8
# So many in a row that may heal, and one from the end of the queue too: it is not the texts, it is the gateway.
REFUSED_IN_A_ROW = 3
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)
WAKE_UP = "twiza_texts"  # told by the table itself to whoever listens, when a row is added
LOOK_EVERY_SECONDS = 1.0


class Carrier:
    """What one process remembers meanwhile: which gateways rest, and until when."""

    def __init__(self, hands: int = 1) -> None:
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="texts") if hands > 1 else None
        self._hands = hands
        self._rests: dict[str, tuple[datetime, timedelta]] = {}

    def carry(self, most: int = CLAIMED_AT_ONCE) -> int:
        """What may leave now was handed over, and it is written down what became of it; says how many were claimed."""
        resting = {code for code, (until, _rest) in self._rests.items() if until > now()}
        claimed = claim_due(most, resting=resting)
        for code, messages in claimed.items():
            self._carry_by(code, deque(messages))
        return sum(map(len, claimed.values()))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def _carry_by(self, code: str, waiting: deque[Message]) -> None:
        refused: list[Handed] = []
        doubts = 0
        while waiting:
            together = self._hand_over(_next_ones(waiting, self._hands))
            settled = [handed for handed in together if not handed.may_heal]
            write_down(settled)
            if all(handed.in_doubt for handed in settled):
                doubts += len(settled)
            else:
                write_down(refused)  # others were taken: these wait by themselves
                refused, doubts = [], 0
            refused += [handed for handed in together if handed.may_heal]
            if doubts >= REFUSED_IN_A_ROW or (len(refused) >= REFUSED_IN_A_ROW and self._last_is_refused(waiting, refused)):
                self._let_rest(code, refused, waiting)
                return
        write_down(refused)
        self._rests.pop(code, None)

    def _hand_over(self, messages: list[Message]) -> list[Handed]:
        return list(map(hand_over, messages) if self._pool is None else self._pool.map(hand_over, messages))

    def _last_is_refused(self, waiting: deque[Message], refused: list[Handed]) -> bool:
        """Three texts may be at fault themselves; a fourth from elsewhere in the queue tells."""
        if not waiting:
            return False
        handed = hand_over(waiting.pop())
        if handed.may_heal:
            refused.append(handed)
            return True
        write_down([handed, *refused])
        refused.clear()
        return False

    def _let_rest(self, code: str, refused: list[Handed], waiting: deque[Message]) -> None:
        _until, last = self._rests.get(code, (None, FIRST_REST / 2))
        rest = min(last * 2, LONGEST_REST)
        self._rests[code] = (now() + rest, rest)
        reason = refused[-1].reason if refused else "the gateway does not answer"
        give_back([*(handed.message for handed in refused), *waiting], reason=reason)
        _log.warning("gateway %s takes nothing (%s): it rests for %d seconds", code, reason, rest.total_seconds())


def carry_due() -> int:
    """Whatever may leave now has left, or waits for its gateway; says how many were handed over."""
    carrier, count = Carrier(), 0
    while claimed := carrier.carry():
        count += claimed
    return count


def keep_carrying(stop: Event) -> None:
    """Texts leave as soon as they may, until `stop` is set. Never ends by itself."""
    carrier = Carrier(HANDS)
    while not stop.is_set():
        try:
            _listen()
            while not stop.is_set():
                while carrier.carry() and not stop.is_set():
                    pass
                _wait_for_texts()
        except DatabaseError:
            # The rows are there when the database is back; whatever was leaving is in doubt, and settled by a job.
            _log.exception("Texts could not be carried; trying again.")
            connection.close()
            stop.wait(LOOK_EVERY_SECONDS)
    carrier.close()
    connection.close()


def kept_carried() -> AbstractContextManager[None]:
    """Meanwhile texts leave."""
    return kept_at(keep_carrying, name="texts")


def _next_ones(waiting: deque[Message], most: int) -> list[Message]:
    """Those that may leave at the same time: two to one phone leave one after the other."""
    together: list[Message] = []
    while waiting and len(together) < most and all(waiting[0].to != one.to for one in together):
        together.append(waiting.popleft())
    return together


def _listen() -> None:
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(f"listen {WAKE_UP}")


def _wait_for_texts() -> None:
    """Until a row is added, or for a second: what waits for its hour is told by nobody."""
    for _told in connection.connection.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
        return
