"""How cash in the field is drawn and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from twiza.domain.delivery.selectors import carriers
from twiza.domain.payments.selectors import AGES, HeldCash

WIDTH = 1000
# From the newest to what nobody should wait for, as the styles name them.
KINDS = ("road", "new", "week", "fortnight", "month", "missing")


@dataclass(frozen=True)
class Piece:
    """A part of a bar: from where, how wide of `WIDTH`, of which kind, how much."""

    kind: str
    x: int
    width: int
    centimes: int
    words: str


@dataclass(frozen=True)
class CashRow:
    name: str
    kind_name: str
    held: HeldCash
    pieces: tuple[Piece, ...]


def cash_rows(held: Sequence[HeldCash]) -> list[CashRow]:
    """A bar for each holder, all on the scale of the longest."""
    most = max((one.all_centimes for one in held), default=0) or 1
    return [CashRow(holder_name(one), kind_name(one.holder_kind), one, _pieces(one, most)) for one in held]


def legend() -> list[tuple[str, str]]:
    """(kind, words) of what a bar is made of."""
    first, second, third = AGES
    words = (
        pgettext("cash", "on the way to the buyer"),
        _("paid, up to %(days)s days ago") % {"days": first},
        _("%(from)s to %(to)s days") % {"from": first, "to": second},
        _("%(from)s to %(to)s days") % {"from": second, "to": third},
        _("more than %(days)s days") % {"days": third},
        _("missing from what was handed over"),
    )
    return list(zip(KINDS, words, strict=True))


def holder_name(held: HeldCash) -> str:
    if held.held_by is not None:
        return held.held_by.name
    return carrier_name(held.holder)


def carrier_name(code: str) -> str:
    """What an operator who chooses it reads; the code of one that is used no more."""
    return next((str(carrier.name) for carrier in carriers() if carrier.code == code), code)


def kind_name(kind: str) -> str:
    return {
        "carrier": _("carrier"),
        "cooperative": _("cooperative, of its own sales"),
        "pickup_point": _("cooperative, for a neighbour at its pick-up point"),
    }.get(kind, kind)


def _pieces(held: HeldCash, most: int) -> tuple[Piece, ...]:
    amounts = (held.on_the_way_centimes, *held.by_age_centimes, held.missing_centimes)
    pieces, x = [], 0
    for (kind, words), centimes in zip(legend(), amounts, strict=True):
        if centimes:
            width = max(centimes * WIDTH // most, 4)
            pieces.append(Piece(kind, x, width, centimes, words))
            x += width
    return tuple(pieces)
