"""Something is wrong: the buyer says it, the cooperative offers, the buyer agrees or the operator decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction

from twiza.domain.aftersales.errors import (
    ComplaintSettled,
    GivenBackByTheMarket,
    MoreThanOrdered,
    NothingToComplainOf,
    NothingToReplaceWith,
    ReasonMissing,
    RefundAbovePaid,
)
from twiza.domain.aftersales.events import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintDecided,
    ComplaintEscalated,
    ComplaintOpened,
    ComplaintRefunded,
)
from twiza.domain.aftersales.locking import lock_complaint
from twiza.domain.aftersales.models import Complaint
from twiza.domain.aftersales.rules import ANSWER_DAYS, REFUND_DAYS, REPLY_DAYS, is_given_back_by_the_market, working_days_after
from twiza.domain.aftersales.selectors import left_to_refund, lines_to_complain_of
from twiza.domain.aftersales.services.replacing import promise_replacement, refuse_without_stock
from twiza.domain.aftersales.states import COMPLAINT
from twiza.domain.delivery.selectors import holidays_since
from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Order
from twiza.domain.payments.services import owe_refund, record_refund
from twiza.domain.storefronts.selectors import get_storefront_decided_by
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.foundation.pictures.services import kept
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.money import plain


@dataclass(frozen=True)
class Settlement:
    """What is offered or decided: `kind` is a Complaint.Answer, `centimes` what goes back when it is money."""

    kind: str
    centimes: int = 0
    words: str = ""


def open_complaint(
    order: Order, line_id: int, *, kind: str, pieces: int, words: str = "", photo: BinaryIO | None = None
) -> Complaint:
    """The buyer says that something is wrong with so many pieces of a line; the cooperative is told (ComplaintOpened).

    Whoever calls has the buyer's own link to the order. `kind` is a Complaint.Kind; of the photo only what is seen is kept.
    Raises NothingToComplainOf, MoreThanOrdered, PhotoRefused, PhotoNotKept.
    """
    with _kept(photo) as name, transaction.atomic():
        order = lock_order(order.pk)
        line = next((line for line in lines_to_complain_of([order]).get(order.pk, []) if line.pk == line_id), None)
        if line is None:
            raise NothingToComplainOf
        if not 1 <= pieces <= line.quantity:
            raise MoreThanOrdered(quantity=line.quantity)
        today = clock.today()
        complaint = Complaint.objects.create(
            line=line,
            kind=Complaint.Kind(kind).value,
            pieces=pieces,
            words=words,
            photo=name,
            opened_at=clock.now(),
            answer_due_on=working_days_after(today, ANSWER_DAYS, holidays_since(today)),
        )
        _remember(complaint, "opened", None)
        publish(ComplaintOpened(complaint_id=complaint.pk))
        return complaint


@transaction.atomic
def answer_complaint(complaint: Complaint, offer: Settlement, *, by: User) -> Complaint:
    """The cooperative offers this, or refuses with its reason; the buyer is told until when to disagree (ComplaintAnswered).

    Raises ComplaintSettled, RefundAbovePaid, NothingToReplaceWith, ReasonMissing, NotFound.
    """
    complaint = _locked_for_cooperative(complaint, Complaint.State.OFFERED, by)
    _check(complaint, offer)
    complaint.answer, complaint.answer_centimes, complaint.answer_words = offer.kind, offer.centimes, offer.words
    complaint.answered_at, complaint.answered_by = clock.now(), by
    complaint.reply_due_on = working_days_after(clock.today(), REPLY_DAYS, holidays_since(clock.today()))
    _become(complaint, Complaint.State.OFFERED, by)
    publish(ComplaintAnswered(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def accept_answer(complaint: Complaint) -> Complaint:
    """The buyer agrees: what was offered is owed, the cooperative is told (ComplaintAccepted); a refusal closes it.

    Whoever calls has the buyer's own link to the order. Raises ComplaintSettled.
    """
    complaint = lock_complaint(complaint.pk)
    if complaint.state != Complaint.State.OFFERED:
        raise ComplaintSettled(state=complaint.get_state_display())
    agree(complaint)
    return complaint


@transaction.atomic
def dispute_answer(complaint: Complaint) -> Complaint:
    """The buyer does not agree: the operator of the storefront decides, and is told (ComplaintEscalated).

    Whoever calls has the buyer's own link to the order. Raises ComplaintSettled.
    """
    complaint = lock_complaint(complaint.pk)
    if complaint.state != Complaint.State.OFFERED:
        raise ComplaintSettled(state=complaint.get_state_display())
    escalate(complaint, Complaint.Escalation.NOT_AGREED)
    return complaint


@transaction.atomic
def decide_complaint(complaint: Complaint, decision: Settlement, *, by: User) -> Complaint:
    """The operator of the storefront it was chosen in decides, or where it has none whoever keeps the register, with a reason;
    both sides are told (ComplaintDecided).

    Raises ComplaintSettled, RefundAbovePaid, NothingToReplaceWith, ReasonMissing, NotFound.
    """
    complaint = lock_complaint(complaint.pk)
    get_storefront_decided_by(by, complaint.line.storefront.slug)
    if complaint.state != Complaint.State.ESCALATED:
        raise ComplaintSettled(state=complaint.get_state_display())
    if not decision.words:
        raise ReasonMissing
    _check(complaint, decision)
    complaint.decision, complaint.decision_centimes = decision.kind, decision.centimes
    complaint.decision_words, complaint.decided_at, complaint.decided_by = decision.words, clock.now(), by
    settle(complaint, decision, by=by)
    publish(ComplaintDecided(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def record_refund_for(complaint: Complaint, *, how: str, by: User) -> Complaint:
    """The cooperative gave back what was agreed; it is closed and the buyer told (ComplaintRefunded). `how` is a Refund.How.

    Raises GivenBackByTheMarket when it was paid by card, ComplaintSettled, NotFound.
    """
    complaint = _locked_for_cooperative(complaint, Complaint.State.CLOSED, by)
    if complaint.state != Complaint.State.ACCEPTED or complaint.settled_by != Complaint.Answer.REFUND:
        raise ComplaintSettled(state=complaint.get_state_display())
    if is_given_back_by_the_market(complaint.line.order):
        raise GivenBackByTheMarket
    record_refund(complaint.reference, how=how, told={"by": by.pk})
    _end_refunded(complaint, by)
    return complaint


@transaction.atomic
def end_complaint_given_back(complaint_id: int) -> None:
    """The market gave its money back on the card; the buyer is told (ComplaintRefunded). Heard twice, it counts once."""
    complaint = lock_complaint(complaint_id)
    if complaint.state == Complaint.State.ACCEPTED and complaint.settled_by == Complaint.Answer.REFUND:
        _end_refunded(complaint, None)


def _end_refunded(complaint: Complaint, by: User | None) -> None:
    close(complaint, Complaint.Outcome.REFUNDED, by=by)
    publish(ComplaintRefunded(complaint_id=complaint.pk))


def agree(complaint: Complaint) -> None:
    """What the cooperative offered holds (ComplaintAccepted). Lock it first.

    Of money, what did not go back by another way meanwhile; when all of it did, there is nothing left to do. What was to be
    sent again and was sold meanwhile is the operator's to decide (ComplaintEscalated).
    """
    if complaint.answer == Complaint.Answer.REFUND:
        left = left_to_refund(complaint.line)
        if left == 0:
            close(complaint, Complaint.Outcome.REFUNDED, by=None)
            return
        complaint.answer_centimes = min(complaint.answer_centimes, left)
    try:
        settle(complaint, Settlement(complaint.answer, complaint.answer_centimes), by=None)
    except NothingToReplaceWith:
        escalate(complaint, Complaint.Escalation.SOLD_OUT)
    if complaint.state == Complaint.State.ACCEPTED:
        publish(ComplaintAccepted(complaint_id=complaint.pk))


def settle(complaint: Complaint, settlement: Settlement, *, by: User | None) -> None:
    """It is agreed or decided: money is owed or a parcel promised from now on, or nothing is and it is closed. Lock it first.

    Raises NothingToReplaceWith, changing nothing.
    """
    if settlement.kind == Complaint.Answer.REFUSE:
        close(complaint, Complaint.Outcome.REFUSED, by=by)
        return
    if settlement.kind == Complaint.Answer.REPLACE:
        promise_replacement(complaint)
        _become(complaint, Complaint.State.ACCEPTED, by)
        return
    complaint.refund_due_on = clock.today() + timedelta(days=REFUND_DAYS)
    part = f"order:{complaint.line.order_id}"
    owe_refund(part, reference=complaint.reference, amount_centimes=settlement.centimes, due_on=complaint.refund_due_on)
    _become(complaint, Complaint.State.ACCEPTED, by)


def escalate(complaint: Complaint, why: str) -> None:
    """The operator has it, and hears of it (ComplaintEscalated). Lock it first."""
    complaint.escalation, complaint.escalated_at = why, clock.now()
    _become(complaint, Complaint.State.ESCALATED, None)
    publish(ComplaintEscalated(complaint_id=complaint.pk))


def close(complaint: Complaint, outcome: str, *, by: User | None) -> None:
    """It ends so. Lock it first."""
    complaint.outcome, complaint.closed_at = outcome, clock.now()
    _become(complaint, Complaint.State.CLOSED, by)


def _locked_for_cooperative(complaint: Complaint, target: str, by: User) -> Complaint:
    """The complaint, locked, which may become this by this person."""
    if not answers_for(by, complaint.line.order.cooperative):
        raise NotFound
    complaint = lock_complaint(complaint.pk)
    if target not in COMPLAINT[complaint.state]:
        raise ComplaintSettled(state=complaint.get_state_display())
    return complaint


def _check(complaint: Complaint, settlement: Settlement) -> None:
    if settlement.kind == Complaint.Answer.REFUND:
        _refuse_above_paid(complaint, settlement.centimes)
    elif settlement.kind == Complaint.Answer.REPLACE:
        refuse_without_stock(complaint)
    elif settlement.kind == Complaint.Answer.REFUSE and not settlement.words:
        raise ReasonMissing


def _refuse_above_paid(complaint: Complaint, centimes: int) -> None:
    most = left_to_refund(complaint.line)
    if not 1 <= centimes <= most:
        raise RefundAbovePaid(most=plain(most))


def _become(complaint: Complaint, state: str, by: User | None) -> None:
    complaint.state = state
    complaint.save()
    _remember(complaint, state, by)


def _remember(complaint: Complaint, act: str, by: User | None) -> None:
    line = complaint.line
    details = {
        "complaint": complaint.pk,
        "answer": complaint.answer,
        "decision": complaint.decision,
        "centimes": complaint.settled_centimes,
    }
    organisation = f"organisation:{line.order.cooperative_id}"
    record(f"aftersales.complaint_{act}", subject=f"order:{line.order_id}", by=by, on_behalf_of=organisation, details=details)


@contextmanager
def _kept(photo: BinaryIO | None) -> Iterator[str]:
    """The name under which its cleaned picture is kept, gone again when the complaint is not made after all."""
    if photo is None:
        yield ""
        return
    with kept(photo) as columns:
        yield str(columns["original"])
