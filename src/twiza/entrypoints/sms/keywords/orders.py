"""`COMMANDES`, `1`: the orders that wait for the sender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.selectors import open_orders_for, orders_waiting_for
from twiza.entrypoints.sms.orders import bought_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order

INTENT = "orders"
DIGIT = "1"
ABOUT: About = "question"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "commandes", "mes commandes", "liste", "liste des commandes", "commandes en cours", "commande",
        "commande en cours",
    ),
    "ar": ("الطلبات", "طلبات", "طلب", "طلباتي", "الطلبيات", "طلبيات", "طلبياتي"),
    "ary": (
        "talabat", "ltalabat", "talab", "tleb", "tlab", "talabiyat", "talabiat", "ltalabiyat", "komandat",
        "lkomandat", "commandat", "lcommandat", "komand", "الكوموندات", "كوموندات",
    ),
    "zgh": ("tuttra", "tuttriwin", "ⵜⵓⵜⵜⵔⴰ", "ⵜⵓⵜⵜⵔⵉⵡⵉⵏ"),
    "en": ("orders", "my orders", "order list"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("طلب", "commande", "talab", "tleb", "tlab", "komand")
HELP: Mapping[str, str] = {
    "fr": "1 commandes",
    "ar": "1 الطلبات",
    "ary": "1 talabat",
    "en": "1 orders",
}

MOST_LISTED = 4


def answer(reading: Reading, sender: Sender) -> Reply:
    """First those to answer, with their amounts; when there are none, those to prepare. A buyer hears of his own."""
    if sender.bought is not None and not sender.sells:
        return bought_order(sender.bought)
    if sender.person is None:
        return Reply("orders_none")
    waiting = orders_waiting_for(sender.person)
    if waiting:
        values = {"orders": _listed([_with_amount(order, sender) for order in waiting])}
        return Reply("orders_to_answer", {**values, "number": waiting[0].number})
    accepted = open_orders_for(sender.person)
    if not accepted:
        return Reply("orders_none")
    return Reply("orders_to_prepare", {"orders": _listed([order.number for order in accepted]), "number": accepted[0].number})


def _with_amount(order: Order, sender: Sender) -> str:
    return f"{order.number} ({plain(order.total_centimes)} {'د.م.' if sender.language == 'ar' else 'DH'})"


def _listed(entries: list[str]) -> str:
    more = len(entries) - MOST_LISTED
    return ", ".join(entries[:MOST_LISTED]) + (f" +{more}" if more > 0 else "")
