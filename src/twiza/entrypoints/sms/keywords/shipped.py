"""`ENVOYE 1523 LD123456789MA`, `6 1523`: the parcel left."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.selectors import open_orders_for
from twiza.domain.orders.services import hand_over_order
from twiza.entrypoints.sms.orders import ask, found_order, unknown_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

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
    "zgh": ("azn", "uzngh", "uznegh", "aznegh", "ⴰⵣⵏ", "ⵓⵣⵏⵖ"),
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
    if reading.certainty != "sure":
        return ask(reading, sender, WORDS, open_orders_for(sender.person) if sender.person else [])
    order = found_order(reading, sender)
    if order is None or sender.person is None:
        return unknown_order(reading)
    shipped = hand_over_order(order, by=sender.person, tracking=reading.tracking)
    if shipped.group.confirmed_at is None:
        return Reply("shipped_unconfirmed", {"number": shipped.number})
    return Reply("shipped", {"number": shipped.number})
