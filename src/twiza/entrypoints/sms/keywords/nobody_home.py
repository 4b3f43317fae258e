"""`ABSENT 1523`: the parcel could not be given today; it is brought again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import record_missed_delivery
from twiza.entrypoints.sms.parcels import act_on_parcel, told_by_driver
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "nobody_home"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "absent", "absente", "client absent", "cliente absente", "acheteur absent", "personne", "il n'y a personne",
        "n'y a personne", "y a personne", "personne à la maison", "pas à la maison", "pas là",
    ),
    "ar": ("غائب", "غائبة", "لا أحد", "لا أحد في المنزل", "لا أحد في البيت", "لم نجد أحدا", "لم أجد أحدا", "غير موجود"),
    "ary": (
        "makaynch", "ma kaynch", "makaynach", "ma kaynach", "makayn 7ed", "ma kayn 7ed", "makayn hed", "ma kayn hed",
        "makaynch fdar", "ma kaynch f dar", "ماكاينش", "ما كاينش", "ماكايناش", "ما كايناش", "ما كاين حد", "ماكاين حد",
    ),
    "zgh": ("ur illi", "ur tlli", "ur llin", "ⵓⵔ ⵉⵍⵍⵉ", "ⵓⵔ ⵜⵍⵍⵉ"),
    "en": ("absent", "nobody home", "nobody at home", "no one home", "not at home", "not home"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("personne",)
HELP: Mapping[str, str] = {
    "fr": "ABSENT {number}",
    "ar": "غائب {number}",
    "ary": "MAKAYNCH {number}",
    "en": "ABSENT {number}",
}
REASON = "nobody_home"


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_parcel(reading, sender, WORDS, _record_missed, told_by_driver("missed", REASON))


def _record_missed(order: Order, person: User) -> Reply:
    missed = record_missed_delivery(order, reason=REASON, on=clock.today(), by=person)
    return Reply("parcel_missed", {"number": missed.number})
