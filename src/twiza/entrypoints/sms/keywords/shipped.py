"""`ENVOYE 1523 LD123456789MA`, `6 1523`: the parcel left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import hand_over_order
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "shipped"
DIGIT = "6"
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "envoyé", "envoyée", "envoyés", "envoyées", "j'ai envoyé", "expédié", "expédiée", "expédiés", "expédiées",
        "j'ai expédié", "expédition", "envoi", "parti", "partie", "est parti", "est partie", "posté", "postée",
        "remis au transporteur", "remise au transporteur",
    ),
    "ar": (
        "أرسلت", "أرسلنا", "أرسل", "إرسال", "تم الإرسال", "تم إرسال", "شحن", "شحنت", "شحنا", "تم الشحن", "تم شحن",
        "بعثت", "بعثنا", "أرسلتها", "أرسلناها",
    ),
    "ary": (
        "sifet", "sift", "siftt", "sifett", "sifte", "tsift", "tsifet", "tsifett", "sayfet", "sayft", "sayfett",
        "seyfet", "seyft", "seyfett", "siftna", "sifetna", "siftha", "sifetha", "sifttha", "sifetnaha", "siftnaha",
        "siftou", "sefet", "seft", "saft", "rselt", "rsselt", "rsalt", "rselna", "صيفط", "صيفطت", "صيفطنا",
        "صيفطتها", "صيفطناها", "صيفطتو", "صيفطناه", "سيفط", "سيفطت", "سيفطنا", "سيفطتها", "سيفطناها", "صافط",
        "تصيفط", "تصيفطات",
    ),
    "zgh": ("azn", "azngh", "uzngh", "uznegh", "aznegh", "ⴰⵣⵏ", "ⵓⵣⵏⵖ"),
    "en": ("sent", "shipped", "posted", "dispatched", "i sent"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "ENVOYE {number}",
    "ar": "أرسلت {number}",
    "ary": "SIFET {number}",
    "en": "SENT {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_order(reading, sender, WORDS, lambda order, person: _hand_over(order, person, reading.tracking))


def _hand_over(order: Order, person: User, tracking: str) -> Reply:
    shipped = hand_over_order(order, by=person, tracking=tracking)
    if shipped.group.confirmed_at is None:
        return Reply("shipped_unconfirmed", {"number": shipped.number})
    return Reply("shipped", {"number": shipped.number})
