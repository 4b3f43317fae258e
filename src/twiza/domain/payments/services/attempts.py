"""The buyer goes to pay."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from twiza.domain.payments.errors import NotWaitingForMoney
from twiza.domain.payments.models import Payment, PaymentAttempt
from twiza.domain.payments.provider import NOWHERE, Addresses, NextStep, PaymentFacts
from twiza.domain.payments.rules import new_transfer_reference
from twiza.domain.payments.selectors import provider as provider_behind


def begin_payment(
    reference: str,
    *,
    language: str,
    addresses: Callable[[str], Addresses] | None = None,
    buyer: str = "",
    email: str = "",
) -> NextStep:
    """Where the buyer goes now to pay for what `reference` names. Call it after the commit: a provider may go out.

    `addresses` says, for the provider's code, where the bank tells us and where the browser comes back to. Begun again it is
    another attempt; only the first that is approved is kept. Raises NotWaitingForMoney when it was paid or cancelled.
    """
    payment = Payment.objects.get(reference=reference)
    provider = provider_behind(payment.provider)
    facts = (payment.reference, payment.amount_centimes, payment.currency, language)
    if provider.is_paid_on_delivery:
        return provider.begin(PaymentFacts(*facts))
    if payment.state != Payment.State.PENDING:
        raise NotWaitingForMoney
    if provider.account is not None:
        return provider.begin(PaymentFacts(*facts, payment.attempts.get().reference))
    attempt = PaymentAttempt.objects.create(
        payment=payment,
        reference=f"P{payment.pk}X{secrets.token_hex(5)}",
        amount_centimes=payment.amount_centimes,
        currency=payment.currency,
    )
    where = addresses(payment.provider) if addresses else NOWHERE
    return provider.begin(PaymentFacts(*facts, attempt.reference, where, buyer, email))


def expect_transfer(payment: Payment) -> PaymentAttempt:
    """What the buyer writes on the transfer: the one attempt of this payment, for all of it, however often they look."""
    reference = new_transfer_reference()
    while PaymentAttempt.objects.filter(reference=reference).exists():
        reference = new_transfer_reference()
    return PaymentAttempt.objects.create(
        payment=payment, reference=reference, amount_centimes=payment.amount_centimes, currency=payment.currency
    )
