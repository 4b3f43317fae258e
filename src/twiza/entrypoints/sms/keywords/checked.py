"""`VERIFIE 1523`: everything that was asked about the parcel was looked at, and it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.services import mark_checked_order_ready
from twiza.entrypoints.sms.checks import check_then_ready, ready_reply
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "checked"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("vérifié", "vérifiée", "vérifiés", "j'ai vérifié", "c'est vérifié", "contrôlé", "contrôlée"),
    "ar": ("تحققت", "تحققنا", "تم التحقق", "راجعت", "راجعنا"),
    "ary": ("ra9ebt", "ra9bt", "ra9ebna", "raqebt", "raqbt", "راقبت", "راقبنا"),
    "zgh": ("ra9bgh", "raqbgh"),
    "en": ("checked", "i checked", "we checked", "verified"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "VERIFIE {number}",
    "ar": "تحققت {number}",
    "ary": "RA9EBT {number}",
    "en": "CHECKED {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_order(reading, sender, WORDS, lambda order, person: _checked(order, person, sender.language))


def _checked(order: Order, person: User, language: str) -> Reply:
    """Whoever was not asked yet is asked first: nobody looks at what they have not read."""
    asked = getattr(order, "checklist", None)
    if asked is None or asked.checked_at is not None:
        return check_then_ready(order, person, language)
    return ready_reply(mark_checked_order_ready(order, asked.questions, asked.questions, by=person))
