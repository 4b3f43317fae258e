"""What is posted for each thing that happens, to the centime. Pure: whoever calls brings the facts."""

from twiza.domain.ledger.rules.commission import Commission, commission_back, commission_on, part_of, rate_for
from twiza.domain.ledger.rules.lines import Line, Lines, Owner, payable_to, reversal_of
from twiza.domain.ledger.rules.money import (
    Holder,
    captured,
    collected,
    given_back_unsold,
    kept_for_bringing,
    paid_out,
    remitted,
    settled,
)
from twiza.domain.ledger.rules.sales import Back, OrderSums, delivered, given_back_by_cooperative, given_back_by_market

__all__ = [
    "Back",
    "Commission",
    "Holder",
    "Line",
    "Lines",
    "OrderSums",
    "Owner",
    "captured",
    "collected",
    "commission_back",
    "commission_on",
    "delivered",
    "given_back_by_cooperative",
    "given_back_by_market",
    "given_back_unsold",
    "kept_for_bringing",
    "paid_out",
    "part_of",
    "payable_to",
    "rate_for",
    "remitted",
    "reversal_of",
    "settled",
]
