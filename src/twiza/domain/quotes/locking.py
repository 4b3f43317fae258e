"""The only locks on quotes."""

from __future__ import annotations

from twiza.domain.quotes.models import Quote


def lock_quote(quote_id: int) -> Quote:
    """Two who answer, or a price taken back while it is accepted, take turns."""
    quotes = Quote.objects.select_for_update(of=("self",)).select_related("cooperative__published_revision__commune__province")
    return quotes.get(pk=quote_id)
