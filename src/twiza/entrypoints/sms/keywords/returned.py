"""`REVENU 1523`: nobody took the parcel, and the cooperative has it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import take_back_unseen
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "returned"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "revenu", "revenue", "est revenu", "est revenue", "retour", "retourné", "retournée", "colis revenu", "colis retour",
        "renvoyé", "renvoyée",
    ),
    "ar": ("رجوع", "رجعت", "عاد", "عادت", "إرجاع", "ارتجاع", "رجع الطرد", "عاد الطرد", "مرتجع"),
    "ary": ("rj3at", "rje3at", "rja3at", "rj3atni", "rj3at lia", "rj3atlia", "rje3 lkoli", "رجعات", "رجعاتني", "رجعلي"),
    "zgh": ("yughul", "tughul", "iwrri", "ⵢⵓⵖⵓⵍ"),
    "en": ("returned", "came back", "back", "is back"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("back",)
HELP: Mapping[str, str] = {
    "fr": "REVENU {number}",
    "ar": "رجوع {number}",
    "ary": "RJ3AT {number}",
    "en": "RETURNED {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_order(reading, sender, WORDS, _take_back)


def _take_back(order: Order, person: User) -> Reply:
    """What keeps may be sold again; of what perishes the person is told that it is counted as lost."""
    returned, lost = take_back_unseen(order, by=person)
    if lost:
        return Reply("returned_lost", {"number": returned.number, "lost": str(lost)})
    return Reply("returned", {"number": returned.number})
