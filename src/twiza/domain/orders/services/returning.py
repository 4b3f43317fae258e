"""A parcel that nobody took is back at its cooperative."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import CameBack, LossReason, take_back_stock
from twiza.domain.orders.errors import LossUnexplained, MoreThanSent, NotComingBack
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order, OrderLine, ParcelNews
from twiza.domain.orders.rules import sellable_again
from twiza.domain.orders.services.hearing import record_refusal
from twiza.domain.orders.services.parcels import come_back
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def take_back_parcel(order: Order, sellable: Mapping[int, int], *, reason: str = "", by: User) -> Order:
    """The cooperative has it again: `sellable` pieces by line are on hand once more, the rest is lost for `reason`.

    What is sellable goes back to the lots it left from. Lines that are not named come back whole. Locks the group, the order,
    then the stock. Raises NotComingBack, MoreThanSent, LossUnexplained; NotFound when `by` does not speak for the cooperative.
    """
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    if order.fulfilment.status != Fulfilment.Status.REFUSED:
        raise NotComingBack(number=order.number)
    returned = [_came_back(line, sellable.get(line.pk, line.quantity), reason) for line in order.lines.all()]
    if any(one.lost for one in returned) and reason not in LossReason:
        raise LossUnexplained
    take_back_stock(returned, reason=reason, by=by)
    ParcelNews.objects.create(
        fulfilment=order.fulfilment,
        what=ParcelNews.What.RETURNED,
        on=clock.today(),
        source="cooperative",
        reference=ParcelNews.What.RETURNED,
        moved=True,
        by=by,
    )
    come_back(order, by=by)
    return order


@transaction.atomic
def take_back_unseen(order: Order, *, by: User) -> tuple[Order, int]:
    """The cooperative has a parcel again that nobody took, and says no more: what keeps is on hand once more, what perishes
    is lost. Gives the order and how many pieces are lost.

    One still on its way was not taken either. Raises NotAcceptedYet, NotReadyYet, AlreadyDone, NotFound.
    """
    if order.fulfilment.status != Fulfilment.Status.REFUSED:
        order = record_refusal(order, reason=ParcelNews.Reason.NEVER_TAKEN, by=by)
    kept = {line.pk: sellable_again(line) for line in order.lines.all()}
    lost = sum(line.quantity - kept[line.pk] for line in order.lines.all())
    if order.fulfilment.status == Fulfilment.Status.RETURNED:  # it waited to be fetched, and never left
        return order, 0
    return take_back_parcel(order, kept, reason=LossReason.SPOILT if lost else "", by=by), lost


def _came_back(line: OrderLine, sellable: int, reason: str) -> CameBack:
    if not 0 <= sellable <= line.quantity:
        raise MoreThanSent(product=line.name, sent=line.quantity)
    return CameBack(line.variant_id, line.quantity, line.quantity - sellable, f"order-line:{line.pk}")
