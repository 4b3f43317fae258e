"""What one may do with the ledger."""

from twiza.domain.ledger.services.commission import fix_commissions
from twiza.domain.ledger.services.keeping import (
    catch_up,
    keep_capture,
    keep_collection,
    keep_delivery,
    keep_refund,
    keep_remittance,
    keep_surplus,
)
from twiza.domain.ledger.services.posting import post, post_all, reverse
from twiza.domain.ledger.services.rates import Fits, RateTerms, decide_rate, set_rate

__all__ = [
    "Fits",
    "RateTerms",
    "catch_up",
    "decide_rate",
    "fix_commissions",
    "keep_capture",
    "keep_collection",
    "keep_delivery",
    "keep_refund",
    "keep_remittance",
    "keep_surplus",
    "post",
    "post_all",
    "reverse",
    "set_rate",
]
