"""What is paid on delivery waits for its buyer's yes: by a text, on the order's page, or on the telephone; for a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.events import OrderUnconfirmed
from twiza.domain.orders.locking import lock_group
from twiza.domain.orders.models import Errand, Order, OrderGroup, PartialOffer, Step
from twiza.domain.orders.rules import follows_up
from twiza.domain.orders.selectors.contents import Basket
from twiza.domain.orders.services.answering import confirm_group, free_unprepared
from twiza.domain.orders.states import NOT_LEFT, NOT_PROMISED
from twiza.domain.storefronts.selectors import ways_of_each
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.quiet_hours import waking_moment

AT_ONCE = 200


def confirm_before(basket: Basket) -> datetime | None:
    """Until when the buyer is to say yes: by the shortest limit of the storefronts in which something was chosen, never at
    night. Nothing where none of them has one, and for what is only fetched."""
    if all(package.chosen is not None and package.chosen.point is not None for package in basket.packages):
        return None
    ways = ways_of_each({line.storefront.pk: line.storefront for line in basket.lines}.values())
    hours = min((one.confirm_within_hours for one in ways.values() if one.confirm_within_hours), default=None)
    return waking_moment(clock.now() + timedelta(hours=hours)) if hours else None


@transaction.atomic
def confirm_by_call(order: Order, *, by: User) -> OrderGroup:
    """Somebody called the buyer, who said yes: it counts as if the buyer had answered (OrderConfirmed).

    Raises NotFound unless `by` speaks for the cooperative or works for a storefront in which something was chosen.
    """
    if not (answers_for(by, order.cooperative) or follows_up(by, order)):
        raise NotFound
    record(
        "orders.confirmed_by_call",
        subject=f"order:{order.pk}",
        by=by,
        on_behalf_of=f"organisation:{order.cooperative_id}",
        details={"number": order.number},
    )
    return confirm_group(order.group)


def lapse_unconfirmed() -> int:
    """By day, whatever was to be confirmed by now is not sent. Answers how many parts; run twice, each lapses once."""
    now = clock.now()
    if waking_moment(now) > now:
        return 0
    late = _waiting().filter(group__confirm_before__lte=now).order_by("group").values_list("group", flat=True).distinct()
    return sum(lapse_group(group_id) for group_id in list(late[:AT_ONCE]))


@transaction.atomic
def lapse_group(group_id: int) -> int:
    """Its parts that did not leave are cancelled: their goods may be sold again, nothing is owed for them, buyer and
    cooperative are told (OrderUnconfirmed). Answers how many; none when it was confirmed meanwhile, or is not late.

    What left is on its way all the same, and a carrier that was asked to come is not sent away.
    """
    group = lock_group(group_id)
    if group.confirmed_at is not None or group.confirm_before is None or group.confirm_before > clock.now():
        return 0
    return _cancel(_waiting().filter(group=group).select_related("fulfilment", "group").order_by("pk"))


def _waiting() -> QuerySet[Order]:
    """Parts that are to be sent, and did not leave, of what is not confirmed."""
    open_parts = Order.objects.filter(
        status__in={*NOT_PROMISED, Order.Status.ACCEPTED},
        fulfilment__status__in=NOT_LEFT,
        fulfilment__point_name="",
        group__confirmed_at__isnull=True,
    )
    return open_parts.exclude(Q(fulfilment__errand__state__in=[Errand.State.ASKING, Errand.State.BOOKED]))


def _cancel(orders: Iterable[Order]) -> int:
    number = 0
    for order in orders:
        PartialOffer.objects.filter(order=order, state=PartialOffer.State.ASKED).update(
            state=PartialOffer.State.WITHDRAWN, answered_at=clock.now()
        )
        with override("ar" if order.group.language == "ary" else order.group.language):
            reason = _("not confirmed in time")
        order.status = Order.Status.DECLINED
        order.save(update_fields=["status"])
        free_unprepared(order, Step.What.UNCONFIRMED, reason=reason, by=None)
        publish(OrderUnconfirmed(order_id=order.pk))
        number += 1
    return number
