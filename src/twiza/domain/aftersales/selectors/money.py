"""What of a line was not given back yet."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, Sum

from twiza.domain.aftersales.models import Complaint, ReturnedLine
from twiza.domain.aftersales.states import GIVES_BACK
from twiza.domain.orders.models import OrderLine


def given_back_for(lines: Collection[OrderLine]) -> int:
    """What goes back for these by complaints that were settled, in centimes."""
    settled = Complaint.objects.filter(line__in=lines, refund_due_on__isnull=False)
    sums = settled.aggregate(answered=Sum("answer_centimes", filter=Q(decision="")), decided=Sum("decision_centimes"))
    return (sums["answered"] or 0) + (sums["decided"] or 0)


def left_to_refund(line: OrderLine) -> int:
    """What the buyer paid for it less what goes back for it by returns and complaints, in centimes.

    What is only offered does not count.
    """
    if ReturnedLine.objects.filter(line=line, returned__state__in=GIVES_BACK).exists():
        return 0
    return line.total_centimes - line.discount_centimes - given_back_for([line])
