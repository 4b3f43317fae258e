"""The buyer pays whoever hands over the parcel."""

from __future__ import annotations

from twiza.domain.payments.provider import NextStep, PaymentFacts


class Provider:
    code = "cash_on_delivery"
    is_paid_on_delivery = True

    def begin(self, payment: PaymentFacts) -> NextStep:
        return NextStep()
