"""What a carrier's list says of a cooperative's parcels."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from procrastinate.contrib.django import app

from twiza.domain.delivery.carrier import HeardStatus
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors.sent_on import orders_sent_on_as
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound

HEAR = "orders.hear_of_parcel"
SOURCE = "bordereau"


@transaction.atomic
def hear_statuses(cooperative: Organisation, statuses: Sequence[HeardStatus], *, by: User) -> tuple[int, list[HeardStatus]]:
    """Each row is told to its order by a job, that of one parcel of several to each of their orders; gives how many, and the rows
    whose number is none of the cooperative's.

    Sent again, the same rows change nothing. Raises NotFound when `by` does not speak for the cooperative.
    """
    if not answers_for(by, cooperative):
        raise NotFound
    numbers = {status.reference for status in statuses}
    orders = dict(Order.objects.filter(cooperative=cooperative, number__in=numbers).values_list("number", "pk"))
    named = {**orders_sent_on_as(cooperative, numbers), **{number: [order_id] for number, order_id in orders.items()}}
    known = [status for status in statuses if status.reference in named]
    for status in known:
        for order_id in named[status.reference]:
            app.configure_task(HEAR, allow_unknown=True, queue="events").defer(
                order_id=order_id,
                what=status.what,
                on=status.on.isoformat(),
                reason=status.reason,
                source=SOURCE,
                reference=f"{status.what}:{status.on}",
            )
    record(
        "orders.read_statuses",
        subject=f"organisation:{cooperative.pk}",
        by=by,
        on_behalf_of=f"organisation:{cooperative.pk}",
        details={"number": len(known)},
    )
    return len(known), [status for status in statuses if status.reference not in named]
