"""What others may hear after a parcel arrived."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class ReturnAsked(Event):
    """A buyer changed their mind in time, and sends something back."""

    return_id: int


@dataclass(frozen=True)
class ReturnApproved(Event):
    """The cooperative waits for it."""

    return_id: int


@dataclass(frozen=True)
class ReturnRejected(Event):
    """The cooperative does not take it back, and says why."""

    return_id: int


@dataclass(frozen=True)
class ReturnRefunded(Event):
    """The money was given back: the cooperative says so, or the market, who had it."""

    return_id: int


@dataclass(frozen=True)
class RefundLate(Event):
    """The last day for a refund has passed without it."""

    return_id: int


@dataclass(frozen=True)
class ComplaintOpened(Event):
    """Something is wrong with what arrived."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintAnswered(Event):
    """The cooperative offers something, or says why it owes nothing."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintAccepted(Event):
    """What was offered is agreed: the cooperative does it now."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintEscalated(Event):
    """The operator of the storefront has to decide."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintDecided(Event):
    """The operator decided, with its reason."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintRefunded(Event):
    """The money that was agreed was given back: the cooperative says so, or the market, who had it."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintRefundLate(Event):
    """The last day for the money that was agreed has passed without it."""

    complaint_id: int


@dataclass(frozen=True)
class ReplacementSent(Event):
    """What was wrong is on its way once more."""

    replacement_id: int


@dataclass(frozen=True)
class ReplacementDelivered(Event):
    """The cooperative says that the buyer has it."""

    replacement_id: int
