"""What one may do with payments. Amounts in centimes."""

from twiza.domain.payments.services.attempts import begin_payment
from twiza.domain.payments.services.cash import (
    Holder,
    carrier_holds,
    cooperative_holds,
    expect_cash,
    pickup_point_holds,
)
from twiza.domain.payments.services.matching import match_new_lines, set_line_aside, settle_line, take_line_up_again
from twiza.domain.payments.services.notices import hear_notice, hear_of_payment
from twiza.domain.payments.services.parts import (
    cancel_part,
    cancel_unpaid,
    change_part,
    open_payment,
    record_collection,
    shrink_paid_part,
)
from twiza.domain.payments.services.proofs import show_transfer
from twiza.domain.payments.services.refunds import owe_refund, record_card_refund, record_refund
from twiza.domain.payments.services.statements import import_statement

__all__ = [
    "Holder",
    "begin_payment",
    "cancel_part",
    "cancel_unpaid",
    "carrier_holds",
    "change_part",
    "cooperative_holds",
    "expect_cash",
    "hear_notice",
    "hear_of_payment",
    "import_statement",
    "match_new_lines",
    "open_payment",
    "owe_refund",
    "pickup_point_holds",
    "record_card_refund",
    "record_collection",
    "record_refund",
    "set_line_aside",
    "settle_line",
    "show_transfer",
    "shrink_paid_part",
    "take_line_up_again",
]
