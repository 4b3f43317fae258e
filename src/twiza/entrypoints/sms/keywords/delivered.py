"""`LIVRE 1523`, `7 1523`: the buyer has it, and paid when it was to be paid on delivery."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import record_delivery
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "delivered"
DIGIT = "7"
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "livré", "livrée", "livrés", "livrées", "bien livré", "bien livrée", "arrivé", "arrivée", "est arrivé",
        "est arrivée", "remis au client", "remise au client", "reçu par le client", "reçue par le client",
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
    return act_on_order(reading, sender, WORDS, _record_delivery)


def _record_delivery(order: Order, person: User) -> Reply:
    delivered = record_delivery(order, by=person)
    return Reply("delivered", {"number": delivered.number, "amount": plain(delivered.total_centimes)})
