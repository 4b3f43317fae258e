"""Questions about payouts."""

from twiza.domain.payouts.selectors.payouts import (
    PaidOrder,
    PaidPart,
    batches,
    get_batch,
    get_file,
    get_hold,
    get_payout,
    get_payout_to,
    hold_on,
    holds,
    orders_paid_by,
    payouts_of,
    payouts_to,
)
from twiza.domain.payouts.selectors.plan import NotPaid, Plan, Planned, plan_payouts

__all__ = [
    "NotPaid",
    "PaidOrder",
    "PaidPart",
    "Plan",
    "Planned",
    "batches",
    "get_batch",
    "get_file",
    "get_hold",
    "get_payout",
    "get_payout_to",
    "hold_on",
    "holds",
    "orders_paid_by",
    "payouts_of",
    "payouts_to",
    "plan_payouts",
]
