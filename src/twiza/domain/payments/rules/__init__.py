"""What is decided of money without asking anybody. Pure: no database, no clock."""

from twiza.domain.payments.rules.amounts import read_day, read_signed
from twiza.domain.payments.rules.judging import Judgement, Known, judge
from twiza.domain.payments.rules.layouts import LineTrouble, MoneyIn, lines_of
from twiza.domain.payments.rules.references import (
    PREFIX,
    Awaited,
    Written,
    is_transfer_reference,
    new_transfer_reference,
    shown_transfer_reference,
)

__all__ = [
    "PREFIX",
    "Awaited",
    "Judgement",
    "Known",
    "LineTrouble",
    "MoneyIn",
    "Written",
    "is_transfer_reference",
    "judge",
    "lines_of",
    "new_transfer_reference",
    "read_day",
    "read_signed",
    "shown_transfer_reference",
]
