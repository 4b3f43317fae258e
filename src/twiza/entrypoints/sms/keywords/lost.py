"""`PERDU 1523`: nobody knows where the parcel is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import record_loss
from twiza.entrypoints.sms.parcels import act_on_parcel, told_by_driver
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "lost"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("perdu", "perdue", "colis perdu", "égaré", "égarée", "colis égaré", "disparu", "disparue", "volé", "volée"),
    "ar": ("ضائع", "ضاع", "ضاعت", "ضائعة", "مفقود", "مفقودة", "فقد الطرد", "ضاع الطرد", "سرق", "سرقت"),
    "ary": (
        "tlef", "tlfat", "telfat", "tellef", "twedder", "tweddrat", "twdder", "twddrat", "tsre9", "tser9at",
        "تلف", "تلفات", "توضر", "توضرات", "تودر", "تودرات", "تسرق", "تسرقات",
    ),
    "zgh": ("ijla", "tjla", "ⵉⵊⵍⴰ", "ⵜⵊⵍⴰ"),
    "en": ("lost", "parcel lost", "is lost", "stolen"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "PERDU {number}",
    "ar": "ضائع {number}",
    "ary": "TLEF {number}",
    "en": "LOST {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_parcel(reading, sender, WORDS, _record_loss, told_by_driver("lost"))


def _record_loss(order: Order, person: User) -> Reply:
    lost = record_loss(order, by=person)
    return Reply("parcel_lost", {"number": lost.number})
