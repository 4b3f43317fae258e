"""What one may do after a parcel arrived."""

from twiza.domain.aftersales.services.complaining import (
    Settlement,
    accept_answer,
    answer_complaint,
    decide_complaint,
    dispute_answer,
    end_complaint_given_back,
    open_complaint,
    record_refund_for,
)
from twiza.domain.aftersales.services.exchanging import (
    give_up_replacement,
    record_replacement_delivered,
    send_replacement,
)
from twiza.domain.aftersales.services.returning import (
    approve_return,
    ask_return,
    end_return_given_back,
    receive_return,
    record_refund_of,
    reject_return,
)
from twiza.domain.aftersales.services.watching import forget_complaint_photos, settle_unheard_complaints, tell_of_late_refunds

__all__ = [
    "Settlement",
    "accept_answer",
    "answer_complaint",
    "approve_return",
    "ask_return",
    "decide_complaint",
    "dispute_answer",
    "end_complaint_given_back",
    "end_return_given_back",
    "forget_complaint_photos",
    "give_up_replacement",
    "open_complaint",
    "receive_return",
    "record_refund_for",
    "record_refund_of",
    "record_replacement_delivered",
    "reject_return",
    "send_replacement",
    "settle_unheard_complaints",
    "tell_of_late_refunds",
]
