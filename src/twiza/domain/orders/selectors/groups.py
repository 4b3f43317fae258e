"""The buyer's side, and the operator's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from twiza.domain.orders.models import OrderGroup
from twiza.domain.orders.states import NOT_ASKED
from twiza.domain.payments.models import Payment
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


def group_by_token(token: str) -> OrderGroup:
    """The order behind the buyer's own link, which nobody can guess. Raises NotFound."""
    group = _with_everything(OrderGroup.objects.filter(token=token)).first()
    if group is None:
        raise NotFound
    return group


def group_waiting_for_confirmation_from(phone: str, number: str = "") -> OrderGroup | None:
    """The buyer's newest order that waits for a yes from this phone; the one with this number when it is given."""
    none_waits = [OrderGroup.Status.CANCELLED, OrderGroup.Status.UNPAID]
    waiting = OrderGroup.objects.filter(buyer_phone=phone, confirmed_at__isnull=True).exclude(status__in=none_waits)
    return (waiting.filter(number=number) if number else waiting).order_by("-pk").first()


def group_paid_by(payment: Payment) -> OrderGroup | None:
    """The order that this payment, or the one it came too much of, is for; nothing for money that was nobody's. Select
    `surplus_of` with it."""
    reference = payment.surplus_of.reference if payment.surplus_of else payment.reference
    kind, _, number = reference.partition(":")
    return OrderGroup.objects.get(pk=int(number)) if kind == "group" else None


def groups_paid_by(payments: Iterable[Payment]) -> dict[int, OrderGroup]:
    """The orders that these payments are for, by the payments' ids."""
    numbers = {
        payment.pk: int(payment.reference.removeprefix("group:"))
        for payment in payments
        if payment.reference.startswith("group:")
    }
    groups = OrderGroup.objects.in_bulk(numbers.values())
    return {payment_id: groups[number] for payment_id, number in numbers.items() if number in groups}


def group_numbered(number: str) -> OrderGroup | None:
    """The order of this number, its check digit included."""
    return OrderGroup.objects.filter(number=number).first()


def latest_group_from(phone: str, number: str = "") -> OrderGroup | None:
    """What this phone ordered last, in whatever state; the one with this number when it is given."""
    groups = OrderGroup.objects.filter(buyer_phone=phone)
    return (groups.filter(number=number) if number else groups).order_by("-pk").first()


def groups_of(viewer: User, limit: int = 50) -> Sequence[OrderGroup]:
    """The viewer's own orders, newest first: those placed signed in, and those placed with the phone they proved to hold."""
    own = Q(buyer=viewer)
    if viewer.phone and viewer.phone_verified_at:
        own |= Q(buyer_phone=viewer.phone)
    return list(_with_everything(OrderGroup.objects.filter(own))[:limit])


def groups_from_storefront(storefront: Storefront, limit: int = 100) -> Sequence[OrderGroup]:
    """The newest orders with something chosen in this storefront, once their cooperatives are asked. Ask for the storefront
    through the viewer first."""
    asked = OrderGroup.objects.exclude(orders__status__in=NOT_ASKED)
    groups = asked.filter(orders__lines__storefront=storefront).distinct()
    return list(_with_everything(groups)[:limit])


def _with_everything(groups: QuerySet[OrderGroup]) -> QuerySet[OrderGroup]:
    return groups.select_related("commune__province__region", "coupon").prefetch_related(
        "orders__lines__variant__product__kind",
        "orders__fulfilment__news",
        "orders__fulfilment__driver",
        "orders__steps",
        "orders__partial_offer__lines",
        "orders__cooperative__published_revision",
    )
