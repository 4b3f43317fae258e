"""Which state of a return may follow which. Services ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.aftersales.models import Return

# What is there already is received, whether or not anybody answered before.
RETURN: Mapping[str, frozenset[str]] = {
    Return.State.REQUESTED: frozenset({Return.State.APPROVED, Return.State.REJECTED, Return.State.RECEIVED}),
    Return.State.APPROVED: frozenset({Return.State.REJECTED, Return.State.RECEIVED}),
    Return.State.REJECTED: frozenset(),
    Return.State.RECEIVED: frozenset({Return.State.REFUNDED}),
    Return.State.REFUNDED: frozenset(),
}
OPEN = frozenset({Return.State.REQUESTED, Return.State.APPROVED, Return.State.RECEIVED})
IS_BACK = frozenset({Return.State.RECEIVED, Return.State.REFUNDED})
