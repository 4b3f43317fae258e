"""Where a message is on its way. It only moves forward, whatever order the news arrives in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("text message", "waiting")
    SENDING = "sending", pgettext_lazy("text message", "leaving")
    UNKNOWN = "unknown", pgettext_lazy("text message", "not known")
    SENT = "sent", pgettext_lazy("text message", "sent")
    DELIVERED = "delivered", pgettext_lazy("text message", "delivered")
    FAILED = "failed", pgettext_lazy("text message", "not delivered")
    SUPPRESSED = "suppressed", pgettext_lazy("text message", "not sent: the person asked for silence")


# `unknown` is the honest state after a time-out: a receipt may still settle it. Some are sent once more (`sending.AGAIN_AFTER`).
MAY_FOLLOW: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING, State.SUPPRESSED}),
    # Back to the queue only when the gateway says that nobody received it.
    State.SENDING: frozenset({State.QUEUED, State.UNKNOWN, State.SENT, State.DELIVERED, State.FAILED}),
    State.UNKNOWN: frozenset({State.QUEUED, State.SENT, State.DELIVERED, State.FAILED}),
    State.SENT: frozenset({State.DELIVERED, State.FAILED}),
    State.DELIVERED: frozenset(),
    State.FAILED: frozenset(),
    State.SUPPRESSED: frozenset(),
}


def states_before(state: State) -> list[State]:
    """The states from which one may come to `state`: the condition of every update."""
    return [before for before, after in MAY_FOLLOW.items() if state in after]
