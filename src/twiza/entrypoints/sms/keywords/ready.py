"""`PRET 1523`: the parcel is packed; `PRET 1523 1,62 kg`: and this is what was weighed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from twiza.domain.orders.services import weigh_order
from twiza.entrypoints.sms.checks import check_then_ready
from twiza.entrypoints.sms.orders import act_on_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

INTENT = "ready"
DIGIT = ""
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "prêt", "prête", "prêts", "prêtes", "c'est prêt", "préparé", "préparée", "préparées", "emballé", "emballée",
    ),
    "ar": ("جاهز", "جاهزة", "جاهزون", "جاهزين", "مجهز", "مجهزة", "تم التحضير", "تم التجهيز", "تم الإعداد"),
    "ary": (
        "wajda", "wajed", "wajd", "wajdin", "wejda", "wjda", "wjed", "wjd", "mwjed", "mwjda", "mwjouda", "mwajda",
        "wejdat", "wjdat", "wejdt", "wjdt", "wejjedt", "wejdna", "wjdna", "واجدة", "واجد", "واجدين", "وجدت", "وجدات",
        "وجدنا", "موجد", "موجدة", "وجدناها", "وجدتها",
    ),
    "zgh": ("iwjad", "twjad", "iwjed", "twjed", "ⵉⵡⵊⴰⴷ", "ⵜⵡⵊⴰⴷ"),
    "en": ("ready", "prepared", "packed", "it is ready"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "PRET {number}",
    "ar": "جاهز {number}",
    "ary": "WAJDA {number}",
    "en": "READY {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    return act_on_order(reading, sender, WORDS, lambda order, person: _mark_ready(order, person, reading.grams, sender.language))


@transaction.atomic
def _mark_ready(order: Order, person: User, grams: int, language: str) -> Reply:
    """One weight is for the one thing that is weighed; of several, the workspace asks for each."""
    weighed = [line for line in order.lines.all() if line.is_weighed]
    if grams and weighed:
        order = weigh_order(order, {line.pk: grams for line in weighed} if len(weighed) == 1 else {}, by=person)
    return check_then_ready(order, person, language)
