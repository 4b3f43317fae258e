"""Which postings one payout settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Owed:
    """A posting on what is owed to a cooperative that no payout has settled: above zero what it earned."""

    posting_id: int
    centimes: int
    posted_at: datetime


def until_or_all(postings: Sequence[Owed], before: datetime) -> Sequence[Owed]:
    """What stood before that moment; everything until now, when what was taken off since leaves less than that.

    So nobody is paid more than they are owed now, nor for sales after the day.
    """
    early = [one for one in postings if one.posted_at < before]
    owed_then, owed_now = sum(one.centimes for one in early), sum(one.centimes for one in postings)
    return early if owed_then <= owed_now else postings
