"""What one may do after a parcel arrived."""

from twiza.domain.aftersales.services.returning import (
    approve_return,
    ask_return,
    receive_return,
    record_refund_of,
    reject_return,
)
from twiza.domain.aftersales.services.watching import tell_of_late_refunds

__all__ = [
    "approve_return",
    "ask_return",
    "receive_return",
    "record_refund_of",
    "reject_return",
    "tell_of_late_refunds",
]
