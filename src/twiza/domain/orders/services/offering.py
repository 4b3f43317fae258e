"""A cooperative that has only a part of an order says so, and its buyer chooses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import pgettext

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import Want, release_stock
from twiza.domain.orders.errors import (
    AlreadyAnswered,
    EverythingIsThere,
    MoreThanOrdered,
    NothingIsThere,
    PaidInAdvance,
    PartAnswered,
    PartOver,
    PartWithdrawn,
)
from twiza.domain.orders.events import PartAnswerGiven, PartOffered
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Order, OrderLine, PartialOffer, PartialOfferLine, Step
from twiza.domain.orders.rules import LinePart, part_of
from twiza.domain.orders.selectors.smaller_parcels import delivery_of_smaller
from twiza.domain.orders.services.answering import free_unprepared
from twiza.domain.orders.services.steps import derive_group, record_step
from twiza.domain.orders.services.sums import follow_lines
from twiza.domain.orders.states import ORDER
from twiza.domain.payments.selectors import is_received
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.quiet_hours import waking_moment

TIME_FOR_BUYER = timedelta(hours=24)
AT_ONCE = 200


@transaction.atomic
def offer_part(order: Order, sends: Mapping[int, int], *, by: User) -> PartialOffer:
    """The cooperative has so many of each line (by line id; whole where none is named): its buyer is asked (PartOffered).

    Nothing changes until the buyer says yes; without an answer in a day the part is cancelled. Said once for an order; the
    cooperative may still accept or decline the whole. Locks the group, then the order.

    Raises AlreadyAnswered, EverythingIsThere, NothingIsThere, MoreThanOrdered, PaidInAdvance for cash; NotFound when `by` does
    not speak for the cooperative.
    """
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    if Order.Status.OFFERED not in ORDER[order.status]:
        raise AlreadyAnswered(number=order.number, status=order.get_status_display())
    if is_received(f"order:{order.pk}") and not order.group.is_paid_first:
        raise PaidInAdvance(number=order.number)
    lines = list(order.lines.select_related("variant", "storefront"))
    kept = {line.pk: sends.get(line.pk, line.quantity) for line in lines}
    _check(order, lines, kept)
    offer = _write(order, lines, kept, by)
    order.status = Order.Status.OFFERED
    order.answered_at = clock.now()
    order.save(update_fields=["status", "answered_at"])
    record_step(order, Step.What.OFFERED, by=by)
    derive_group(order.group)
    publish(PartOffered(order_id=order.pk))
    return offer


@transaction.atomic
def take_part(offer: PartialOffer, *, by: User | None = None) -> Order:
    """The buyer takes what there is: lines, delivery, discounts and what is owed shrink to what was offered, the rest may be
    sold again, what was paid above that is owed back, and the order is accepted. The cooperative is told (PartAnswerGiven).

    Locks the group, the order, the stock, then the payment. Raises PartAnswered, PartOver, PartWithdrawn, PaidAlready;
    then nothing changes.
    """
    order, offer = _lock_open(offer)
    order.status = Order.Status.ACCEPTED
    order.save(update_fields=["status"])
    _close(offer, PartialOffer.State.TAKEN)
    release_stock(_shrink(order, offer), by=by, reason=str(PartialOffer.State.TAKEN.value))
    _lighten(order)
    follow_lines(order, offer.delivery_centimes)
    record_step(order, Step.What.ACCEPTED, by=by)
    publish(PartAnswerGiven(order_id=order.pk, state=offer.state))
    return order


@transaction.atomic
def leave_part(offer: PartialOffer, *, by: User | None = None) -> Order:
    """The buyer does not want a part: this cooperative's part is cancelled, the others go on. It is told (PartAnswerGiven).

    Raises PartAnswered, PartOver, PartWithdrawn; then nothing changes.
    """
    order, offer = _lock_open(offer)
    return _cancel(order, offer, PartialOffer.State.LEFT, Step.What.LEFT, by)


def lapse_offers() -> int:
    """Every part that its buyer did not answer for in time is cancelled, and both are told. Answers how many were."""
    due = PartialOffer.objects.filter(state=PartialOffer.State.ASKED, answer_before__lte=clock.now())
    return sum(_lapse(offer) for offer in due.order_by("answer_before", "pk")[:AT_ONCE])


@transaction.atomic
def _lapse(offer: PartialOffer) -> bool:
    order = lock_order(offer.order_id)
    offer = PartialOffer.objects.get(pk=offer.pk)
    if offer.state != PartialOffer.State.ASKED:
        return False
    _cancel(order, offer, PartialOffer.State.LAPSED, Step.What.LAPSED, None)
    return True


def _check(order: Order, lines: list[OrderLine], kept: Mapping[int, int]) -> None:
    for line in lines:
        if not 0 <= kept[line.pk] <= line.quantity:
            raise MoreThanOrdered(product=line.name, ordered=line.quantity)
    if not any(kept.values()):
        raise NothingIsThere(number=order.number)
    if all(kept[line.pk] == line.quantity for line in lines):
        raise EverythingIsThere(number=order.number)


def _write(order: Order, lines: list[OrderLine], kept: Mapping[int, int], by: User) -> PartialOffer:
    parts = [part_of(line, kept[line.pk]) for line in lines]
    delivery = delivery_of_smaller(order, lines, kept)
    offer = PartialOffer.objects.create(
        order=order,
        delivery_centimes=delivery,
        total_centimes=sum(part.total_centimes - part.discount_centimes for part in parts) + delivery,
        asked_by=by,
        answer_before=waking_moment(clock.now() + TIME_FOR_BUYER),
    )
    PartialOfferLine.objects.bulk_create(
        PartialOfferLine(
            offer=offer,
            line=line,
            name_fr=line.name_with_content("fr")[:240],
            name_ar=line.name_with_content("ar")[:240],
            was=line.quantity,
            sends=kept[line.pk],
        )
        for line in lines
    )
    return offer


def _lock_open(offer: PartialOffer) -> tuple[Order, PartialOffer]:
    """The order, locked, and the question while the buyer may answer it."""
    order = lock_order(offer.order_id)
    offer = PartialOffer.objects.get(pk=offer.pk)
    if offer.state in {PartialOffer.State.TAKEN, PartialOffer.State.LEFT}:
        yes_or_no = pgettext("answer", "yes") if offer.state == PartialOffer.State.TAKEN else pgettext("answer", "no")
        raise PartAnswered(cooperative=order.seller_name, answer=yes_or_no)
    if offer.state == PartialOffer.State.WITHDRAWN:
        raise PartWithdrawn(cooperative=order.seller_name)
    if not offer.is_open:
        raise PartOver(cooperative=order.seller_name)
    return order, offer


def _close(offer: PartialOffer, state: str) -> None:
    offer.state = state
    offer.answered_at = clock.now()
    offer.save(update_fields=["state", "answered_at"])


def _cancel(order: Order, offer: PartialOffer, state: str, step: str, by: User | None) -> Order:
    order.status = Order.Status.DECLINED
    order.save(update_fields=["status"])
    _close(offer, state)
    free_unprepared(order, step, reason="", by=by)
    publish(PartAnswerGiven(order_id=order.pk, state=offer.state))
    return order


def _shrink(order: Order, offer: PartialOffer) -> list[Want]:
    """The lines are what was offered, a line of which nothing comes is gone; answers what is not sent."""
    kept = {one.line_id: one for one in offer.lines.all()}
    missing = []
    for line in order.lines.all():
        one = kept[line.pk]
        if one.sends == one.was:
            continue
        missing.append(Want(line.variant_id, one.was - one.sends, f"partial-offer-line:{one.pk}", line.way))
        if one.sends == 0:
            line.delete()
        else:
            _keep(line, part_of(line, one.sends))
    return missing


def _keep(line: OrderLine, part: LinePart) -> None:
    for field, value in vars(part).items():
        setattr(line, field, value)
    line.save(update_fields=list(vars(part)))


def _lighten(order: Order) -> None:
    order.fulfilment.weight_grams = sum(order.lines.values_list("weight_grams", flat=True))
    order.fulfilment.save(update_fields=["weight_grams"])
