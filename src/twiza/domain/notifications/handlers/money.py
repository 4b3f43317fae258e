"""Who is told of money that came too late or twice, or that goes back through a bank."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime

from twiza.domain.directory.selectors import register_keepers
from twiza.domain.notifications.handlers.telling import link_to, tell_buyer, tell_person
from twiza.domain.orders.events import OrderLapsed, PaymentAwaited
from twiza.domain.orders.models import OrderGroup
from twiza.domain.orders.selectors import group_paid_by
from twiza.domain.payments.events import RefundOwed, TransferFellShort
from twiza.domain.payments.models import Refund, TransferShare
from twiza.domain.payments.selectors import is_captured, transfer_slip_for
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain


@on(PaymentAwaited)
def tell_buyer_where_to_pay(event: PaymentAwaited) -> None:
    """With the address of the order's page, so that a window that was closed loses nothing. Unless it ended meanwhile."""
    group = OrderGroup.objects.get(pk=event.group_id)
    if group.status != OrderGroup.Status.UNPAID or group.pay_before is None or is_captured(group.payment_reference):
        return
    until = localtime(group.pay_before)
    facts: dict[str, Any] = {"number": group.number, "total": plain(group.total_centimes), "time": f"{until:%H:%M}"}
    slip = transfer_slip_for(group.payment_reference) if group.is_paid_by_transfer else None
    if slip:
        facts |= {"reference": slip.reference, "day": f"{until:%d/%m}"}
        tell_buyer(group, "order_transfer.buyer", f"group-transfer:{group.pk}", link=link_to(group), **facts)
        return
    tell_buyer(group, "order_unpaid.buyer", f"group-unpaid:{group.pk}", is_awaited=True, link=link_to(group), **facts)


@on(TransferFellShort)
def tell_buyer_what_is_missing(event: TransferFellShort) -> None:
    """How much came and how much is waited for. Unless all of it came meanwhile, or it ended."""
    share = TransferShare.objects.select_related("payment").get(pk=event.share_id)
    group, slip = group_paid_by(share.payment), transfer_slip_for(share.payment.reference)
    if group is None or slip is None or group.pay_before is None:
        return
    facts: dict[str, Any] = {"number": group.number, "received": plain(slip.came_centimes), "total": plain(slip.amount_centimes)}
    facts |= {"reference": slip.reference, "day": f"{localtime(group.pay_before):%d/%m}"}
    tell_buyer(group, "transfer_short.buyer", f"transfer-short:{share.pk}", link=link_to(group), **facts)


@on(OrderLapsed)
def tell_buyer_it_was_not_paid(event: OrderLapsed) -> None:
    group = OrderGroup.objects.get(pk=event.group_id)
    tell_buyer(group, "order_lapsed.buyer", f"group-lapsed:{group.pk}", number=group.number)


@on(RefundOwed)
def tell_of_money_to_give_back(event: RefundOwed) -> None:
    """Whoever keeps the register gives it back in the bank's pages. The buyer is told here of what came too much; of a part that
    does not come, with the part."""
    refund = Refund.objects.select_related("allocation__payment__surplus_of").get(pk=event.refund_id)
    group = group_paid_by(refund.allocation.payment)
    number = group.number if group else "-"
    facts: dict[str, Any] = {"total": plain(refund.amount_centimes), "day": f"{refund.due_on:%d/%m}", "number": number}
    for person in register_keepers():
        tell_person(person, "refund_owed.keeper", f"refund-owed:{refund.pk}", **facts)
    if group and refund.allocation.payment.surplus_of_id is not None:
        tell_buyer(group, "money_back.buyer", f"money-back:{refund.pk}", **facts)
