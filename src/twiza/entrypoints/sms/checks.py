"""Before a parcel is ready: one question goes without saying, more are asked by text and answered by one word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.aftersales.selectors import faults_of
from twiza.domain.orders.rules import questions_before_dispatch
from twiza.domain.orders.services import ask_to_check, mark_checked_order_ready
from twiza.entrypoints.sms.replies import INSTEAD, Reply
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

# As short as a text wants them.
SHORT: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "goods": "produits",
        "count": "nombre",
        "whole": "état",
        "wrapped": "emballage",
        "address": "adresse",
        "promised": "date",
    },
    "ar": {
        "goods": "السلع",
        "count": "العدد",
        "whole": "الحالة",
        "wrapped": "التغليف",
        "address": "العنوان",
        "promised": "التاريخ",
    },
    "ary": {
        "goods": "sel3a",
        "count": "l3adad",
        "whole": "l7ala",
        "wrapped": "taghlif",
        "address": "l3onwan",
        "promised": "nhar",
    },
    "en": {
        "goods": "goods",
        "count": "number",
        "whole": "state",
        "wrapped": "wrapping",
        "address": "address",
        "promised": "day",
    },
}


def check_then_ready(order: Order, person: User, language: str) -> Reply:
    """Ready, or what to look at first."""
    questions = questions_before_dispatch(faults_of(order.cooperative))
    if len(questions) == 1:
        return ready_reply(mark_checked_order_ready(order, questions, questions, by=person))
    asked = ask_to_check(order, questions, by=person)
    words = SHORT[INSTEAD.get(language, language)]
    comma = "، " if language == "ar" else ", "
    checks = comma.join(words[question] for question in asked.questions)
    return Reply("check_first", {"number": order.number, "checks": checks}, outcome="asked")


def ready_reply(order: Order) -> Reply:
    """Said with the amount when it was known by the scales only."""
    if order.is_weighed:
        return Reply("ready_weighed", {"number": order.number, "amount": plain(order.total_centimes)})
    return Reply("ready", {"number": order.number})
