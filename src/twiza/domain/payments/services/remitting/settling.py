"""What a row of a remittance settles: the one place that says it."""

from __future__ import annotations

from twiza.domain.payments.models import CashCollection, RemittanceLine

Became = RemittanceLine.Became
State = CashCollection.State


def settle(line: RemittanceLine, collection: CashCollection, *, paid_before: int) -> None:
    """The row says what it became, and the collection whether its money is all there. Neither is saved.

    `paid_before`: what earlier rows settled of it. What is missing is made good by a row of exactly that much; any other row of
    a parcel that was handed over before settles nothing.
    """
    missing = collection.collected_centimes - paid_before
    if collection.state == State.EXPECTED:
        line.became = Became.NOT_DELIVERED
    elif collection.state == State.REFUSED:
        line.became = Became.REFUSED
    elif collection.state == State.COLLECTED or (collection.state == State.SHORT and line.paid_over_centimes == missing):
        _count(line, collection, missing)
    else:
        line.became = Became.ALREADY


def _count(line: RemittanceLine, collection: CashCollection, missing: int) -> None:
    line.shortage_centimes = max(missing - line.paid_over_centimes, 0)
    if line.shortage_centimes:
        line.became, collection.state = Became.TOO_LITTLE, State.SHORT
    else:
        collection.state = State.REMITTED
        line.became = Became.TOO_MUCH if line.paid_over_centimes > missing else Became.SETTLED
