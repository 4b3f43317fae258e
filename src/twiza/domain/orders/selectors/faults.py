"""What went wrong lately with a cooperative's orders. Other rooms add what they know of (`Faults`)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models import Q, QuerySet

from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Chase, Fulfilment, Order, ParcelNews
from twiza.domain.orders.rules import Fault, Faults
from twiza.kit import clock

LATELY = timedelta(days=90)
# Whoever does not want a parcel any more, or has no money that day, says nothing of what is in it.
_OF_WHAT_WAS_SENT = (ParcelNews.Reason.NOT_AS_ORDERED,)
_OF_THE_ADDRESS = (ParcelNews.Reason.NOT_FOUND,)
_OF_THE_DAY = (ParcelNews.Reason.TOO_LATE,)


def faults_in_orders(cooperative: Organisation) -> Faults:
    """Of the last 90 days: parcels that left, those refused by why, and answers that came late.

    Ask for the cooperative through the viewer first.
    """
    since = clock.now() - LATELY
    own = orders_of_all_its_pages(cooperative)
    sent = Fulfilment.objects.filter(order__in=own, handed_over_at__gte=since)
    news = ParcelNews.objects.filter(
        fulfilment__order__in=own, what=ParcelNews.What.REFUSED, moved=True, fulfilment__refused_at__gte=since
    )
    why = Counter(_fault_of(reason) for reason in news.values_list("reason", flat=True))
    late = Chase.objects.filter(order__in=own, step=Chase.Step.LATE, at__gte=since).count()
    return Faults(sent.count(), why + Counter({Fault.LATE_ANSWER: late}))


def orders_of_all_its_pages(cooperative: Organisation) -> QuerySet[Order]:
    """Also of those that were merged into it, or with it into another."""
    kept = cooperative.merged_into_id or cooperative.pk
    return Order.objects.filter(Q(cooperative=kept) | Q(cooperative__merged_into=kept))


def _fault_of(reason: str) -> Fault:
    if reason in _OF_WHAT_WAS_SENT:
        return Fault.WRONG_GOODS
    if reason in _OF_THE_ADDRESS:
        return Fault.NOT_FOUND
    return Fault.CAME_LATE if reason in _OF_THE_DAY else Fault.REFUSED
