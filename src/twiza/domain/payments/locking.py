"""The only locks on payments. A line of a statement before everything, the payment first, then what is of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from twiza.domain.payments.models import Allocation, CashCollection, Payment, PaymentAttempt, Remittance, StatementLine
from twiza.kit.errors import NotFound


def lock_payment(reference: str) -> Payment:
    """The payment for what `reference` names, held until the transaction ends."""
    return Payment.objects.select_for_update().get(reference=reference)


def lock_payment_of(reference: str) -> tuple[Payment, Allocation]:
    """The payment, then the part of it called `reference`, held until the transaction ends."""
    payment_id = Allocation.objects.values_list("payment_id", flat=True).get(reference=reference)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    return payment, Allocation.objects.select_for_update().get(reference=reference)


def lock_attempt(reference: str) -> tuple[Payment, PaymentAttempt] | None:
    """The payment, then the attempt to pay it; nothing when there is no such attempt."""
    payment_id = PaymentAttempt.objects.filter(reference=reference).values_list("payment_id", flat=True).first()
    if payment_id is None:
        return None
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    return payment, PaymentAttempt.objects.select_for_update().get(reference=reference)


def lock_collection_of(part: str) -> CashCollection | None:
    """What is collected at the door for this part; lock its payment first."""
    return CashCollection.objects.select_for_update(of=("self",)).filter(part=part).first()


def lock_collections(holder_kind: str, holder: str, parts: Collection[str]) -> dict[str, CashCollection]:
    """What this holder collects or collected for these parts, in primary-key order, by part."""
    held = CashCollection.objects.select_for_update(of=("self",)).filter(holder_kind=holder_kind, holder=holder)
    return {one.part: one for one in held.filter(part__in=parts).order_by("pk")}


def lock_collections_by_id(ids: Iterable[int]) -> list[CashCollection]:
    """These, in primary-key order."""
    return list(CashCollection.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))


def lock_remittance(remittance_id: int) -> Remittance | None:
    """What was said of a hand-over, with who gave and who was given."""
    found = Remittance.objects.select_for_update(of=("self",)).select_related("held_by", "to")
    return found.filter(pk=remittance_id).first()


def lock_holder(holder_kind: str, holder: str) -> None:
    """What one holder hands over is kept one list after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"remittance:{holder_kind}:{holder}"])


def lock_line(line_id: int) -> StatementLine:
    """A line of a statement, held until the transaction ends. Raises NotFound."""
    line = StatementLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return line


def lock_payments(payment_ids: Iterable[int]) -> dict[int, Payment]:
    """These payments by id, in that order, held until the transaction ends."""
    return {one.pk: one for one in Payment.objects.select_for_update().filter(pk__in=set(payment_ids)).order_by("pk")}
