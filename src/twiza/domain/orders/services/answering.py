"""The cooperative answers, the buyer confirms."""

from __future__ import annotations

import hmac

from django.db import transaction
from django.db.models import F

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import release_stock
from twiza.domain.orders.errors import AlreadyAnswered, TooManyAttempts, WrongCode
from twiza.domain.orders.events import OrderAccepted, OrderConfirmed, OrderDeclined
from twiza.domain.orders.locking import lock_group, lock_order
from twiza.domain.orders.models import Order, OrderGroup, PartialOffer, Step
from twiza.domain.orders.services.parcels import never_leave
from twiza.domain.orders.services.steps import derive_group, record_step, wants_of
from twiza.domain.orders.states import ORDER
from twiza.domain.payments.services import cancel_part
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST_CODE_ATTEMPTS = 5


@transaction.atomic
def accept_order(order: Order, *, by: User) -> Order:
    """The cooperative promises to prepare its part. The buyer is told (OrderAccepted). Stock was taken when it was placed.

    Raises AlreadyAnswered; NotFound when `by` does not speak for the cooperative.
    """
    order = _answer(order, Order.Status.ACCEPTED, by)
    record_step(order, Step.What.ACCEPTED, by=by)
    derive_group(order.group)
    publish(OrderAccepted(order_id=order.pk))
    return order


@transaction.atomic
def decline_order(order: Order, *, by: User, reason: str = "") -> Order:
    """The cooperative will not prepare its part: its stock may be sold again, nothing is owed for it, the buyer is told why.

    Raises AlreadyAnswered; NotFound when `by` does not speak for the cooperative.
    """
    order = _answer(order, Order.Status.DECLINED, by)
    end_unprepared(order, Step.What.DECLINED, reason=reason, by=by)
    return order


def end_unprepared(order: Order, what: str, *, reason: str, by: User | None) -> None:
    """Nobody prepares what was declined just now: its stock may be sold again, nothing is owed for it, the buyer is told why.

    Call it inside a transaction, with the order locked.
    """
    free_unprepared(order, what, reason=reason, by=by)
    publish(OrderDeclined(order_id=order.pk))


def free_unprepared(order: Order, what: str, *, reason: str, by: User | None) -> None:
    """The same without a word to anybody: whoever calls says what it was. Call it with the order locked."""
    order.decline_reason = reason[:240]
    order.save(update_fields=["decline_reason"])
    never_leave(order)
    release_stock(wants_of(order.lines.all()), by=by, reason=reason[:200])
    cancel_part(f"order:{order.pk}")
    record_step(order, what, by=by)
    derive_group(order.group)


@transaction.atomic
def confirm_group(group: OrderGroup) -> OrderGroup:
    """The buyer holds the phone and still wants it: parcels paid on delivery may leave with less risk.

    The cooperatives are told (OrderConfirmed). Confirmed twice, the first time counts.
    """
    group = lock_group(group.pk)
    if group.confirmed_at is None:
        group.confirmed_at = clock.now()
        group.save(update_fields=["confirmed_at"])
        for order in Order.objects.filter(group=group).exclude(status=Order.Status.DECLINED):
            record_step(order, Step.What.CONFIRMED, by=group.buyer)
        publish(OrderConfirmed(group_id=group.pk))
    return group


def confirm_with_code(group: OrderGroup, code: str) -> OrderGroup:
    """The same, by the code of the text message typed on the order's page.

    Raises WrongCode, and TooManyAttempts after five: then only an answer by text confirms.
    """
    if group.confirmed_at is not None:
        return group
    # Counted in a transaction of its own, so that a refusal does not take the count back.
    counted = OrderGroup.objects.filter(pk=group.pk, confirmation_attempts__lt=MOST_CODE_ATTEMPTS)
    if not counted.update(confirmation_attempts=F("confirmation_attempts") + 1):
        raise TooManyAttempts
    if not hmac.compare_digest(code.encode(), group.confirmation_code.encode()):
        raise WrongCode
    return confirm_group(group)


def _answer(order: Order, status: str, by: User) -> Order:
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    if status not in ORDER[order.status]:
        raise AlreadyAnswered(number=order.number, status=order.get_status_display())
    now = clock.now()
    # Whoever asked the buyer about a part and decides otherwise asks no more.
    PartialOffer.objects.filter(order=order, state=PartialOffer.State.ASKED).update(
        state=PartialOffer.State.WITHDRAWN, answered_at=now
    )
    order.status = status
    order.answered_at = now
    order.save(update_fields=["status", "answered_at"])
    return order
