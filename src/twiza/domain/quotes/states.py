"""Which state may follow which. Services ask here and nowhere else. What lapses stays answered: only the calendar says so."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.quotes.models import Quote

QUOTE: Mapping[str, frozenset[str]] = {
    Quote.State.ASKED: frozenset({Quote.State.ANSWERED, Quote.State.REFUSED}),
    Quote.State.ANSWERED: frozenset({Quote.State.ACCEPTED, Quote.State.WITHDRAWN}),
    Quote.State.REFUSED: frozenset(),
    Quote.State.ACCEPTED: frozenset({Quote.State.SENT}),
    Quote.State.SENT: frozenset(),
    Quote.State.WITHDRAWN: frozenset(),
}
