"""What is paid before anything is prepared: asked for once it is paid, cancelled when it is not."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import localdate

from twiza.domain.directory.selectors import opening_times_by
from twiza.domain.inventory.services import release_stock
from twiza.domain.orders.events import OrderLapsed, OrderPlaced, PaymentAwaited
from twiza.domain.orders.locking import lock_group, lock_open_cart
from twiza.domain.orders.models import Cart, Fulfilment, Order, OrderGroup, OrderLine, OrderMail, Step
from twiza.domain.orders.rules import CASH, REMIND_AFTER, answer_limits
from twiza.domain.orders.selectors.ways_to_pay import may_pay_at_the_door
from twiza.domain.orders.services.baskets import begin_checkout
from twiza.domain.orders.services.joining import ADDRESS
from twiza.domain.orders.services.parcels import never_leave
from twiza.domain.orders.services.reordering import OrderedAgain, order_again
from twiza.domain.orders.services.steps import derive_group, record_steps, wants_of
from twiza.domain.payments.errors import NotWaitingForMoney, ProviderNotOffered
from twiza.domain.payments.selectors import is_captured, provider
from twiza.domain.payments.services import cancel_unpaid
from twiza.foundation.events.services import publish
from twiza.kit import clock

AT_ONCE = 200


@transaction.atomic
def ask_cooperatives(group_id: int) -> bool:
    """It is paid: each cooperative is asked for its part from now on, and everybody is told (OrderPlaced).

    Whoever paid proved that they want it, so nothing is left to confirm. Says False when it was asked before, or is not paid.
    """
    group = lock_group(group_id)
    if group.status != OrderGroup.Status.UNPAID or not is_captured(group.payment_reference):
        return False
    orders = list(Order.objects.filter(group=group).order_by("pk"))
    now = clock.now()
    times = opening_times_by(order.cooperative_id for order in orders)
    for order in orders:
        order.status = Order.Status.PLACED
        for field, moment in answer_limits(times.get(order.cooperative_id), now).items():
            setattr(order, field, moment)
    Order.objects.bulk_update(orders, ["status", "answer_before", "chase_at", "give_up_at"])
    _promise_later(group)
    group.confirmed_at = now
    group.save(update_fields=["confirmed_at"])
    record_steps(orders, Step.What.PAID, by=group.buyer)
    derive_group(group)
    publish(OrderPlaced(group_id=group.pk))
    return True


def _promise_later(group: OrderGroup) -> None:
    """What was promised was counted from the day of the order: it comes as many days later as its money was waited for."""
    waited = clock.today() - localdate(group.placed_at)
    if waited:
        promised = list(Fulfilment.objects.filter(order__group=group, promised_until__isnull=False).order_by("pk"))
        for one in promised:
            one.promised_from = one.promised_from + waited if one.promised_from else None
            one.promised_until = one.promised_until + waited if one.promised_until else None
        Fulfilment.objects.bulk_update(promised, ["promised_from", "promised_until"])


@transaction.atomic
def lapse_order(group_id: int, *, is_told: bool = True) -> bool:
    """It is not paid, and cancelled: its stock may be sold again, nothing is owed, the buyer is told (OrderLapsed) unless they
    know.

    Locks the group, the payment, then the stock. Says False when it was paid or cancelled meanwhile.
    """
    group = lock_group(group_id)
    if group.status != OrderGroup.Status.UNPAID or not cancel_unpaid(group.payment_reference):
        return False
    orders = list(Order.objects.filter(group=group).select_related("fulfilment").order_by("pk"))
    for order in orders:
        order.status = Order.Status.LAPSED
        never_leave(order)
    Order.objects.bulk_update(orders, ["status"])
    release_stock(wants_of(OrderLine.objects.filter(order__group=group)), by=None, reason="not paid")
    record_steps(orders, Step.What.UNPAID, by=group.buyer)
    derive_group(group)
    if is_told:
        publish(OrderLapsed(group_id=group.pk))
    return True


def choose_payment(cart: Cart, code: str) -> None:
    """The basket is to be paid in this way, if that can be when it is ordered. Raises ProviderNotOffered, BasketOrdered."""
    provider(code)
    with transaction.atomic():
        kept = lock_open_cart(cart.pk)
        kept.pay_with = code
        kept.save(update_fields=["pay_with"])
    cart.pay_with = code


@transaction.atomic
def pay_at_the_door_instead(group: OrderGroup, cart: Cart) -> OrderedAgain:
    """What waited for a card lies in the basket again, as it was to be sent, to be paid in cash: its total may be another then.

    The order is cancelled and nobody is told. A card that pays for it all the same is owed back. Raises NotWaitingForMoney when
    it was paid or cancelled meanwhile, ProviderNotOffered when it cannot be paid in cash.
    """
    if not may_pay_at_the_door(group):
        raise ProviderNotOffered
    if not lapse_order(group.pk, is_told=False):
        raise NotWaitingForMoney
    told = order_again(group, cart)
    kept, before = lock_open_cart(cart.pk), group.cart
    for field in (*ADDRESS, "coupon_id"):
        setattr(kept, field, getattr(before, field))
    kept.pay_with = CASH
    kept.save()
    begin_checkout(kept)
    return told


def look_after_unpaid() -> int:
    """Whatever was to be paid by now is cancelled, or asked for when it was paid after all. Answers how many moved."""
    late = OrderGroup.objects.filter(status=OrderGroup.Status.UNPAID, pay_before__lte=clock.now()).order_by("pay_before")
    ids = list(late.values_list("pk", flat=True)[:AT_ONCE])
    return sum(lapse_order(group_id) or ask_cooperatives(group_id) for group_id in ids)


def remind_of_unpaid() -> int:
    """Whoever was to pay first and did not for a few minutes is written to, once, while it may be paid (PaymentAwaited).

    Answers how many were.
    """
    now = clock.now()
    waiting = OrderGroup.objects.filter(
        status=OrderGroup.Status.UNPAID, pay_before__gt=now, placed_at__lte=now - REMIND_AFTER, reminded_at__isnull=True
    )
    return sum(_remind(group_id) for group_id in list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remind(group_id: int) -> bool:
    group = lock_group(group_id)
    if group.status != OrderGroup.Status.UNPAID or group.reminded_at is not None or is_captured(group.payment_reference):
        return False
    group.reminded_at = clock.now()
    group.save(update_fields=["reminded_at"])
    publish(PaymentAwaited(group_id=group.pk))
    return True


def remember_mail(group: OrderGroup, key: str) -> None:
    """It was written to the buyer's e-mail address."""
    OrderMail.objects.get_or_create(key=key, defaults={"group": group})
