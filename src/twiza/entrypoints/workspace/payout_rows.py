"""How payouts are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twiza.domain.payouts.rules import layouts_for

if TYPE_CHECKING:
    from twiza.domain.payouts.models import Payout, PayoutBatch
    from twiza.domain.payouts.rules import Layout

OF_BATCHES = {"draft": "waiting", "approved": "waiting", "exported": "waiting", "executed": "done", "reconciled": "done"}
OF_PAYOUTS = {"waiting": "waiting", "sent": "waiting", "paid": "done", "returned": "trouble"}
WITHOUT_FILES = ("draft", "dropped", "reconciled")


@dataclass(frozen=True)
class FileToMake:
    """What waits to be sent by one way, in centimes, and in which layouts it may be."""

    way: str
    way_name: str
    payouts: int
    centimes: int
    layouts: Mapping[str, Layout]


def batch_kind(batch: PayoutBatch) -> str:
    """How its badge looks."""
    return OF_BATCHES.get(batch.state, "")


def payout_kind(payout: Payout) -> str:
    return OF_PAYOUTS.get(payout.state, "")


def files_to_make(batch: PayoutBatch, payouts: Sequence[Payout]) -> Sequence[FileToMake]:
    """By way to be paid, what is approved and in no file. Prefetch the attempts."""
    if batch.state in WITHOUT_FILES:
        return []
    ready = [(one, payout) for payout in payouts for one in payout.attempts.all() if one.state == "approved"]
    found = []
    for way in dict.fromkeys(one.way for one, _payout in ready):
        its = [(one, payout) for one, payout in ready if one.way == way]
        amount = sum(payout.amount_centimes for _one, payout in its)
        found.append(FileToMake(way, its[0][0].get_way_display(), len(its), amount, layouts_for(way)))
    return found
