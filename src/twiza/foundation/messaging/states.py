"""Where a message is on its way. It only moves forward, whatever order the news arrives in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("leaving")
    UNKNOWN = "unknown", _("not known")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("not delivered")
    SUPPRESSED = "suppressed", _("not sent: the person asked for silence")


# `unknown` is the honest state after a time-out: it is not sent again, but a receipt may still settle it.
MAY_FOLLOW: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING, State.SUPPRESSED}),
    # Back to the queue only when the gateway says that nobody received it.
    State.SENDING: frozenset({State.QUEUED, State.UNKNOWN, State.SENT, State.DELIVERED, State.FAILED}),
    State.UNKNOWN: frozenset({State.SENT, State.DELIVERED, State.FAILED}),
    State.SENT: frozenset({State.DELIVERED, State.FAILED}),
    State.DELIVERED: frozenset(),
    State.FAILED: frozenset(),
    State.SUPPRESSED: frozenset(),
}


def states_before(state: State) -> list[State]:
    """The states from which one may come to `state`: the condition of every update."""
    return [before for before, after in MAY_FOLLOW.items() if state in after]
