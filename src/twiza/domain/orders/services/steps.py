"""One writer for what happened to an order, for the words derived from it, and for what its lines want of the stock."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from twiza.domain.inventory.services import Want
from twiza.domain.orders.models import Order, OrderGroup, OrderLine, Step
from twiza.domain.orders.states import NOT_OWED, group_status
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import Subject, current_channel, record_each


def record_step(order: Order, what: str, *, by: User | None) -> None:
    """The step is in the order's history and in the audit. Call it in the step's own transaction."""
    record_steps([order], what, by=by)


def record_steps(orders: Collection[Order], what: str, *, by: User | None) -> None:
    """The same, of several orders to which it happened at once."""
    Step.objects.bulk_create(Step(order=order, what=what, by=by, channel=current_channel()) for order in orders)
    record_each(
        f"orders.{what}",
        [Subject(f"order:{order.pk}", f"organisation:{order.cooperative_id}", {"number": order.number}) for order in orders],
        by=by,
    )


def derive_group(group: OrderGroup) -> None:
    """The group's status and what is still owed follow from its parts. Nothing else writes them once it is placed.

    The group must be locked.
    """
    parts = list(Order.objects.filter(group=group).values_list("status", "total_centimes"))
    group.status = group_status([status for status, _ in parts])
    group.due_centimes = sum(total for status, total in parts if status not in NOT_OWED)
    group.save(update_fields=["status", "due_centimes"])


def wants_of(lines: Iterable[OrderLine]) -> list[Want]:
    """What these lines take from the stock or promise ahead of it, each under its own reference."""
    return [Want(line.variant_id, line.quantity, f"order-line:{line.pk}", line.way) for line in lines]
