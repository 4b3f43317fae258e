"""Questions about what is sent back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from twiza.domain.aftersales.models import Return, ReturnedLine
from twiza.domain.aftersales.rules import may_be_returned, return_until, share_of
from twiza.domain.aftersales.states import IS_BACK, OPEN
from twiza.domain.delivery.selectors import holidays_since
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.orders.selectors import borne_by_twiza
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST = 200


@dataclass(frozen=True)
class OfferedLine:
    """So many of a line may still be sent back, after so many that were asked for before."""

    line: OrderLine
    left: int
    before: int


@dataclass(frozen=True)
class ReturnOffer:
    """What of an order may be sent back until this day, and what may not."""

    until: date
    lines: Sequence[OfferedLine]
    kept: Sequence[OrderLine]


def return_offers(orders: Iterable[Order]) -> dict[int, ReturnOffer]:
    """By order, those of which something may still be sent back today. Select the fulfilment, prefetch the lines."""
    arrived = [order for order in orders if order.fulfilment.delivered_at is not None]
    if not arrived:
        return {}
    since = min(clock.local_day(order.fulfilment.delivered_at) for order in arrived if order.fulfilment.delivered_at)
    holidays = holidays_since(since)
    asked: Counter[int] = Counter()
    for pk, pieces in ReturnedLine.objects.filter(line__order__in=arrived).values_list("line_id", "quantity"):
        asked[pk] += pieces
    offers = {}
    for order in arrived:
        until = return_until(order, holidays)
        lines = [
            OfferedLine(line, line.quantity - asked[line.pk], asked[line.pk])
            for line in order.lines.all()
            if may_be_returned(line) and asked[line.pk] < line.quantity
        ]
        if lines and until is not None and until >= clock.today():
            kept = [line for line in order.lines.all() if not may_be_returned(line)]
            offers[order.pk] = ReturnOffer(until, lines, kept)
    return offers


def returns_of(orders: Iterable[Order]) -> dict[int, list[Return]]:
    """By order, what was asked to be sent back, the oldest first."""
    found: dict[int, list[Return]] = defaultdict(list)
    for returned in Return.objects.filter(order__in=orders).prefetch_related("lines__line").order_by("pk"):
        found[returned.order_id].append(returned)
    return dict(found)


def returns_to(cooperative: Organisation) -> Sequence[Return]:
    """What comes back to a cooperative, also to pages merged into its own: what is to be done first, by its last day."""
    its_own = Q(order__cooperative=cooperative) | Q(order__cooperative__merged_into=cooperative)
    found = _with_everything(Return.objects.filter(its_own)).order_by("refund_due_on", "pk")[:MOST]
    return sorted(found, key=lambda returned: returned.state not in OPEN)


def open_returns_to(cooperative: Organisation) -> int:
    """How many of them wait for the cooperative to do something."""
    its_own = Q(order__cooperative=cooperative) | Q(order__cooperative__merged_into=cooperative)
    is_the_markets = Q(state=Return.State.RECEIVED, order__group__pay_before__isnull=False, refund_centimes__gt=0)
    return Return.objects.filter(its_own, state__in=OPEN).exclude(is_the_markets).count()


def return_to(cooperative: Organisation, return_id: int) -> Return:
    """One of the cooperative's own. Another's does not exist for it (NotFound)."""
    found = _with_everything(Return.objects.filter(order__cooperative=cooperative, pk=return_id)).first()
    if found is None:
        raise NotFound
    return found


def returns_from(storefront: Storefront) -> Sequence[Return]:
    """What is sent back of orders with something chosen in this storefront and not settled yet, the most urgent first.

    Ask for the storefront through the viewer first.
    """
    here = Order.objects.filter(lines__storefront=storefront).values("pk")
    found = Return.objects.filter(order__in=here, state__in=OPEN)
    return list(_with_everything(found).order_by("refund_due_on", "pk")[:MOST])


def refunds_just_late(limit: int = 500) -> Sequence[int]:
    """Returns whose last day has passed without a refund, of which nobody was told yet."""
    late = Return.objects.filter(state__in=OPEN, refund_due_on__lt=clock.today(), told_late_at__isnull=True)
    return list(late.order_by("pk").values_list("pk", flat=True)[:limit])


def owed_for_coupons(cooperative: Organisation) -> int:
    """What Twiza owes it because buyers had coupons, in centimes: nothing for what came back."""
    back = ReturnedLine.objects.filter(returned__state__in=IS_BACK, line__order__cooperative=cooperative)
    return borne_by_twiza(cooperative) - sum(
        share_of(
            one.line.discount_centimes - one.line.cooperative_discount_centimes, one.line, one.quantity, before=one.pieces_before
        )
        for one in back.filter(line__discount_centimes__gt=0).select_related("line")
    )


def _with_everything(returns: QuerySet[Return]) -> QuerySet[Return]:
    known = ("order__group__commune", "order__cooperative__published_revision", "order__fulfilment")
    return returns.select_related(*known).prefetch_related("lines__line", "order__lines")
