"""Which state of a return may follow which. Services ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.aftersales.models import Complaint, Return

# What is there already is received, whether or not anybody answered before.
RETURN: Mapping[str, frozenset[str]] = {
    Return.State.REQUESTED: frozenset({Return.State.APPROVED, Return.State.REJECTED, Return.State.RECEIVED}),
    Return.State.APPROVED: frozenset({Return.State.REJECTED, Return.State.RECEIVED}),
    Return.State.REJECTED: frozenset(),
    Return.State.RECEIVED: frozenset({Return.State.REFUNDED}),
    Return.State.REFUNDED: frozenset(),
}
OPEN = frozenset({Return.State.REQUESTED, Return.State.APPROVED, Return.State.RECEIVED})
IS_BACK = frozenset({Return.State.RECEIVED, Return.State.REFUNDED})
# What the buyer has back, or will have unless it is rejected.
GIVES_BACK = frozenset({Return.State.REQUESTED, *IS_BACK, Return.State.APPROVED})

COMPLAINT: Mapping[str, frozenset[str]] = {
    Complaint.State.OPEN: frozenset({Complaint.State.OFFERED, Complaint.State.ESCALATED}),
    Complaint.State.OFFERED: frozenset({Complaint.State.ACCEPTED, Complaint.State.ESCALATED, Complaint.State.CLOSED}),
    Complaint.State.ESCALATED: frozenset({Complaint.State.ACCEPTED, Complaint.State.CLOSED}),
    Complaint.State.ACCEPTED: frozenset({Complaint.State.CLOSED, Complaint.State.ESCALATED}),
    Complaint.State.CLOSED: frozenset(),
}
