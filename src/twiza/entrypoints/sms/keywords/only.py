"""`SEULEMENT 1523 2`: of the one product in the order the cooperative has only two, and the buyer is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from twiza.domain.orders.selectors import short_content
from twiza.domain.orders.services import offer_part
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "only"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("seulement", "j'ai seulement", "nous avons seulement", "on a seulement", "uniquement"),
    "ar": ("فقط", "عندنا فقط", "لدينا فقط"),
    "ary": ("ghir", "ghi", "3endna ghir", "3ndna ghir", "3endi ghir", "3ndi ghir", "غير", "عندنا غير", "عندي غير"),
    "zgh": ("ghas", "xas", "ⵖⴰⵙ"),
    "en": ("only", "we have only", "i have only"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "SEULEMENT {number} 2",
    "ar": "فقط {number} 2",
    "ary": "GHIR {number} 2",
    "en": "ONLY {number} 2",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_order(reading, sender, WORDS, lambda order, person: _offer(order, person, reading.pieces, sender))


def _offer(order: Order, person: User, pieces: int, sender: Sender) -> Reply:
    """One number is for the one product of the order; of several, the workspace asks for each."""
    lines = list(order.lines.all())
    if len(lines) != 1 or not pieces:
        return Reply("part_on_page", {"number": order.number}, outcome="asked")
    offer = offer_part(order, {lines[0].pk: pieces}, by=person)
    whole = short_content(order, sender.language)
    words = {
        "number": order.number,
        "content": f"{pieces}{whole.removeprefix(str(lines[0].quantity))}",
        "day": f"{localtime(offer.answer_before):%d/%m %H:%M}",
    }
    return Reply("part_asked", words)
