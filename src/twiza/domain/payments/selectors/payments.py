"""Questions about payments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.models import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.provider import ProviderPort, TransferAccount
from twiza.domain.payments.rules import shown_transfer_reference
from twiza.kit.loading import load_class


def provider(code: str) -> ProviderPort:
    """The way to pay behind a code. Raises ProviderNotOffered."""
    if code not in settings.PAYMENT_PROVIDERS:
        raise ProviderNotOffered
    return cast(ProviderPort, load_class("twiza.adapters.payments", code, "Provider")())


def providers() -> tuple[ProviderPort, ...]:
    """The ways to pay that this installation is set to take, in the order they are offered."""
    return tuple(provider(code) for code in settings.PAYMENT_PROVIDERS)


def refunds_of(parts: QuerySet[Any] | Collection[str]) -> int:
    """What was given back or is owed back of what was sent of these parts (as `order:91`), in centimes.

    Not what was never sent: these parts cost that much less already.
    """
    owed = (
        Refund.objects.filter(allocation__reference__in=parts)
        .exclude(reference__startswith="partial:")
        .aggregate(all=Sum("amount_centimes"))
    )
    return owed["all"] or 0


def is_captured(reference: str) -> bool:
    """All of it was paid."""
    return Payment.objects.filter(reference=reference, state=Payment.State.CAPTURED).exists()


def latest_attempt_for(reference: str) -> PaymentAttempt | None:
    """The last time the buyer went to pay for what `reference` names."""
    return PaymentAttempt.objects.filter(payment__reference=reference).order_by("-pk").first()


def has_account(code: str) -> bool:
    """In this way the buyer's own bank sends the money to an account, whether it is offered now or not."""
    way = cast(ProviderPort, load_class("twiza.adapters.payments", code, "Provider")())
    return way.account is not None


@dataclass(frozen=True)
class TransferSlip:
    """What the buyer copies into their bank's form. `reference` as it is shown: `TW 4821 7305`; `amount_centimes` is what is
    still missing, `came_centimes` what was found already; `proofs`: how many pictures of the transfer the buyer sent."""

    account: TransferAccount
    amount_centimes: int
    reference: str
    came_centimes: int
    proofs: int


def transfer_slip_for(reference: str) -> TransferSlip | None:
    """Where the money for what `reference` names is to be sent, and with which words; nothing when it is paid in another way, is
    paid or cancelled, or transfers are not taken any more."""
    payment = Payment.objects.filter(reference=reference, state=Payment.State.PENDING).first()
    if payment is None or payment.provider not in settings.PAYMENT_PROVIDERS:
        return None
    account, attempt = provider(payment.provider).account, latest_attempt_for(reference)
    if account is None or attempt is None:
        return None
    missing = missing_of(payment)
    came = payment.amount_centimes - missing
    return TransferSlip(account, missing, shown_transfer_reference(attempt.reference), came, payment.proofs.count())


def missing_of(payment: Payment) -> int:
    """What has not come of it yet, in centimes, of transfers that were assigned to it."""
    came = payment.shares.filter(goes_back=False).aggregate(all=Coalesce(Sum("amount_centimes"), 0))
    return payment.amount_centimes - int(came["all"])


def refunds_through_bank() -> QuerySet[Refund]:
    """What is or was owed back of money that came through a bank, whatever it is owed for: whoever has it gives it back."""
    told = PaymentEvent.objects.filter(payment=OuterRef("allocation__payment"), kind="captured")
    through_bank = Q(allocation__payment__surplus_of__isnull=False) | Exists(told)
    return Refund.objects.filter(through_bank).select_related("allocation__payment__surplus_of")


def refunds_for(reference: str) -> Sequence[Refund]:
    """Those of the payment for what `reference` names."""
    of_it = Q(allocation__payment__reference=reference) | Q(allocation__payment__surplus_of__reference=reference)
    return list(refunds_through_bank().filter(of_it))


def payment_for(reference: str) -> Payment:
    return Payment.objects.get(reference=reference)


def is_received(part: str) -> bool:
    """Something was received for this part (as `order:91`) already."""
    return Allocation.objects.filter(reference=part, captured_centimes__gt=0).exists()
