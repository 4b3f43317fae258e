"""What of a line was not given back yet."""

from __future__ import annotations

from django.db.models import Q, Sum

from twiza.domain.aftersales.models import Complaint, ReturnedLine
from twiza.domain.aftersales.states import GIVES_BACK
from twiza.domain.orders.models import OrderLine


def left_to_refund(line: OrderLine) -> int:
    """What the buyer paid for it less what goes back for it by returns and complaints, in centimes.

    What is only offered does not count.
    """
    returned = ReturnedLine.objects.filter(line=line, returned__state__in=GIVES_BACK).aggregate(all=Sum("refund_centimes"))
    return line.total_centimes - line.discount_centimes - (returned["all"] or 0) - _given_back_for(line)


def _given_back_for(line: OrderLine) -> int:
    """What goes back for it by complaints that were settled."""
    settled = Complaint.objects.filter(line=line, refund_due_on__isnull=False)
    sums = settled.aggregate(answered=Sum("answer_centimes", filter=Q(decision="")), decided=Sum("decision_centimes"))
    return (sums["answered"] or 0) + (sums["decided"] or 0)
