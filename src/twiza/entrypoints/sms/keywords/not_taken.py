"""`COLIS REFUSE 1523`: its buyer did not want the parcel, and it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import record_refusal
from twiza.entrypoints.sms.parcels import act_on_parcel, told_by_driver
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "not_taken"
DIGIT = ""
ABOUT: About = "order"
# "Refused" alone is what a cooperative answers to an order: of a parcel it is said with the parcel, or with who refused.
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "colis refusé", "refusé par le client", "refusée par le client", "refusé par la cliente", "client a refusé",
        "le client refuse", "client refuse", "cliente refuse", "colis pas pris", "pas pris", "pas voulu",
    ),
    "ar": ("طرد مرفوض", "الطرد مرفوض", "رفض الطرد", "رفضوا الطرد", "رفض الزبون", "الزبون رفض", "الزبونة رفضت"),
    "ary": (
        "lkoli mrfoud", "lkoli merfoud", "koli mrfoud", "ma bghach", "mabghach", "ma bghahach", "mabghahach",
        "ma bghatch", "mabghatch", "ma bghathach", "mabghathach", "klian rfed", "lklian rfed",
        "ما بغاش", "مابغاش", "ما بغاهاش", "مابغاهاش", "ما بغاتش", "مابغاتش", "ما بغاتهاش", "مابغاتهاش",
    ),
    "zgh": ("ur tt iri", "ur t iri", "yugi lkoli", "ⵢⵓⴳⵉ ⵍⴽⵓⵍⵉ"),
    "en": ("parcel refused", "refused by the buyer", "buyer refused", "not taken", "nobody took it"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "COLIS REFUSE {number}",
    "ar": "طرد مرفوض {number}",
    "ary": "LKOLI MRFOUD {number}",
    "en": "PARCEL REFUSED {number}",
}
REASON = "not_wanted"


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_parcel(reading, sender, WORDS, _record_refusal, told_by_driver("refused", REASON))


def _record_refusal(order: Order, person: User) -> Reply:
    refused = record_refusal(order, reason=REASON, by=person)
    return Reply("parcel_refused", {"number": refused.number})
