"""What a cooperative earned, in words that can be read aloud: how much, and because of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from twiza.domain.ledger.selectors import Coming, Parts, Statement, StatementRow
from twiza.entrypoints.ui.templatetags.ui import dirhams_text

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order

# What a part of an amount is called, by its field.
PARTS: Sequence[tuple[str, Promise]] = (
    ("goods_centimes", gettext_lazy("what you sold")),
    ("discount_centimes", gettext_lazy("your part of the coupon")),
    ("delivery_centimes", gettext_lazy("for sending it")),
    ("given_back_centimes", gettext_lazy("given back to the buyer")),
    ("commission_centimes", gettext_lazy("the market's share")),
    ("vat_centimes", gettext_lazy("TVA on that share")),
)
TITLES = {
    "delivered": gettext_lazy("Order %(number)s is with the buyer"),
    "settled": gettext_lazy("Order %(number)s: you took the cash yourself"),
    "refunded": gettext_lazy("Order %(number)s: money went back to the buyer"),
    "by_cooperative": gettext_lazy("Order %(number)s: you gave money back, our share of it is yours again"),
    "kept": gettext_lazy("Order %(number)s: its carrier kept the price of sending"),
    "remitted": gettext_lazy("Cash that was handed over"),
    "paid_out": gettext_lazy("Sent to you"),
    "came_back": gettext_lazy("What was sent to you came back"),
    "reversed": gettext_lazy("A mistake of ours, put right"),
}
ICONS = {
    "delivered": "check",
    "settled": "cash",
    "refunded": "back",
    "kept": "truck",
    "remitted": "send",
    "paid_out": "send",
    "came_back": "back",
    "reversed": "edit",
}


@dataclass(frozen=True)
class Piece:
    label: str
    centimes: int


@dataclass(frozen=True)
class Shown:
    """A row as it is read: what happened, by how much, of which pieces, and the whole as one sentence."""

    title: str
    icon: str
    centimes: int
    pieces: Sequence[Piece]
    sentence: str
    order: Order | None
    at: object


def balance_said(statement: Statement) -> str:
    """The first thing to read, and to hear."""
    amount = dirhams_text(abs(statement.balance_centimes))
    if statement.balance_centimes > 0:
        return _("The market owes you %(amount)s.") % {"amount": amount}
    if statement.balance_centimes < 0:
        return _(
            "You owe the market %(amount)s: you have the money of your sales already. It is taken from what you earn next."
        ) % {"amount": amount}
    return _("Nothing is owed, neither to you nor by you.")


def shown(row: StatementRow) -> Shown:
    title = _title(row)
    pieces = pieces_of(row.parts)
    return Shown(title, ICONS.get(row.what, "coin"), row.centimes, pieces, said(title, row.centimes, pieces), row.order, row.at)


def shown_coming(coming: Coming) -> Shown:
    number = {"number": coming.order.number}
    is_back = coming.parts.given_back_centimes < 0
    title = _("Order %(number)s: a buyer is to have money back") % number if is_back else _("Order %(number)s") % number
    pieces = pieces_of(coming.parts)
    said_so = said(title, coming.centimes, pieces)
    return Shown(title, "back" if is_back else "truck", coming.centimes, pieces, said_so, coming.order, coming.on)


def pieces_of(parts: Parts) -> list[Piece]:
    """Those that come to something."""
    return [Piece(str(label), getattr(parts, name)) for name, label in PARTS if getattr(parts, name)]


def said(title: str, centimes: int, pieces: Sequence[Piece]) -> str:
    """`Order 1523: 260,60 DH, because: 240 DH what you sold, 35 DH for sending it, less 12 DH the market's share…`"""
    amount = dirhams_text(centimes)
    more = [f"{dirhams_text(one.centimes)} {one.label}" for one in pieces if one.centimes > 0]
    less = [f"{dirhams_text(-one.centimes)} {one.label}" for one in pieces if one.centimes < 0]
    comma = pgettext("between things that are listed", ", ")
    words = _("%(amount)s, because: %(more)s") % {"amount": amount, "more": comma.join(more)} if more else amount
    if less:
        words += comma + _("less %(less)s") % {"less": comma.join(less)}
    return f"{title}. {words}"


def _title(row: StatementRow) -> str:
    what = "by_cooperative" if row.by_cooperative else row.what
    known = TITLES.get(what)
    if known is None or ("%(number)s" in str(known) and row.order is None):
        return row.reason or _("Another movement")
    title = str(known) % ({"number": row.order.number} if row.order else {})
    return f"{title} ({row.reason})" if row.reason else title
