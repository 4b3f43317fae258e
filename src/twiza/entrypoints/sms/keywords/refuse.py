"""`NON 1523 raison`, `5 1523`: the cooperative declines an order."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.rules import is_on_the_way
from twiza.domain.orders.selectors import orders_waiting_for
from twiza.domain.orders.services import decline_order
from twiza.entrypoints.sms.mandates import ask_about_mandate, waiting_mandate
from twiza.entrypoints.sms.orders import ask, found_order, unknown_order
from twiza.entrypoints.sms.parts import reply_about_part
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

INTENT = "refuse"
DIGIT = "5"
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "non", "refus", "refuse", "je refuse", "refuser", "refusée", "refusées", "refusons", "pas possible",
        "impossible", "pas d'accord", "je ne peux pas", "on ne peut pas", "nous ne pouvons pas", "peux pas",
        "décline", "je décline", "décliner",
    ),
    "ar": (
        "لا", "رفض", "أرفض", "رفضت", "نرفض", "رفضنا", "مرفوض", "مرفوضة", "غير موافق", "غير ممكن", "لا أقبل",
        "لا نقبل", "لا أوافق", "لا نوافق", "لا أستطيع",
    ),
    "ary": (
        "la", "rfed", "refd", "rfd", "rfedt", "rfdt", "refed", "refedt", "rfedna", "rfdna", "lla", "laa", "lala",
        "ma bghitch", "mabghitch", "mabghitsh", "ma bghitsh", "ma bghinach", "mabghinach", "man9derch", "ma n9derch",
        "ma n9dch", "man9dch", "ma n9edrouch", "man9edrouch", "ma9dertch", "ma 9dertch", "machi momkin", "mamkench",
        "ma mkench", "ما بغيتش", "مابغيتش", "ما بغيناش", "مابغيناش", "ما نقدرش", "مانقدرش", "ما نقدروش", "مانقدروش",
        "ما يمكنش", "مايمكنش", "لالا",
    ),
    "zgh": ("agwi", "ugigh", "uhu", "uhuy", "oho", "ⴰⴳⵯⵉ", "ⵓⴳⵉⵖ", "ⵓⵀⵓ"),
    "en": ("non", "no", "nope", "refuse", "refused", "reject", "rejected", "decline", "declined", "cannot do"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("la", "no")
HELP: Mapping[str, str] = {
    "fr": "NON {number} refuser",
    "ar": "لا {number} رفض",
    "ary": "LA {number} = non",
    "en": "NON {number} refuse",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """A buyer who says no is heard by a person: nothing is cancelled by a text alone, but the part that was asked about."""
    waiting = orders_waiting_for(sender.person) if sender.person else []
    order = found_order(reading, sender) if reading.order else None
    if order is None and waiting_mandate(reading.order, sender) is not None:
        return ask_about_mandate(reading, sender)
    about_part = reply_about_part(reading, sender, takes=False)
    if about_part is not None:
        return about_part
    if order is None and sender.bought is not None and not waiting:
        return Reply("buyer_says_no", {"number": str(sender.bought.number)}, outcome="passed_on", needs_person=True)
    if reading.certainty != "sure":
        return ask(reading, sender, WORDS, waiting)
    if order is None or sender.person is None:
        return unknown_order(reading)
    if is_on_the_way(order):
        return Reply("ask_which_refusal", {"number": order.number}, outcome="asked")
    declined = decline_order(order, by=sender.person, reason=reading.reason)
    return Reply("refused", {"number": declined.number})
