"""What should have a paper and has none, because a worker was away or the order is older than its invoices."""

from __future__ import annotations

from twiza.domain.invoicing.selectors.faults import (
    complaints_without_credit,
    orders_without_invoice,
    returns_without_credit,
)
from twiza.domain.invoicing.services.crediting import credit_complaint, credit_return
from twiza.domain.invoicing.services.issuing import issue_invoice

AT_ONCE = 200


def issue_what_is_missing() -> int:
    """Up to two hundred of each, the oldest first, each in a transaction of its own. Answers how many papers were issued.

    What is issued late has the number and the day of today, and says on which day the parcel was delivered.
    """
    orders = list(orders_without_invoice().values_list("pk", flat=True)[:AT_ONCE])
    for order_id in orders:
        issue_invoice(order_id)
    returns = list(returns_without_credit().values_list("pk", flat=True)[:AT_ONCE])
    for return_id in returns:
        credit_return(return_id)
    complaints = list(complaints_without_credit().values_list("pk", flat=True)[:AT_ONCE])
    for complaint_id in complaints:
        credit_complaint(complaint_id)
    return len(orders) + len(returns) + len(complaints)
