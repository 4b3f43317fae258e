"""A paper as it is read in a language. Everything is taken from its snapshot; nothing from what is true today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from twiza.domain.invoicing.models import Paper
from twiza.kit.translations import first_filled

# By what the order was to be paid with; any other code is a card.
_WAYS = {"cash_on_delivery": "cash", "bank_transfer": "transfer"}
_RIGHT_TO_LEFT = frozenset({"ar", "ary"})


@dataclass(frozen=True)
class ReadParty:
    """Who sells, or who bought. Numbers are empty when they are not known."""

    name: str
    place: str
    address: str = ""
    registration: str = ""
    ice: str = ""
    tax_if: str = ""
    cnss: str = ""


@dataclass(frozen=True)
class ReadLine:
    """A line of goods. Price and total are empty on a credit note, which says what goes back."""

    name: str
    content: str
    quantity: int
    price_centimes: int | None
    total_centimes: int | None
    discount_centimes: int
    paid_centimes: int


@dataclass(frozen=True)
class ReadTax:
    is_rate: bool
    percent: int
    law: str
    with_tax_centimes: int
    without_tax_centimes: int
    tax_centimes: int


@dataclass(frozen=True)
class ReadPaper:
    """`way` is cash, transfer or card; `why` is return or complaint, on a credit note."""

    pk: int
    is_credit_note: bool
    title: str
    title_in_other: str
    label: str
    issued_on: date
    seller: ReadParty
    buyer: ReadParty
    order_number: str
    purchase_number: str
    placed_on: date
    delivered_on: date | None
    way: str
    lines: tuple[ReadLine, ...]
    delivery_centimes: int
    taxes: tuple[ReadTax, ...]
    total_centimes: int
    words: str
    words_in_other: str
    other_language: str
    check_code: str
    fingerprint: str
    why: str = ""
    corrects_label: str = ""
    corrects_on: date | None = None

    @property
    def rates(self) -> tuple[ReadTax, ...]:
        """The sums of which a part is tax."""
        return tuple(tax for tax in self.taxes if tax.is_rate)

    @property
    def without_tax_centimes(self) -> int:
        return sum(tax.without_tax_centimes for tax in self.taxes)

    @property
    def laws(self) -> tuple[str, ...]:
        """Why no tax is asked for, each once."""
        return tuple(dict.fromkeys(tax.law for tax in self.taxes if not tax.is_rate and tax.law))

    @property
    def has_discount(self) -> bool:
        return any(line.discount_centimes for line in self.lines)

    @property
    def shown_code(self) -> str:
        """In groups of four, to be typed."""
        return "-".join(self.check_code[place : place + 4] for place in range(0, len(self.check_code), 4))


def paper_as_read(paper: Paper, language: str) -> ReadPaper:
    """In this language where it was said in it, with the amount in words also in the other one."""
    said, corrects = paper.says, paper.says.get("corrects", {})
    own = "ar" if language in _RIGHT_TO_LEFT else "fr"
    other = "fr" if own == "ar" else "ar"
    order = said["order"]
    return ReadPaper(
        pk=paper.pk,
        is_credit_note=paper.is_credit_note,
        title=_title(paper, own if own == "ar" else language),
        title_in_other=_title(paper, other),
        label=said["number"],
        issued_on=date.fromisoformat(said["issued_on"]),
        seller=_seller(said["seller"], language),
        buyer=ReadParty(said["buyer"]["name"], _in(said["buyer"], "place", language), ice=said["buyer"].get("ice", "")),
        order_number=order["number"],
        purchase_number=order["purchase"],
        placed_on=date.fromisoformat(order["placed_on"]),
        delivered_on=_day(order["delivered_on"]),
        way=_WAYS.get(order["pay_with"], "card"),
        lines=tuple(_line(line, language) for line in said["lines"]),
        delivery_centimes=said["delivery"]["centimes"],
        taxes=tuple(_tax(tax, language) for tax in said["taxes"] if tax["with_tax_centimes"] or len(said["taxes"]) == 1),
        total_centimes=said["total_centimes"],
        words=said["words"][own],
        words_in_other=said["words"][other],
        other_language=other,
        check_code=paper.check_code,
        fingerprint=paper.fingerprint,
        why=said.get("why", ""),
        corrects_label=corrects.get("number", ""),
        corrects_on=_day(corrects.get("issued_on", "")),
    )


def _title(paper: Paper, language: str) -> str:
    with override(language):
        return str(paper.get_kind_display())


def _seller(said: Mapping[str, str], language: str) -> ReadParty:
    numbers = {name: said.get(name, "") for name in ("address", "registration", "ice", "tax_if", "cnss")}
    return ReadParty(_in(said, "name", language), _in(said, "place", language), **numbers)


def _line(said: Mapping[str, Any], language: str) -> ReadLine:
    return ReadLine(
        name=_in(said, "name", language),
        content=_in(said, "weighed", language) or _in(said, "content", language),
        quantity=said["quantity"],
        price_centimes=said.get("price_centimes"),
        total_centimes=said.get("total_centimes"),
        discount_centimes=said.get("discount_centimes", 0),
        paid_centimes=said["paid_centimes"],
    )


def _tax(said: Mapping[str, Any], language: str) -> ReadTax:
    amounts = {name: said[name] for name in ("with_tax_centimes", "without_tax_centimes", "tax_centimes")}
    return ReadTax(said["code"] == "rate", said["percent"], _in(said, "law", language), **amounts)


def _in(said: Mapping[str, Any], name: str, language: str) -> str:
    return first_filled(language, fr=said.get(f"{name}_fr", ""), ar=said.get(f"{name}_ar", ""))


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None
