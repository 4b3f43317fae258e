"""Questions about payouts: for those who look after them, and for the cooperative that is paid. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet, Sum

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import Viewer, answers_for
from twiza.domain.ledger.models import JournalEntry
from twiza.domain.orders.models import Order
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch, PayoutFile, PayoutHold, PayoutItem
from twiza.domain.payouts.rules import for_those_who_pay_out
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class PaidPart:
    """One thing that counts in a payout, as it is called: delivered, given back to the buyer, cash it has already."""

    what: str
    centimes: int
    at: datetime


@dataclass
class PaidOrder:
    """An order in a payout, and what it counts there; no order for what belongs to none."""

    order: Order | None
    parts: list[PaidPart] = field(default_factory=list)

    @property
    def centimes(self) -> int:
        return sum(part.centimes for part in self.parts)


def batches(viewer: Viewer) -> QuerySet[PayoutBatch]:
    """All of them, the newest first, with how many are paid by it and what it comes to. Raises NotFound."""
    for_those_who_pay_out(viewer)
    counted = PayoutBatch.objects.annotate(payouts_count=Count("payouts"), total_centimes=Sum("payouts__amount_centimes"))
    return counted.select_related("drafted_by", "approved_by").order_by("-pk")


def get_batch(batch_id: int, viewer: Viewer) -> PayoutBatch:
    """One of them. Raises NotFound."""
    found = batches(viewer).filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def payouts_of(batch: PayoutBatch) -> Sequence[Payout]:
    """Who is paid by it, with every try and where it went."""
    tries = PayoutAttempt.objects.select_related("account", "file", "asked_by", "approved_by").order_by("number")
    rows = batch.payouts.select_related("cooperative__published_revision", "batch").order_by("pk")
    return list(rows.annotate(items_count=Count("items")).prefetch_related(Prefetch("attempts", tries)))


def get_payout(payout_id: int, viewer: Viewer) -> Payout:
    """For those who look after payouts. Raises NotFound."""
    for_those_who_pay_out(viewer)
    return _payout(Payout.objects.filter(pk=payout_id))


def get_file(batch: PayoutBatch, number: int) -> PayoutFile:
    """Raises NotFound."""
    found = batch.files.filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def payouts_to(cooperative: Organisation, viewer: Viewer) -> Sequence[Payout]:
    """What was sent to this cooperative or is about to be, the newest first; drafts are nobody's yet. Raises NotFound."""
    if not answers_for(viewer, cooperative):
        raise NotFound
    rows = Payout.objects.filter(cooperative=cooperative).exclude(state=Payout.State.DROPPED)
    rows = rows.exclude(batch__state=PayoutBatch.State.DRAFT).select_related("batch").order_by("-pk")
    return list(rows.prefetch_related(Prefetch("attempts", PayoutAttempt.objects.select_related("account"))))


def get_payout_to(cooperative: Organisation, payout_id: int, viewer: Viewer) -> Payout:
    """One of them. Raises NotFound."""
    if not answers_for(viewer, cooperative):
        raise NotFound
    visible = Payout.objects.filter(pk=payout_id, cooperative=cooperative).exclude(state=Payout.State.DROPPED)
    return _payout(visible.exclude(batch__state=PayoutBatch.State.DRAFT))


def orders_paid_by(payout: Payout) -> Sequence[PaidOrder]:
    """What it is made of, by order, with the orders' lines; together they are its amount. Ask for it through the viewer."""
    items = PayoutItem.objects.filter(payout=payout).select_related(
        "posting__entry__order__group", "posting__entry__order__cooperative"
    )
    items = items.prefetch_related("posting__entry__order__lines").order_by("posting__entry__posted_at", "posting")
    found: dict[int | None, PaidOrder] = {}
    for item in items:
        entry = item.posting.entry
        paid = found.setdefault(entry.order_id, PaidOrder(entry.order))
        paid.parts.append(PaidPart(str(JournalEntry.What(entry.what).label), item.amount_centimes, entry.posted_at))
    return list(found.values())


def holds(viewer: Viewer) -> Sequence[PayoutHold]:
    """What is held back now and what waits for an answer, those with an objection first. Raises NotFound."""
    for_those_who_pay_out(viewer)
    rows = _holds().filter(lifted_at=None, ends_at__gt=clock.now()) | _holds().filter(answered_at=None).exclude(appeal="")
    return sorted(rows, key=lambda hold: (not hold.appeal or bool(hold.answer), hold.pk))


def cooperative_to_hold(slug: str, viewer: Viewer) -> Organisation:
    """The cooperative whose money may be held back. Raises NotFound."""
    for_those_who_pay_out(viewer)
    found = Organisation.objects.select_related("published_revision").filter(slug=slug, merged_into=None).first()
    if found is None or not found.is_cooperative:
        raise NotFound
    return found


def get_hold(hold_id: int, viewer: Viewer) -> PayoutHold:
    """Raises NotFound."""
    for_those_who_pay_out(viewer)
    found = _holds().filter(pk=hold_id).first()
    if found is None:
        raise NotFound
    return found


def hold_on(cooperative: Organisation, viewer: Viewer) -> PayoutHold | None:
    """What holds this cooperative's money back now, for itself to read. Raises NotFound."""
    if not answers_for(viewer, cooperative):
        raise NotFound
    return _holds().filter(cooperative=cooperative, lifted_at=None, ends_at__gt=clock.now()).first()


def _holds() -> QuerySet[PayoutHold]:
    return PayoutHold.objects.select_related("cooperative__published_revision", "placed_by")


def _payout(rows: QuerySet[Payout]) -> Payout:
    tries = PayoutAttempt.objects.select_related("account", "file", "asked_by", "approved_by").order_by("number")
    found = rows.select_related("batch", "cooperative__published_revision").prefetch_related(Prefetch("attempts", tries)).first()
    if found is None:
        raise NotFound
    return found
