"""What happens after the sale when money was given back."""

from __future__ import annotations

from twiza.domain.aftersales.services import end_complaint_given_back, end_return_given_back
from twiza.domain.payments.events import RefundGiven
from twiza.foundation.audit.services import acting_through
from twiza.foundation.events.subscriptions import on


@on(RefundGiven)
def end_what_waited_for_it(event: RefundGiven) -> None:
    """Run twice, it counts once."""
    kind, _colon, number = event.reference.partition(":")
    with acting_through("system"):
        if kind == "return":
            end_return_given_back(int(number))
        elif kind == "complaint":
            end_complaint_given_back(int(number))
