"""A parcel that is sent again: it leaves, it arrives, or it does not."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.aftersales.errors import ComplaintSettled
from twiza.domain.aftersales.events import ReplacementDelivered, ReplacementSent
from twiza.domain.aftersales.locking import lock_complaint
from twiza.domain.aftersales.models import Complaint, Replacement
from twiza.domain.aftersales.services.complaining import close, escalate
from twiza.domain.aftersales.services.replacing import want_of
from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import dispatch_stock, release_stock
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST_TRACKING = 60


@transaction.atomic
def send_replacement(complaint: Complaint, *, tracking: str = "", by: User) -> Replacement:
    """The new parcel left: its pieces are no longer on hand, the buyer is told (ReplacementSent).

    Raises ComplaintSettled, NotFound.
    """
    replacement = _parcel(complaint, Replacement.Status.PENDING, by)
    dispatch_stock([want_of(replacement)], by=by)
    replacement.tracking, replacement.handed_over_at = tracking[:MOST_TRACKING], clock.now()
    _become(replacement, Replacement.Status.HANDED_OVER, by)
    publish(ReplacementSent(replacement_id=replacement.pk))
    return replacement


@transaction.atomic
def record_replacement_delivered(complaint: Complaint, *, by: User) -> Replacement:
    """The buyer has it: the complaint is closed, and the buyer told, who may say if not (ReplacementDelivered).

    Raises ComplaintSettled, NotFound.
    """
    replacement = _parcel(complaint, Replacement.Status.HANDED_OVER, by)
    replacement.ended_at = clock.now()
    _become(replacement, Replacement.Status.DELIVERED, by)
    close(replacement.complaint, Complaint.Outcome.REPLACED, by=by)
    publish(ReplacementDelivered(replacement_id=replacement.pk))
    return replacement


@transaction.atomic
def give_up_replacement(complaint: Complaint, *, by: User) -> Replacement:
    """It cannot be sent, or did not arrive: the operator of the storefront decides what the buyer has instead.

    What did not leave may be sold again (ComplaintEscalated). Raises ComplaintSettled, NotFound.
    """
    replacement = _parcel(complaint, None, by)
    has_left = replacement.status == Replacement.Status.HANDED_OVER
    replacement.ended_at = clock.now()
    if not has_left:
        release_stock([want_of(replacement)], by=by)
    _become(replacement, Replacement.Status.LOST if has_left else Replacement.Status.CANCELLED, by)
    escalate(replacement.complaint, Complaint.Escalation.LOST if has_left else Complaint.Escalation.SOLD_OUT)
    return replacement


def _parcel(complaint: Complaint, status: str | None, by: User) -> Replacement:
    """The parcel, its complaint locked, which is where `status` says, or anywhere before its end."""
    if not answers_for(by, complaint.line.order.cooperative):
        raise NotFound
    complaint = lock_complaint(complaint.pk)
    replacement = complaint.replacements.filter(status__in=[status] if status else ["pending", "handed_over"]).first()
    if replacement is None:
        raise ComplaintSettled(state=complaint.get_state_display())
    replacement.complaint = complaint
    return replacement


def _become(replacement: Replacement, status: str, by: User) -> None:
    replacement.status = status
    replacement.save()
    line = replacement.complaint.line
    details = {"complaint": replacement.complaint_id, "variant": line.variant_id, "quantity": replacement.quantity}
    organisation = f"organisation:{line.order.cooperative_id}"
    record(
        f"aftersales.replacement_{status}", subject=f"order:{line.order_id}", by=by, on_behalf_of=organisation, details=details
    )
