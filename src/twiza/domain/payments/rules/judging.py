"""What a line of a statement is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twiza.domain.payments.rules.references import Written


@dataclass(frozen=True)
class Known:
    """A payment by transfer: how much of it is still missing, and whether anybody waits for it."""

    payment_id: int
    missing_centimes: int
    is_awaited: bool


@dataclass(frozen=True)
class Judgement:
    """`reason` is a StatementLine.Reason, empty when the line is exactly what its one payment waits for."""

    reason: str
    payment_ids: tuple[int, ...] = ()


def judge(amount_centimes: int, written: Written, known: Mapping[str, Known]) -> Judgement:
    """Sure only with one exact reference, awaited, and to the centime. `known` by reference, of all that are written."""
    exact = sorted(reference for reference in written.exact if reference in known)
    if len(exact) > 1:
        return Judgement("two_candidates", tuple(known[reference].payment_id for reference in exact))
    if exact:
        return _judge_amount(amount_centimes, known[exact[0]])
    near = [known[reference].payment_id for reference in sorted(written.near) if reference in known]
    if not near:
        return Judgement("unknown")
    return Judgement("wrong_letter" if len(near) == 1 else "two_candidates", tuple(near))


def _judge_amount(amount_centimes: int, payment: Known) -> Judgement:
    over = amount_centimes - payment.missing_centimes
    reason = "not_awaited" if not payment.is_awaited else "too_much" if over > 0 else "too_little" if over else ""
    return Judgement(reason, (payment.payment_id,))
