"""The buyer's yes or no to a part of what was ordered.

The question names the order's number, and so does the answer. Without a number it is understood when nothing else waits
for this telephone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiza.domain.orders.errors import OrderAmbiguous
from twiza.domain.orders.selectors import offers_asked_at, offers_waiting_for, orders_waiting_for, short_content
from twiza.domain.orders.services import leave_part, take_part
from twiza.entrypoints.sms.orders import found_order
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.orders.models import PartialOffer


def reply_about_part(reading: Reading, sender: Sender, *, takes: bool) -> Reply | None:
    """What the answer led to, or None when it is about something else. Raises the refusals of the house."""
    if reading.order:
        return _reply_numbered(reading, sender, takes=takes)
    waiting = offers_waiting_for(sender.phone)
    if not waiting or reading.doubt != "no_number":
        return None
    is_alone = len(waiting) == 1 and sender.group is None and not (sender.person and orders_waiting_for(sender.person))
    return _answer(waiting[0], sender, takes=takes) if is_alone else _ask(waiting[0])


def _reply_numbered(reading: Reading, sender: Sender, *, takes: bool) -> Reply | None:
    asked = offers_asked_at(sender.phone, reading.order)
    own = found_order(reading, sender)
    if not asked or (own is not None and not asked[0].is_open):
        return None
    is_group = sender.group is not None and reading.order in {sender.group.number, sender.group.confirmation_code}
    others = [offer for offer in asked[1:] if offer.is_open]
    if own is not None or is_group or others:
        names = [own.cooperative.name] if own else []
        names += [offer.order.seller_name for offer in [asked[0], *others]]
        raise OrderAmbiguous(number=reading.order, names=", ".join(names))
    if reading.certainty != "sure":
        return _ask(asked[0])
    return _answer(asked[0], sender, takes=takes)


def _answer(offer: PartialOffer, sender: Sender, *, takes: bool) -> Reply:
    if not takes:
        group = leave_part(offer).group
        return Reply("part_left_paid" if group.is_paid_first else "part_left", {"group": str(group.number)})
    order = take_part(offer)
    facts = {"content": short_content(order, sender.language), "amount": plain(order.total_centimes)}
    return Reply("part_taken_paid" if order.group.is_paid_first else "part_taken", facts)


def _ask(offer: PartialOffer) -> Reply:
    return Reply("ask_part", {"number": offer.order.number}, outcome="asked")
