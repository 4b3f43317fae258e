"""What orders do when they hear of money."""

from __future__ import annotations

from twiza.domain.orders.services.paying import ask_cooperatives
from twiza.domain.payments.events import PaymentCaptured
from twiza.foundation.audit.services import acting_through
from twiza.foundation.events.subscriptions import on


@on(PaymentCaptured)
def ask_once_it_is_paid(event: PaymentCaptured) -> None:
    """Run twice, the cooperatives are asked once."""
    kind, _, number = event.reference.partition(":")
    if kind == "group":
        with acting_through("system"):
            ask_cooperatives(int(number))
