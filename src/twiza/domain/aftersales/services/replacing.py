"""The stock behind what is sent again."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.aftersales.errors import NothingToReplaceWith
from twiza.domain.aftersales.models import Complaint, Replacement
from twiza.domain.aftersales.rules import REPLY_DAYS, working_days_after
from twiza.domain.delivery.selectors import holidays_since
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.domain.inventory.services import Want, allocate_stock
from twiza.kit import clock


def refuse_without_stock(complaint: Complaint) -> None:
    """Raises NothingToReplaceWith when not as many are left as would be sent again."""
    line = complaint.line
    left = saleable_quantities([line.variant_id]).get(line.variant_id, 0)
    if left < complaint.pieces:
        raise NothingToReplaceWith(product=line.name, left=left)


@transaction.atomic
def promise_replacement(complaint: Complaint) -> Replacement:
    """The pieces are promised to the buyer once more, at no price. Lock the complaint first. Raises NothingToReplaceWith."""
    today = clock.today()
    replacement = Replacement.objects.create(
        complaint=complaint,
        quantity=complaint.pieces,
        promised_at=clock.now(),
        send_due_on=working_days_after(today, REPLY_DAYS, holidays_since(today)),
    )
    try:
        allocate_stock(f"replacement:{replacement.pk}", [want_of(replacement)])
    except OutOfStock as refusal:
        raise NothingToReplaceWith(product=complaint.line.name, left=refusal.facts["left"]) from refusal
    return replacement


def want_of(replacement: Replacement) -> Want:
    """What it takes from the stock, whichever way the line itself was bought."""
    return Want(replacement.complaint.line.variant_id, replacement.quantity, replacement.cause)
