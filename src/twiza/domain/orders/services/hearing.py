"""What is heard of a parcel on its way. News may come twice, late and in any order; it moves a parcel only forward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import release_stock
from twiza.domain.orders.errors import AlreadyDone, DayStillToCome, NotAcceptedYet, NotReadyYet
from twiza.domain.orders.events import DeliveryMissed
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order, ParcelNews
from twiza.domain.orders.services.parcels import come_back, deliver, get_lost, go_back, leave, travel
from twiza.domain.orders.services.steps import wants_of
from twiza.domain.orders.states import FULFILMENT, NOT_ASKED, NOT_LEFT, NOT_PROMISED, ON_THE_WAY
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

COOPERATIVE = "cooperative"
# A parcel that nobody could be given to is with its carrier.
_LEADS_TO: Mapping[str, str] = {
    ParcelNews.What.IN_TRANSIT: Fulfilment.Status.IN_TRANSIT,
    ParcelNews.What.MISSED: Fulfilment.Status.IN_TRANSIT,
    ParcelNews.What.DELIVERED: Fulfilment.Status.DELIVERED,
    ParcelNews.What.REFUSED: Fulfilment.Status.REFUSED,
    ParcelNews.What.LOST: Fulfilment.Status.LOST,
}


@dataclass(frozen=True)
class News:
    """`what` and `reason` as of ParcelNews; `source` says who tells, and by which `reference` it is told once."""

    what: str
    on: date
    source: str
    reference: str
    reason: str = ""


@transaction.atomic
def hear_of_parcel(order: Order, news: News) -> bool:
    """What a carrier tells of a parcel; says whether it moved by it. Never refused.

    Heard twice it counts once; what is late or cannot be is kept, and changes nothing. A parcel of which nobody said that
    it left has left. Only the cooperative says that it has a parcel again.
    """
    order = lock_order(order.pk)
    return _keep(order, news, by=None)[1]


@transaction.atomic
def record_missed_delivery(order: Order, *, reason: str, on: date, by: User) -> Order:
    """The carrier came on that day and could not give it. The buyer is told once a day (DeliveryMissed).

    `reason` is a ParcelNews.Reason. Raises NotAcceptedYet, NotReadyYet, AlreadyDone, DayStillToCome, NotFound.
    """
    order = _lock_on_the_way(order, by)
    if on > clock.today():
        raise DayStillToCome
    _keep(order, News(ParcelNews.What.MISSED, on, COOPERATIVE, f"missed:{on}", reason), by=by)
    return order


@transaction.atomic
def record_refusal(order: Order, *, reason: str, by: User) -> Order:
    """Nobody took it and it comes back: nothing is owed for it, buyer and cooperative are told (FulfilmentRefused).

    One that waited to be fetched has never left, and may be sold again at once. `reason` is a ParcelNews.Reason.
    Raises NotAcceptedYet, NotReadyYet, AlreadyDone, NotFound.
    """
    waited = order.fulfilment.is_fetched
    order = _lock_on_the_way(order, by, waited_for=waited)
    has_left = order.fulfilment.status not in NOT_LEFT
    news = News(ParcelNews.What.REFUSED, clock.today(), COOPERATIVE, ParcelNews.What.REFUSED, reason)
    if has_left:
        _keep(order, news, by=by)
    else:
        go_back(order, _write(order, news, by=by, moved=True), by=by)
        release_stock(wants_of(order.lines.all()), by=by)
        come_back(order, by=by)
    return order


@transaction.atomic
def record_loss(order: Order, *, by: User) -> Order:
    """The parcel is nowhere: nothing is owed for it, buyer and cooperative are told (FulfilmentLost).

    Raises NotAcceptedYet, NotReadyYet, AlreadyDone, NotFound.
    """
    order = _lock_on_the_way(order, by, status=Fulfilment.Status.LOST)
    _keep(order, News(ParcelNews.What.LOST, clock.today(), COOPERATIVE, ParcelNews.What.LOST), by=by)
    return order


def _keep(order: Order, news: News, *, by: User | None) -> tuple[ParcelNews | None, bool]:
    """(the news unless it was heard before, whether the parcel moved). Lock the order first."""
    told = ParcelNews.objects.filter(fulfilment=order.fulfilment, source=news.source, reference=news.reference)
    if told.exists():
        return None, False
    target = _LEADS_TO.get(news.what)
    moves = target is not None and _may_become(order, target)
    kept = _write(order, news, by=by, moved=moves)
    if moves and target is not None:
        _follow(order, target, kept, by)
    if news.what == ParcelNews.What.MISSED and order.fulfilment.status in ON_THE_WAY:
        publish(DeliveryMissed(news_id=kept.pk))
    return kept, moves


def _write(order: Order, news: News, *, by: User | None, moved: bool) -> ParcelNews:
    return ParcelNews.objects.create(
        fulfilment=order.fulfilment,
        what=news.what,
        reason=news.reason,
        on=news.on,
        source=news.source,
        reference=news.reference,
        moved=moved,
        by=by,
    )


def _may_become(order: Order, target: str) -> bool:
    """An order that nobody accepted has no parcel, whatever a carrier says."""
    now = order.fulfilment.status
    if now in NOT_LEFT:
        return order.status == Order.Status.ACCEPTED
    return target in FULFILMENT[now]


def _follow(order: Order, target: str, news: ParcelNews, by: User | None) -> None:
    if order.fulfilment.status in NOT_LEFT:
        leave(order, by=by)
    match target:
        case Fulfilment.Status.IN_TRANSIT:
            travel(order, by=by)
        case Fulfilment.Status.DELIVERED:
            deliver(order, by=by)
        case Fulfilment.Status.REFUSED:
            go_back(order, news, by=by)
        case Fulfilment.Status.LOST:
            get_lost(order, by=by)


def _lock_on_the_way(order: Order, by: User, *, status: str = Fulfilment.Status.REFUSED, waited_for: bool = False) -> Order:
    """The order, locked, whose parcel may become this; one that is `waited_for` may also lie ready."""
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    now = order.fulfilment.status
    if order.status in NOT_ASKED:
        raise NotFound
    if order.status in NOT_PROMISED:
        raise NotAcceptedYet(number=order.number)
    if status in FULFILMENT[now] or (waited_for and now == Fulfilment.Status.READY):
        return order
    if now in NOT_LEFT:
        raise NotReadyYet(number=order.number)
    raise AlreadyDone(number=order.number, status=order.fulfilment.get_status_display())
