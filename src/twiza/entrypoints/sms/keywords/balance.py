"""`SOLDE`, `8`: what the market owes the sender's cooperative, and what the last parcel brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.ledger.selectors import balance_of, balances_of, last_sale_of
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation

INTENT = "balance"
DIGIT = "8"
ABOUT: About = "question"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "solde", "mon solde", "notre solde", "solde du compte", "mon argent", "notre argent", "mes gains", "argent",
        "combien on me doit", "combien vous me devez", "combien j'ai gagné", "combien ai-je gagné",
    ),
    "ar": ("الرصيد", "رصيد", "رصيدي", "رصيدنا", "حسابي", "كم لي", "كم رصيدي", "فلوسي", "فلوس"),
    "ary": (
        "flous", "lflous", "flousi", "floussi", "flouss", "solde dyali", "ch7al 3ndi", "chhal 3ndi", "ch7al 3andi",
        "chhal 3andi", "ch7al 3ndi flous", "chhal 3ndi flous", "ch7al d flous", "ch7al flous", "شحال عندي", "شحال عندنا",
        "شحال عندي فلوس",
    ),
    "zgh": ("idrimn", "idrimen", "ⵉⴷⵔⵉⵎⵏ"),
    "en": ("balance", "my balance", "our balance", "my money", "how much do i have"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("argent", "flous", "lflous", "flouss", "فلوس", "رصيد")
HELP: Mapping[str, str] = {
    "fr": "8 solde",
    "ar": "8 الرصيد",
    "ary": "8 flous",
    "en": "8 balance",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Of one cooperative with its last sale; of several each in a few words."""
    cooperatives = list(cooperatives_run_by(sender.person)) if sender.person is not None else []
    if not cooperatives:
        return Reply("balance_none")
    if len(cooperatives) > 1:
        return Reply("balance_several", {"content": _listed(cooperatives)})
    return _of_one(cooperatives[0])


def _of_one(cooperative: Organisation) -> Reply:
    centimes = balance_of(cooperative.pk)
    sale = last_sale_of(cooperative)
    if sale is None or sale.order is None:
        return Reply("balance_none")
    if centimes < 0:
        return Reply("balance_owes", {"amount": plain(-centimes)})
    kept = -sale.parts.kept_centimes
    said = {"number": sale.order.number, "total": plain(sale.centimes), "gross": plain(sale.centimes + kept)}
    return Reply("balance", {"amount": plain(centimes), "kept": plain(kept), **said})


def _listed(cooperatives: Sequence[Organisation]) -> str:
    balances = balances_of([one.pk for one in cooperatives])
    return ", ".join(f"{one.name} {plain(balances[one.pk])} DH" for one in cooperatives)
