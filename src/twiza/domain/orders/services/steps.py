"""One writer for what happened to an order, for the words derived from it, and for what its lines want of the stock."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.inventory.services import Want
from twiza.domain.orders.models import Order, OrderGroup, OrderLine, Step
from twiza.domain.orders.states import group_status
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import current_channel, record


def record_step(order: Order, what: str, *, by: User | None) -> None:
    """The step is in the order's history and in the audit. Call it in the step's own transaction."""
    Step.objects.create(order=order, what=what, by=by, channel=current_channel())
    record(
        f"orders.{what}",
        subject=f"order:{order.pk}",
        by=by,
        on_behalf_of=f"organisation:{order.cooperative_id}",
        details={"number": order.number},
    )


def derive_group(group: OrderGroup) -> None:
    """The group's status and what is still owed follow from its parts. The group must be locked."""
    parts = list(Order.objects.filter(group=group).values_list("status", "total_centimes"))
    group.status = group_status([status for status, _ in parts])
    group.due_centimes = sum(total for status, total in parts if status != Order.Status.DECLINED)
    group.save(update_fields=["status", "due_centimes"])


def wants_of(lines: Iterable[OrderLine]) -> list[Want]:
    """What these lines take from the stock or promise ahead of it, each under its own reference."""
    return [Want(line.variant_id, line.quantity, f"order-line:{line.pk}", line.way) for line in lines]
