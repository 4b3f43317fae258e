"""A cooperative's side. Everything goes through the viewer's own cooperatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.orders.errors import OrderAmbiguous
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.states import NOT_ASKED, NOT_PROMISED, ON_THE_WAY
from twiza.domain.payments.selectors import refunds_of
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound
from twiza.kit.translations import translated

IN_HAND = Q(status=Order.Status.ACCEPTED)
COMING_BACK = Q(fulfilment__status=Fulfilment.Status.REFUSED)
UNANSWERED = Q(status__in=NOT_PROMISED)
OPEN = UNANSWERED | IN_HAND | COMING_BACK


@dataclass(frozen=True)
class Earnings:
    """In centimes: what buyers were asked for goods and carriage, by how far it has come."""

    received_centimes: int
    on_the_way_centimes: int
    to_prepare_centimes: int
    to_answer_centimes: int


@dataclass(frozen=True)
class WorkLeft:
    """How many of a cooperative's orders wait for what."""

    to_answer: int
    to_prepare: int
    to_send: int
    on_the_way: int
    coming_back: int

    @property
    def to_do(self) -> int:
        """Those that wait for the cooperative, and not for the road."""
        return self.to_answer + self.to_prepare + self.to_send


def order_for_cooperative_member(viewer: User, number: str) -> Order:
    """The order of one of the viewer's cooperatives with this number.

    Raises NotFound, also for another's; OrderAmbiguous when two of the viewer's cooperatives have it.
    """
    found = list(_orders_for(viewer).filter(number=number)[:2])
    if not found:
        raise NotFound
    if len(found) > 1:
        raise OrderAmbiguous(number=number, names=", ".join(order.cooperative.name for order in found))
    return found[0]


def orders_waiting_for(viewer: User) -> Sequence[Order]:
    """Those to accept or decline, the oldest first."""
    return list(_orders_for(viewer).filter(status=Order.Status.PLACED).order_by("pk"))


def open_orders_for(viewer: User) -> Sequence[Order]:
    """Those that still want something done, the oldest first."""
    return list(_orders_for(viewer).filter(OPEN).order_by("pk"))


def orders_of_cooperative(cooperative: Organisation, *, is_open: bool) -> Sequence[Order]:
    """Its open orders, or the last hundred that are not. Ask for the cooperative through the viewer first."""
    orders = _with_pictures(Order.objects.filter(_sold_by(cooperative)))
    return list(orders.filter(OPEN).order_by("pk") if is_open else orders.exclude(OPEN)[:100])


def order_of_cooperative(cooperative: Organisation, number: str) -> Order:
    """The order with this number that was placed with this page. Ask for the seller through the viewer first. Raises NotFound."""
    asked = Order.objects.filter(cooperative=cooperative, number=number).exclude(status__in=NOT_ASKED)
    order = _with_pictures(asked).first()
    if order is None:
        raise NotFound
    return order


def work_left(cooperative: Organisation) -> WorkLeft:
    """What waits for the cooperative. Ask for the cooperative through the viewer first."""
    counts = Order.objects.filter(_sold_by(cooperative)).aggregate(
        to_answer=Count("pk", filter=Q(status=Order.Status.PLACED)),
        to_prepare=Count("pk", filter=IN_HAND & Q(fulfilment__status=Fulfilment.Status.PENDING)),
        to_send=Count("pk", filter=IN_HAND & Q(fulfilment__status=Fulfilment.Status.READY)),
        on_the_way=Count("pk", filter=IN_HAND & Q(fulfilment__status__in=ON_THE_WAY)),
        coming_back=Count("pk", filter=COMING_BACK),
    )
    return WorkLeft(**counts)


def earnings_of(cooperative: Organisation) -> Earnings:
    """What is received and not to be given back, on its way, to prepare and to answer."""
    delivered = Q(fulfilment__status=Fulfilment.Status.DELIVERED)
    left = Q(fulfilment__status__in=ON_THE_WAY)
    sums = Order.objects.filter(_sold_by(cooperative)).aggregate(
        received=Sum("total_centimes", filter=delivered),
        on_the_way=Sum("total_centimes", filter=left),
        to_prepare=Sum("total_centimes", filter=IN_HAND & ~delivered & ~left),
        to_answer=Sum("total_centimes", filter=UNANSWERED),
    )
    brought = Order.objects.filter(_sold_by(cooperative), fulfilment__status=Fulfilment.Status.DELIVERED)
    parts = brought.annotate(part=Concat(Value("order:"), Cast("pk", CharField())))
    sums["received"] = (sums["received"] or 0) - refunds_of(parts.values("part"))
    return Earnings(**{f"{name}_centimes": amount or 0 for name, amount in sums.items()})


def short_content(order: Order, language: str) -> str:
    """What was ordered, for a text message: `2 x Miel 500 g, 1 x Huile 1 l`. Darija in Latin letters goes with French names."""
    script = "fr" if language in {"ary", "zgh"} else language
    return ", ".join(
        f"{line.quantity} x {translated(line, 'name', script)} {line.content_in(script)}".strip() for line in order.lines.all()
    )


def _sold_by(cooperative: Organisation) -> Q:
    """By itself, or by a page that became part of it: an order stays where it was placed, under its number.

    Not what was never paid: nobody there was asked.
    """
    return (Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)) & ~Q(status__in=NOT_ASKED)


def _orders_for(viewer: User) -> QuerySet[Order]:
    run = cooperatives_run_by(viewer).order_by().values("pk")
    asked = Order.objects.exclude(status__in=NOT_ASKED)
    return _with_everything(asked.filter(Q(cooperative__in=run) | Q(cooperative__merged_into__in=run)))


def _with_everything(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related(
        "group__commune__province",
        "fulfilment__driver",
        "fulfilment__errand",
        "fulfilment__sent_from__commune",
        "fulfilment__sent_from__cooperative__published_revision",
        "partial_offer",
        "checklist__checked_by",
        "cooperative__published_revision",
    ).prefetch_related("lines", "steps", "fulfilment__news", "partial_offer__lines")


def _with_pictures(orders: QuerySet[Order]) -> QuerySet[Order]:
    return _with_everything(orders).prefetch_related("lines__variant__product__kind", "lines__variant__product__photos")
