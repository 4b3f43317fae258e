"""What happened to a sale or its money is written down, from what is known of it. Each function may be called again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr

from twiza.domain.aftersales.models import Return
from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.selectors.expected import (
    captures_expected,
    collections_expected,
    delivered_orders,
    deliveries_expected,
    free_returns_expected,
    refunds_expected,
    remittances_expected,
)
from twiza.domain.ledger.services.commission import fix_commissions
from twiza.domain.ledger.services.posting import post_all
from twiza.domain.payments.models import CashCollection, Payment, Refund, Remittance

AT_ONCE = 500


def keep_capture(reference: str) -> None:
    """A buyer paid for what `reference` names, before anything is sent."""
    post_all(captures_expected(list(Payment.objects.filter(reference=reference).values_list("pk", flat=True))))


def keep_surplus(refund_id: int) -> None:
    """Somebody paid too late, twice, or for nothing we know: it is there, and goes back."""
    payments = Payment.objects.filter(allocations__refunds=refund_id)
    post_all(captures_expected(list(payments.values_list("pk", flat=True))))


@transaction.atomic
def keep_delivery(order_id: int) -> None:
    """The parcel is with its buyer: what it came to is the cooperative's, less what the market keeps."""
    if delivered_orders().filter(pk=order_id).exists():
        fix_commissions([order_id])
        post_all(deliveries_expected([order_id]))


def keep_collection(collection_id: int) -> None:
    """A buyer paid at the door. What the cooperative took itself is set against what it is owed."""
    post_all(collections_expected([collection_id]))


def keep_remittance(remittance_id: int) -> None:
    """Cash was handed over, and what was kept of it for bringing parcels is charged to their cooperatives."""
    post_all(remittances_expected([remittance_id]))


def keep_refund(reference: str) -> None:
    """What was owed back by this was given back, by the market or by the cooperative."""
    kind, _colon, number = reference.partition(":")
    post_all(refunds_expected(Refund.objects.filter(reference=reference)))
    if kind == "return":
        post_all(free_returns_expected([int(number)]))


def catch_up() -> int:
    """What happened and was never written down is: of before there was a ledger, or of a job that was lost. Says how many."""
    before = JournalEntry.objects.count()
    late = _first(delivered_orders().exclude(journal__what=JournalEntry.What.DELIVERED))
    fix_commissions(late)
    post_all(deliveries_expected(late))
    known = [JournalEntry.What.CAPTURED, JournalEntry.What.SURPLUS]
    came = Payment.objects.filter(Q(events__kind="captured") | Q(surplus_of__isnull=False))
    post_all(captures_expected(_first(came.exclude(journal__what__in=known))))
    held = CashCollection.objects.filter(collected_centimes__gt=0)
    key = Concat(Value("collected:"), Substr(OuterRef("part"), 7))
    written = JournalEntry.objects.filter(key=key)
    post_all(collections_expected(_first(held.exclude(Exists(written)))))
    handed = Remittance.objects.filter(state=Remittance.State.CONFIRMED, received_centimes__gt=0)
    post_all(remittances_expected(_first(handed.exclude(journal__what=JournalEntry.What.REMITTED))))
    given = Refund.objects.filter(paid_at__isnull=False, journal__isnull=True)
    post_all(refunds_expected(Refund.objects.filter(pk__in=_first(given))))
    free = Return.objects.filter(state=Return.State.REFUNDED, refund_centimes=0)
    post_all(free_returns_expected(list(free.values_list("pk", flat=True))))
    return JournalEntry.objects.count() - before


def _first(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE])
