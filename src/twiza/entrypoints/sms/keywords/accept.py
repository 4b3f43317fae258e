"""`OUI 1523`, `4 1523`: the cooperative accepts an order; `OUI` from a buyer confirms what he ordered, or takes a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.selectors import latest_group_from, orders_waiting_for, short_content
from twiza.domain.orders.services import accept_order, confirm_group
from twiza.entrypoints.sms.mandates import ask_about_mandate, waiting_mandate
from twiza.entrypoints.sms.orders import ask, bought_order, found_order, unknown_order
from twiza.entrypoints.sms.parts import reply_about_part
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup

INTENT = "accept"
DIGIT = "4"
ABOUT: About = "order"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "oui", "ouai", "ouais", "accepte", "j'accepte", "accepter", "acceptée", "acceptées", "acceptons", "confirme",
        "je confirme", "confirmer", "confirmée", "d'accord", "daccord", "dac", "je prends", "on prend", "c'est bon",
        "c bon", "entendu", "valide", "je valide", "valider", "ok", "okay", "oki",
    ),
    "ar": (
        "نعم", "قبول", "أقبل", "قبلت", "نقبل", "قبلنا", "موافق", "موافقة", "موافقون", "أوافق", "أكيد", "تأكيد",
        "أؤكد", "حسنا", "مقبول", "مقبولة",
    ),
    "ary": (
        "oui", "wakha", "waxa", "wakhha", "ouakha", "wakhkha", "9bel", "9belt", "9blt", "9belna", "9bilt", "n9bel",
        "kan9bel", "ne9bel", "qbel", "qbelt", "qblt", "qbelna", "kbel", "kbelt", "iyeh", "iyyeh", "iyeeh", "ayeh",
        "ayyeh", "eyeh", "iyih", "yeh", "yih", "mwafe9", "mwaf9", "mouwafi9", "mouafiq", "2akked", "akked", "aked",
        "واخا", "وخا", "كنقبل", "إيه", "إييه", "أييه", "ايوا", "ايوه", "أكد", "ah", "اه",
    ),
    "zgh": ("rda", "rdigh", "qblgh", "9blgh", "qbelgh", "9belgh", "yyih", "yyeh", "yah", "wah", "waha", "ⵕⴹⴰ", "ⵢⵢⵉⵀ", "ⵡⴰⵀ"),
    "en": ("oui", "yes", "yep", "accept", "accepted", "i accept", "confirm", "confirmed", "agreed"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("ok", "okay", "oki", "ah", "اه", "yeh", "yih")
HELP: Mapping[str, str] = {
    "fr": "OUI {number} accepter",
    "ar": "نعم {number} قبول",
    "ary": "OUI {number}",
    "en": "OUI {number} accept",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """An order number of the sender's cooperative goes first; then a mandate; then a part of what he ordered; then that."""
    if waiting_mandate(reading.order, sender) is not None and found_order(reading, sender) is None:
        return ask_about_mandate(reading, sender)
    about_part = reply_about_part(reading, sender, takes=True)
    if about_part is not None:
        return about_part
    if reading.order and reading.certainty == "sure":
        return _accept_numbered(reading, sender)
    waiting = orders_waiting_for(sender.person) if sender.person else []
    if waiting or sender.sells or sender.bought is None or reading.doubt != "no_number":
        return _ask(reading, sender)
    return _confirm(sender.group or sender.bought)


def _accept_numbered(reading: Reading, sender: Sender) -> Reply:
    order = found_order(reading, sender)
    if order is not None and sender.person is not None:
        accepted = accept_order(order, by=sender.person)
        content = short_content(accepted, sender.language)
        return Reply("accepted", {"number": accepted.number, "amount": plain(accepted.total_centimes), "content": content})
    group = latest_group_from(sender.phone, reading.order)
    if group is None and sender.group is not None and sender.group.confirmation_code == reading.order:
        group = sender.group
    return _confirm(group) if group is not None else unknown_order(reading)


def _confirm(group: OrderGroup) -> Reply:
    """Said twice, the first time counts; an order that every cooperative declined can no longer be confirmed."""
    if group.status == "cancelled":
        return bought_order(group)
    confirmed = confirm_group(group)
    return Reply("confirmed", {"number": str(confirmed.number), "amount": plain(confirmed.due_centimes)})


def _ask(reading: Reading, sender: Sender) -> Reply:
    """Both a buyer and a cooperative: the question names both numbers."""
    waiting = orders_waiting_for(sender.person) if sender.person else []
    if reading.doubt == "no_number" and sender.group is not None and waiting:
        return Reply("ask_both", {"group": str(sender.group.number), "number": waiting[0].number}, outcome="asked")
    if sender.group is not None and not waiting:
        return Reply("ask_buyer", {"number": str(sender.group.number)}, outcome="asked")
    return ask(reading, sender, WORDS, waiting)
