"""Questions about payouts."""

from twiza.domain.payouts.selectors.payouts import (
    PaidOrder,
    PaidPart,
    batches,
    cooperative_to_hold,
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
from twiza.domain.payouts.selectors.plan import NotPaid, OwedNow, Plan, Planned, plan_payouts, who_is_owed

__all__ = [
    "NotPaid",
    "OwedNow",
    "PaidOrder",
    "PaidPart",
    "Plan",
    "Planned",
    "batches",
    "cooperative_to_hold",
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
    "who_is_owed",
]
