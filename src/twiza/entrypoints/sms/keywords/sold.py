"""`VENDU 2 7`: at the stall, seven of the product with the number 2 were sold."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import shelf_of, shelf_row_of
from twiza.domain.stalls.selectors import sales_of_day
from twiza.domain.stalls.services import Sold, sell_at_stall
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.sales import Said, ask_about_sale, in_words, what_was_said
from twiza.entrypoints.sms.senders import Sender
from twiza.kit import clock
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation
    from twiza.foundation.accounts.models import User

INTENT = "sold"
DIGIT = ""
ABOUT: About = "sale"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "vendu", "vendue", "vendus", "vendues", "j'ai vendu", "on a vendu", "nous avons vendu", "vendons", "j'ai vendue",
        "vendu au souk", "vente", "ventes",
    ),
    "ar": ("بعت", "بعنا", "بيعت", "بيع", "تم البيع", "تم بيع", "مبيع", "مبيعات"),
    "ary": (
        "b3t", "b3et", "bi3t", "bi3na", "be3t", "ba3t", "b3te", "b3na", "be3na", "ba3na", "b3nah", "b3tha", "b3tou", "tba3",
        "tba3at", "tba3t",
        "tba3ou", "tbe3", "mbyou3", "تباع", "تباعت", "تباعو", "بعتها", "بعناها",
    ),
    "zgh": ("zzenzigh", "zznzigh", "znzigh", "zenzigh", "znzgh", "zzenzgh", "zzenzegh", "nzzenza", "nzznza", "ⵣⵣⵏⵣⵖ", "ⵏⵣⵣⵏⵣⴰ"),
    "en": ("sold", "i sold", "we sold", "have sold"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "VENDU 2 7",
    "ar": "بعت 2 7",
    "ary": "B3T 2 7",
    "en": "SOLD 2 7",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Sold at once when one product and one quantity are named; else one question with the numbers of the shelf."""
    if sender.person is None or not sender.sells:
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    cooperatives = list(cooperatives_run_by(sender.person)[:2])
    if len(cooperatives) > 1:
        return Reply("sold_several", outcome="asked")
    shelf = [row.variant for row in shelf_of(cooperatives[0].pk)]
    said = what_was_said(reading.rest, shelf)
    if reading.certainty != "sure" or not said.is_clear:
        return ask_about_sale(said, shelf, sender)
    return _sell(cooperatives[0], said, sender.person, sender.language)


def _sell(cooperative: Organisation, said: Said, person: User, language: str) -> Reply:
    variant = said.candidates[0]
    sold = Sold(variant.pk, pieces=said.pieces, grams=said.grams)
    try:
        sale = sell_at_stall(cooperative, uuid.uuid4(), [sold], by=person, door="text").sale
    except OutOfStock as short:
        content = in_words(variant, language)
        return Reply("sold_short", {"content": content, "left": str(short.facts["left"])}, outcome=short.code)
    values = {
        "content": in_words(variant, language, pieces=said.pieces, grams=said.grams),
        "amount": plain(sale.total_centimes),
        "left": str(shelf_row_of(variant).saleable),
        "total": plain(sales_of_day(cooperative.pk, clock.today()).total_centimes),
    }
    return Reply("sold", values)
