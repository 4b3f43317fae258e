"""What one may do after a parcel arrived."""

from twiza.domain.aftersales.services.complaining import (
    Settlement,
    accept_answer,
    answer_complaint,
    decide_complaint,
    dispute_answer,
    open_complaint,
    record_refund_for,
)
from twiza.domain.aftersales.services.returning import (
    approve_return,
    ask_return,
    receive_return,
    record_refund_of,
    reject_return,
)
from twiza.domain.aftersales.services.watching import settle_unheard_complaints, tell_of_late_refunds

__all__ = [
    "Settlement",
    "accept_answer",
    "answer_complaint",
    "approve_return",
    "ask_return",
    "decide_complaint",
    "dispute_answer",
    "open_complaint",
    "receive_return",
    "record_refund_for",
    "record_refund_of",
    "reject_return",
    "settle_unheard_complaints",
    "tell_of_late_refunds",
]
