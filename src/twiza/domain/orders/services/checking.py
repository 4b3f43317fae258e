"""Before a parcel leaves, somebody looks at it and says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from twiza.domain.orders.errors import NotChecked, NotWeighedYet
from twiza.domain.orders.models import Checklist, Fulfilment, Order
from twiza.domain.orders.services.fulfilling import lock_for_step, mark_order_ready
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import current_channel
from twiza.kit import clock


@transaction.atomic
def mark_checked_order_ready(order: Order, questions: Sequence[str], checked: Collection[str], *, by: User) -> Order:
    """The parcel is packed as `mark_order_ready` says, and `by` said yes to every one of the `questions`; that is kept.

    Raises NotChecked when one is not among `checked`, then nothing changes; and what `mark_order_ready` raises.
    """
    order = mark_order_ready(order, by=by)
    if set(questions) - set(checked):
        raise NotChecked(number=order.number)
    Checklist.objects.update_or_create(
        order=order,
        defaults={
            "questions": list(questions),
            "checked_at": clock.now(),
            "checked_by": by,
            "channel": current_channel(),
        },
    )
    return order


@transaction.atomic
def ask_to_check(order: Order, questions: Sequence[str], *, by: User) -> Checklist:
    """These are asked of whoever writes by text that the parcel is packed; nobody said yes yet. Raises as `mark_order_ready`."""
    order = lock_for_step(order, Fulfilment.Status.READY, by)
    if order.waits_for_the_scales:
        raise NotWeighedYet(number=order.number)
    asked, _is_new = Checklist.objects.update_or_create(order=order, defaults={"questions": list(questions)})
    return asked
