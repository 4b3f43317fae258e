"""What is sold by weight costs what it really weighs, within what the buyer agreed to."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.errors import AlreadyDone, ImplausibleWeight, NotAcceptedYet, NotWeighedYet
from twiza.domain.orders.events import OrderWeighed
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order, OrderLine
from twiza.domain.orders.rules import Discount, charged_for, plausible_grams, within
from twiza.domain.orders.services.sums import follow_lines
from twiza.domain.orders.states import NOT_PROMISED
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.errors import NotFound


@transaction.atomic
def weigh_order(order: Order, grams: Mapping[int, int], *, by: User) -> Order:
    """Everything weighed in it costs its real weight, never above what the buyer agreed to. The buyer is told (OrderWeighed).

    `grams` is by line, for every line that is weighed. May be done again until the parcel is ready; the same weights change
    nothing. What is owed and collected follows. Locks the group, the order, then the payment.

    Raises NotAcceptedYet, AlreadyDone, NotWeighedYet when a weight is missing, ImplausibleWeight, PaidAlready;
    NotFound when `by` does not speak for the cooperative.
    """
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    _check_can_be_weighed(order)
    lines = [line for line in order.lines.all() if line.is_weighed]
    if not lines or any(line.pk not in grams for line in lines):
        raise NotWeighedYet(number=order.number)
    if any(line.weighed_grams != grams[line.pk] for line in lines):
        for line in lines:
            _weigh(line, grams[line.pk])
        follow_lines(order)
        _remember(order, lines, by)
    return order


def _check_can_be_weighed(order: Order) -> None:
    if order.status in NOT_PROMISED:
        raise NotAcceptedYet(number=order.number)
    if order.status != Order.Status.ACCEPTED:
        raise AlreadyDone(number=order.number, status=order.get_status_display())
    if order.fulfilment.status != Fulfilment.Status.PENDING:
        raise AlreadyDone(number=order.number, status=order.fulfilment.get_status_display())


def _weigh(line: OrderLine, grams: int) -> None:
    least, most = plausible_grams(line.asked_grams)
    if not least <= grams <= most:
        raise ImplausibleWeight(product=line.name, least=least, most=most)
    line.weighed_grams = grams
    line.total_centimes = charged_for(line.price_centimes, line.net_content, grams, line.most_centimes or 0)
    discount = within(Discount(line.discount_centimes, line.cooperative_discount_centimes), line.total_centimes)
    line.discount_centimes, line.cooperative_discount_centimes = discount.centimes, discount.cooperative_centimes
    line.save(update_fields=["weighed_grams", "total_centimes", "discount_centimes", "cooperative_discount_centimes"])


def _remember(order: Order, lines: list[OrderLine], by: User) -> None:
    record(
        "orders.weighed",
        subject=f"order:{order.pk}",
        by=by,
        on_behalf_of=f"organisation:{order.cooperative_id}",
        details={"number": order.number, "grams": {str(line.pk): line.weighed_grams for line in lines}},
    )
    publish(OrderWeighed(order_id=order.pk, total_centimes=order.total_centimes))
