"""What others may hear of text messages."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class TextReceived(Event):
    """Somebody wrote to us. The text is in `InboundText`; ask `inbound_text(inbound_id)`."""

    inbound_id: int
