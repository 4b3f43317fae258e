"""Questions to buyers about a part of what they ordered."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from twiza.domain.orders.models import OrderGroup, PartialOffer
from twiza.kit import clock
from twiza.kit.errors import NotFound


def offers_waiting_for(phone: str) -> Sequence[PartialOffer]:
    """The open questions to the buyer at this telephone, the oldest first."""
    waiting = _offers().filter(state=PartialOffer.State.ASKED, answer_before__gt=clock.now())
    return list(waiting.filter(order__group__buyer_phone=phone).order_by("pk"))


def offers_asked_at(phone: str, number: str) -> Sequence[PartialOffer]:
    """What this telephone was ever asked about an order of this number, open questions first, then the newest."""
    asked = list(_offers().filter(order__group__buyer_phone=phone, order__number=number).order_by("-pk"))
    return sorted(asked, key=lambda offer: not offer.is_open)


def offer_in(group: OrderGroup, cooperative: str) -> PartialOffer:
    """What the buyer of this group was asked about the part of the cooperative at this address. Raises NotFound."""
    offer = _offers().filter(order__group=group, order__cooperative__slug=cooperative).first()
    if offer is None:
        raise NotFound
    return offer


def _offers() -> QuerySet[PartialOffer]:
    return PartialOffer.objects.select_related("order__group").prefetch_related("lines")
