"""`LIVRE 1523`, `7 1523`: the buyer has it, and paid when it was to be paid on delivery."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.selectors import open_orders_for
from twiza.domain.orders.services import record_delivery
from twiza.entrypoints.sms.orders import ask, found_order, unknown_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

INTENT = "delivered"
DIGIT = "7"
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "livré", "livrée", "livrés", "livrées", "bien livré", "bien livrée", "arrivé", "arrivée", "est arrivé",
        "est arrivée", "remis au client", "remise au client",
    ),
    "ar": (
        "وصل", "وصلت", "تم التسليم", "تم تسليم", "تسليم", "سلمت", "سلمنا", "تم التوصيل", "تم توصيل",
    ),
    "ary": (
        "wslat", "wsel", "wssel", "wslt", "weslat", "wesslat", "wesla", "wslet", "wesel", "wasal", "waslat", "wsal",
        "wsslat", "twesslat", "twesslet", "tsellem", "tsellmat", "wssaltha", "wsseltha", "wesseltha", "وصلات",
        "وصلاتو", "وصلاتها", "وصلاه", "تسلم", "تسلمات", "وصلتها", "وصلتو",
    ),
    "zgh": ("awd", "lkem", "ilkem", "tlkem", "ilkm", "tlkm", "ⴰⵡⴹ", "ⵍⴽⵎ", "ⵉⵍⴽⵎ", "ⵜⵍⴽⵎ"),
    "en": ("delivered", "arrived", "it arrived"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "LIVRE {number}",
    "ar": "وصل {number}",
    "ary": "WSLAT {number}",
    "en": "DELIVERED {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    if reading.certainty != "sure":
        return ask(reading, sender, WORDS, open_orders_for(sender.person) if sender.person else [])
    order = found_order(reading, sender)
    if order is None or sender.person is None:
        return unknown_order(reading)
    delivered = record_delivery(order, by=sender.person)
    return Reply("delivered", {"number": delivered.number, "amount": plain(delivered.total_centimes)})
