"""Nobody waits for their money, or for an answer, unseen."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from twiza.domain.aftersales.events import ComplaintRefundLate, RefundLate
from twiza.domain.aftersales.locking import lock_complaint, lock_return
from twiza.domain.aftersales.models import Complaint
from twiza.domain.aftersales.selectors import (
    complaint_refunds_just_late,
    complaints_unheard,
    photos_to_forget,
    refunds_just_late,
)
from twiza.domain.aftersales.services.complaining import agree, escalate
from twiza.domain.aftersales.states import OPEN
from twiza.foundation.events.services import publish
from twiza.kit import clock


def tell_of_late_refunds() -> int:
    """The cooperative, and the operator of the storefront, hear once of each refund whose last day has passed (RefundLate,
    ComplaintRefundLate).

    Gives how many there were.
    """
    late = sum(_tell(return_id) for return_id in refunds_just_late())
    return late + sum(_tell_of_complaint(complaint_id) for complaint_id in complaint_refunds_just_late())


def settle_unheard_complaints() -> int:
    """What a cooperative did not answer by its last day is the operator's to decide (ComplaintEscalated); what a buyer did not
    disagree with by theirs is agreed (ComplaintAccepted). Done twice, it is done once. Gives how many there were.
    """
    return sum(_settle(complaint_id) for complaint_id in complaints_unheard())


def forget_complaint_photos() -> int:
    """The pictures of complaints closed a year ago are gone, their files too once that is certain. Gives how many."""
    return sum(_forget_photo(complaint_id) for complaint_id in photos_to_forget())


@transaction.atomic
def _forget_photo(complaint_id: int) -> bool:
    complaint = lock_complaint(complaint_id)
    if not complaint.photo:
        return False
    storage, name = complaint.photo.storage, complaint.photo.name
    complaint.photo = ""
    complaint.save(update_fields=["photo"])
    transaction.on_commit(partial(storage.delete, name))
    return True


@transaction.atomic
def _settle(complaint_id: int) -> bool:
    complaint, today = lock_complaint(complaint_id), clock.today()
    if complaint.state == Complaint.State.OPEN and complaint.answer_due_on < today:
        escalate(complaint, Complaint.Escalation.UNANSWERED)
        return True
    if complaint.state == Complaint.State.OFFERED and complaint.reply_due_on is not None and complaint.reply_due_on < today:
        agree(complaint)
        return True
    return False


@transaction.atomic
def _tell(return_id: int) -> bool:
    returned = lock_return(return_id)
    if returned.told_late_at is not None or returned.state not in OPEN:
        return False
    returned.told_late_at = clock.now()
    returned.save(update_fields=["told_late_at"])
    publish(RefundLate(return_id=return_id))
    return True


@transaction.atomic
def _tell_of_complaint(complaint_id: int) -> bool:
    complaint = lock_complaint(complaint_id)
    if complaint.told_late_at is not None or complaint.state != Complaint.State.ACCEPTED:
        return False
    complaint.told_late_at = clock.now()
    complaint.save(update_fields=["told_late_at"])
    publish(ComplaintRefundLate(complaint_id=complaint_id))
    return True
