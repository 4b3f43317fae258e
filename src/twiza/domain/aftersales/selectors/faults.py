"""Everything that went wrong lately with what a cooperative sent: before the door, and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.rules import Fault, Faults
from twiza.domain.orders.selectors import faults_in_orders
from twiza.domain.orders.selectors.faults import LATELY, orders_of_all_its_pages
from twiza.kit import clock

_FAULTS: Mapping[str, Fault] = {
    Complaint.Kind.DAMAGED: Fault.DAMAGED,
    Complaint.Kind.WRONG: Fault.WRONG_GOODS,
    Complaint.Kind.MISSING: Fault.MISSING,
    Complaint.Kind.OTHER: Fault.COMPLAINT,
}


def faults_of(cooperative: Organisation) -> Faults:
    """What the orders know of, and complaints that were not refused and returns of the last 90 days.

    Ask for the cooperative through the viewer first.
    """
    since = clock.now() - LATELY
    own = orders_of_all_its_pages(cooperative)
    complaints = Complaint.objects.filter(line__order__in=own, opened_at__gte=since).exclude(outcome=Complaint.Outcome.REFUSED)
    sent_back = Return.objects.filter(order__in=own, asked_at__gte=since).exclude(state=Return.State.REJECTED).count()
    said = Counter(_FAULTS[kind] for kind in complaints.order_by().values_list("kind", flat=True))
    return faults_in_orders(cooperative) + (said + Counter({Fault.SENT_BACK: sent_back}))
