"""Questions about bank transfers: what is waited for, what came, what is still to be decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Case, Sum, When

from twiza.domain.payments.models import BankStatement, Payment, PaymentAttempt, StatementLine, TransferProof
from twiza.domain.payments.rules import PREFIX, is_transfer_reference, shown_transfer_reference
from twiza.kit.errors import NotFound


def awaited_references() -> Sequence[str]:
    """What buyers were told to write, of payments that are not there yet."""
    awaited = PaymentAttempt.objects.filter(payment__state=Payment.State.PENDING, reference__startswith=PREFIX)
    return list(awaited.values_list("reference", flat=True))


def known_transfers(references: Collection[str]) -> dict[str, Payment]:
    """The payment that each of these references was given out for, whatever became of it."""
    attempts = PaymentAttempt.objects.filter(reference__in=references, reference__startswith=PREFIX).select_related("payment")
    return {attempt.reference: attempt.payment for attempt in attempts}


@dataclass(frozen=True)
class AwaitedTransfer:
    """A payment that a transfer is waited for, what its buyer writes, what lacks, and the pictures (ids) the buyer sent."""

    payment: Payment
    reference: str
    missing_centimes: int
    proofs: tuple[int, ...]


def awaited_transfers(payment_ids: Collection[int] | None = None) -> Sequence[AwaitedTransfer]:
    """Those that are not there yet, the oldest first: all of them, or those of these ids."""
    waiting = PaymentAttempt.objects.filter(payment__state=Payment.State.PENDING, reference__startswith=PREFIX)
    if payment_ids is not None:
        waiting = waiting.filter(payment__in=payment_ids)
    rows = list(waiting.select_related("payment").order_by("pk"))
    came = dict(
        Payment.objects.filter(pk__in=[row.payment_id for row in rows], shares__goes_back=False)
        .annotate(came=Sum("shares__amount_centimes"))
        .values_list("pk", "came")
    )
    shown: dict[int, list[int]] = {}
    proofs = TransferProof.objects.filter(payment__in=[row.payment_id for row in rows])
    for payment_id, proof_id in proofs.values_list("payment_id", "pk"):
        shown.setdefault(payment_id, []).append(proof_id)
    return [
        AwaitedTransfer(
            row.payment,
            shown_transfer_reference(row.reference),
            row.payment.amount_centimes - came.get(row.payment_id, 0),
            tuple(shown.get(row.payment_id, ())),
        )
        for row in rows
    ]


def awaited_transfer_called(typed: str) -> Payment | None:
    """The awaited payment whose reference somebody typed, with or without spaces and small letters."""
    reference = "".join(typed.split()).upper()
    reference = reference if reference.startswith(PREFIX) else f"{PREFIX}{reference}"
    if not is_transfer_reference(reference):
        return None
    return known_transfers([reference]).get(reference)


def lines_to_look_at(limit: int = 50) -> Sequence[StatementLine]:
    """What came and did not find its order, with what it may be for: what names something first, then the oldest."""
    waiting = StatementLine.objects.filter(state=StatementLine.State.WAITING)
    waiting = waiting.annotate(is_unknown=Case(When(reason=StatementLine.Reason.UNKNOWN, then=True), default=False))
    return list(waiting.prefetch_related("candidates").order_by("is_unknown", "on", "pk")[:limit])


def count_lines_to_look_at() -> int:
    return StatementLine.objects.filter(state=StatementLine.State.WAITING).count()


def line_to_look_at(line_id: int) -> StatementLine:
    """Raises NotFound."""
    line = StatementLine.objects.filter(pk=line_id).prefetch_related("candidates").first()
    if line is None:
        raise NotFound
    return line


def get_proof(proof_id: int) -> TransferProof:
    """Raises NotFound."""
    found = TransferProof.objects.filter(pk=proof_id).first()
    if found is None:
        raise NotFound
    return found


def lines_set_aside(limit: int = 20) -> Sequence[StatementLine]:
    """What keepers said is for something else, the last first."""
    return list(
        StatementLine.objects.filter(state=StatementLine.State.ASIDE).select_related("settled_by").order_by("-settled_at")[:limit]
    )


def latest_statements(limit: int = 5) -> Sequence[BankStatement]:
    return list(BankStatement.objects.select_related("imported_by")[:limit])


def latest_decided(limit: int = 20) -> Sequence[StatementLine]:
    """What found its order or was decided last, with where it went and who said so."""
    decided = StatementLine.objects.filter(state__in=[StatementLine.State.MATCHED, StatementLine.State.SETTLED])
    return list(decided.select_related("settled_by").prefetch_related("shares__payment__surplus_of").order_by("-pk")[:limit])
