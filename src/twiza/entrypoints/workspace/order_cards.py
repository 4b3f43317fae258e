"""An order as its cooperative reads it: what it asks for, how urgently, and what happened so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timesince import timesince, timeuntil
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from twiza.domain.orders.rules import NextAction, is_paid_on_delivery, news_to_tell, next_action
from twiza.entrypoints.workspace.agent_acts import signed_for
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order, ParcelNews, PartialOffer

ICONS = {
    NextAction.ANSWER: "message",
    NextAction.AWAIT_CHOICE: "people",
    NextAction.PREPARE: "box",
    NextAction.SEND: "send",
    NextAction.AWAIT_BUYER: "store",
    NextAction.DELIVER: "truck",
    NextAction.AWAIT_RETURN: "back",
}
STRAIGHT = ("placed", "accepted", "ready", "handed_over")
ENDINGS = ("unanswered", "unconfirmed", "left", "lapsed", "declined")


@dataclass(frozen=True)
class OrderCard:
    """`left` is the time to answer in words, empty once it is over; `age` since it was placed."""

    order: Order
    action: str
    cash_centimes: int
    is_late: bool
    left: str
    age: str
    shows_phone: bool

    @property
    def is_confirmed(self) -> bool:
        return self.order.group.confirmed_at is not None

    @property
    def is_refused(self) -> bool:
        return bool(self.order.status == "declined")

    @property
    def is_undelivered(self) -> bool:
        return bool(self.order.status == "undelivered")

    @property
    def part(self) -> PartialOffer | None:
        """What of it there is, when that is not everything."""
        return getattr(self.order, "partial_offer", None)

    @property
    def news(self) -> list[ParcelNews]:
        """Why its buyer does not have the parcel yet."""
        return news_to_tell(self.order.fulfilment)


@dataclass(frozen=True)
class OrderPile:
    """The orders that wait for the same thing."""

    action: str
    icon: str
    title: str
    cards: tuple[OrderCard, ...]


def card_of(order: Order) -> OrderCard:
    now = clock.now()
    action = next_action(order)
    waits = action == NextAction.ANSWER
    return OrderCard(
        order=order,
        action=action,
        cash_centimes=order.total_centimes if is_paid_on_delivery(order) and order.status != "undelivered" else 0,
        is_late=waits and order.answer_before <= now,
        left=_words(timeuntil(order.answer_before, now, depth=1)) if waits and order.answer_before > now else "",
        age=_words(timesince(order.group.placed_at, now, depth=1)),
        # Personal data only for whoever promised to deliver (law 09-08).
        shows_phone=order.status not in {"placed", "offered", "declined"},
    )


def piles_of(orders: Sequence[Order]) -> list[OrderPile]:
    """The orders by what they wait for, in the order of the work; no empty pile."""
    cards = [card_of(order) for order in orders]
    piles = [
        OrderPile(action, icon, _titles()[action], tuple(card for card in cards if card.action == action))
        for action, icon in ICONS.items()
    ]
    return [pile for pile in piles if pile.cards]


def steps_of(order: Order, agents: Mapping[int, str]) -> list[dict[str, object]]:
    """The order's way for `ui/steps.html`: what happened, what is now, what comes; and which agent did it (by id, named)."""
    happened = {step.what: step.at for step in order.steps.all()}
    signed = {step.what: agents.get(step.by_id or 0, "") for step in order.steps.all()}
    way = _way_of(order)
    names = _step_names(order)
    now = next((what for what in way if what not in happened), None)
    return [
        {
            "name": names[what],
            "state": _state(what, happened, now),
            "detail": _detail(order, what, happened.get(what), signed.get(what, "")),
        }
        for what in way
    ]


def _way_of(order: Order) -> list[str]:
    happened = {step.what for step in order.steps.all()}
    if order.status == "declined":
        asked = ["offered"] if "offered" in happened else []
        return ["placed", *asked, next((what for what in ENDINGS if what in happened), "declined")]
    if order.status == "offered":
        return ["placed", "offered", *STRAIGHT[1:], "delivered"]
    if order.status == "undelivered":
        ending = ["lost"] if "lost" in happened else ["returned"]
        return [what for what in STRAIGHT if what in happened] + [*(["refused"] if "refused" in happened else []), *ending]
    if order.fulfilment.is_fetched:
        return ["placed", "accepted", "ready", "delivered"]
    skips_ready = "handed_over" in happened and "ready" not in happened
    return ["placed", "accepted", *([] if skips_ready else ["ready"]), "handed_over", "delivered"]


def _state(what: str, happened: dict[str, datetime], now: str | None) -> str:
    if what in {*ENDINGS, "refused", "lost"}:
        return "refused"
    if what in happened:
        return "done"
    return "now" if what == now else "next"


def _detail(order: Order, what: str, at: datetime | None, agent: str) -> str:
    said = _moment(at) or (order.decline_reason if what == "declined" else "")
    return f"{said} · {signed_for(agent, order.cooperative.name)}" if agent else said


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""


def _words(duration: str) -> str:
    return duration.replace("\xa0", " ")


def _titles() -> dict[str, str]:
    return {
        NextAction.ANSWER: pgettext("orders", "To answer"),
        NextAction.AWAIT_CHOICE: pgettext("orders", "The buyer is asked"),
        NextAction.PREPARE: pgettext("orders", "To prepare"),
        NextAction.SEND: pgettext("orders", "To send"),
        NextAction.AWAIT_BUYER: pgettext("orders", "The buyer comes for it"),
        NextAction.DELIVER: pgettext("orders", "On the way"),
        NextAction.AWAIT_RETURN: pgettext("orders", "Coming back"),
    }


def _step_names(order: Order) -> dict[str, str]:
    return {
        "placed": _("The buyer ordered"),
        "declined": _("You refused"),
        "offered": _("You have a part: the buyer is asked"),
        "left": _("The buyer did not want a part"),
        "lapsed": _("The buyer did not answer in time"),
        "unanswered": _("Cancelled: no answer in time"),
        "unconfirmed": _("Cancelled: the buyer did not confirm in time"),
        "accepted": _("You accept"),
        "ready": _("The parcel is ready"),
        "handed_over": _("The parcel is on its way"),
        "delivered": _("The buyer has it and paid") if is_paid_on_delivery(order) else _("The buyer has it"),
        "refused": _("Nobody took it"),
        "lost": _("It is lost"),
        "returned": _("It is back with you"),
    }
