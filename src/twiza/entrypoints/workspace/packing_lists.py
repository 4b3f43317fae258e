"""The orders that a cooperative packs now, put together for one print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from twiza.domain.orders.rules import NextAction
from twiza.entrypoints.workspace.order_cards import OrderCard, card_of
from twiza.kit.qr import QrPath, qr_path

if TYPE_CHECKING:
    from twiza.domain.aftersales.models import Complaint
    from twiza.domain.orders.models import Order, OrderLine

# What is still on the table: a parcel that is packed already wants its label all the same.
PACKED_HERE = frozenset({NextAction.PREPARE, NextAction.SEND, NextAction.AWAIT_BUYER})
MOST_LABELS = 48  # six sheets


@dataclass(frozen=True)
class ToTake:
    """So many pieces of one product, for all the parcels that are not packed yet, and for which of them."""

    line: OrderLine
    quantity: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class ParcelLabel:
    """`square` leads whoever works for the cooperative to the parcel's own page; for anybody else there is no such page."""

    card: OrderCard
    square: QrPath


@dataclass(frozen=True)
class AgainLabel:
    """Of a parcel that goes because of a complaint: nothing is collected for it."""

    complaint: Complaint
    square: QrPath


@dataclass(frozen=True)
class PackingList:
    """`again` is what is sent once more; `unweighed` are the orders whose labels wait for the scales; `left_out` how many labels
    did not fit into one print."""

    to_take: tuple[ToTake, ...]
    labels: tuple[ParcelLabel, ...]
    again: tuple[AgainLabel, ...]
    unweighed: tuple[Order, ...]
    left_out: int


def packing_list_of(orders: Sequence[Order], complaints: Sequence[Complaint] = ()) -> PackingList:
    """Of open orders, those that were accepted and have not left, the oldest first; and what is sent again. Prefetch their lines,
    and the complaints' replacements."""
    cards = [card for card in map(card_of, orders) if card.action in PACKED_HERE]
    weighed = [card for card in cards if not card.order.waits_for_the_scales]
    kept = weighed[: max(MOST_LABELS - len(complaints), 0)]
    return PackingList(
        to_take=_to_take([card.order for card in cards if card.action == NextAction.PREPARE], complaints),
        labels=tuple(ParcelLabel(card, qr_path(_address_of(card.order))) for card in kept),
        again=tuple(AgainLabel(complaint, qr_path(_address_of_complaint(complaint))) for complaint in complaints),
        unweighed=tuple(card.order for card in cards if card.order.waits_for_the_scales),
        left_out=len(weighed) - len(kept),
    )


def _to_take(orders: Sequence[Order], complaints: Sequence[Complaint]) -> tuple[ToTake, ...]:
    wanted = [(line, line.quantity, order.number) for order in orders for line in order.lines.all()]
    wanted += [(one.line, one.parcel.quantity, one.line.order.number) for one in complaints if one.parcel]
    taken: dict[tuple[int, str, str], ToTake] = {}
    for line, quantity, number in wanted:
        # What was ordered under another name or size keeps it.
        key = (line.variant_id, line.name, line.content)
        known = taken.get(key, ToTake(line, 0, ()))
        taken[key] = replace(known, quantity=known.quantity + quantity, numbers=(*known.numbers, number))
    return tuple(sorted(taken.values(), key=lambda one: one.line.name))


def _address_of_complaint(complaint: Complaint) -> str:
    return settings.SITE_URL + reverse("workspace:complaint", args=[complaint.line.order.cooperative.slug, complaint.pk])


def _address_of(order: Order) -> str:
    return settings.SITE_URL + reverse("workspace:order", args=[order.cooperative.slug, order.number])
