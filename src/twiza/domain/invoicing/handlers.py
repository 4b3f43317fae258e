"""Papers follow what was delivered and what was given back."""

from __future__ import annotations

from twiza.domain.aftersales.events import ComplaintRefunded, ReturnRefunded
from twiza.domain.invoicing.services import credit_complaint, credit_return, issue_invoice
from twiza.domain.orders.events import FulfilmentDelivered
from twiza.foundation.audit.services import acting_through
from twiza.foundation.events.subscriptions import on


@on(FulfilmentDelivered)
def invoice_what_was_delivered(event: FulfilmentDelivered) -> None:
    """Run twice, there is one invoice."""
    with acting_through("system"):
        issue_invoice(event.order_id)


@on(ReturnRefunded)
def credit_what_was_sent_back(event: ReturnRefunded) -> None:
    """Run twice, there is one credit note."""
    with acting_through("system"):
        credit_return(event.return_id)


@on(ComplaintRefunded)
def credit_what_was_given_back(event: ComplaintRefunded) -> None:
    """Run twice, there is one credit note."""
    with acting_through("system"):
        credit_complaint(event.complaint_id)
