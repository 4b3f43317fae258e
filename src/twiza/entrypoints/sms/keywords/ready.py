"""`PRET 1523`: the parcel is packed."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.selectors import open_orders_for
from twiza.domain.orders.services import mark_order_ready
from twiza.entrypoints.sms.orders import ask, found_order, unknown_order
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

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
    if reading.certainty != "sure":
        return ask(reading, sender, WORDS, open_orders_for(sender.person) if sender.person else [])
    order = found_order(reading, sender)
    if order is None or sender.person is None:
        return unknown_order(reading)
    ready = mark_order_ready(order, by=sender.person)
    return Reply("ready", {"number": ready.number})
