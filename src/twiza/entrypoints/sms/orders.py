"""What the words about an order share: finding it, and asking when in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from twiza.domain.orders.selectors import open_orders_for, order_for_cooperative_member
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import INSTEAD, Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.errors import NotFound
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order, OrderGroup
    from twiza.foundation.accounts.models import User

MOST_NAMED = 4


def found_order(reading: Reading, sender: Sender) -> Order | None:
    """The order with this number in one of the sender's cooperatives. Raises OrderAmbiguous."""
    if sender.person is None:
        return None
    try:
        return order_for_cooperative_member(sender.person, reading.order)
    except NotFound:
        return None


def unknown_order(reading: Reading) -> Reply:
    return Reply("unknown_order", {"number": reading.order}, outcome="not_found")


def bought_order(group: OrderGroup) -> Reply:
    """How far the buyer's own order is."""
    values = {"number": str(group.number), "status": group.get_status_display(), "amount": plain(group.due_centimes)}
    return Reply("buyer_order", values)


def act_on_order(
    reading: Reading, sender: Sender, words: Mapping[str, tuple[str, ...]], act: Callable[[Order, User], Reply]
) -> Reply:
    """`act` on the order that was surely read and is the sender's; else one question, or that there is no such order."""
    if reading.certainty != "sure":
        return ask(reading, sender, words, open_orders_for(sender.person) if sender.person else [])
    order = found_order(reading, sender)
    if order is None or sender.person is None:
        return unknown_order(reading)
    return act(order, sender.person)


def ask(reading: Reading, sender: Sender, words: Mapping[str, tuple[str, ...]], candidates: Sequence[Order]) -> Reply:
    """One question whose answer leaves no doubt. Nothing is done meanwhile."""
    word = words[INSTEAD.get(sender.language, sender.language)][0].upper()
    if reading.doubt in {"two_orders", "two_commands"}:
        return Reply("ask_one", {"word": word}, outcome="asked")
    if reading.order:
        return Reply("ask_again", {"word": word, "number": reading.order}, outcome="asked")
    if not candidates:
        return Reply("nothing_waiting", outcome="nothing_waiting")
    numbers = [order.number for order in candidates[:MOST_NAMED]]
    if len(candidates) == 1:
        return Reply("ask_again", {"word": word, "number": numbers[0]}, outcome="asked")
    return Reply("ask_number", {"word": word, "number": numbers[0], "numbers": ", ".join(numbers)}, outcome="asked")
