"""What the ledger has of payouts: an entry when one left, and another when it came back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.rules import paid_out, reversal_of
from twiza.domain.ledger.selectors import Expected, Source
from twiza.domain.payouts.models import PayoutAttempt


def paid_out_expected(attempt_ids: Collection[int]) -> Sequence[Expected]:
    found = []
    for attempt in PayoutAttempt.objects.filter(pk__in=attempt_ids, paid_on__isnull=False).select_related("payout"):
        lines = paid_out(attempt.payout.cooperative_id, attempt.payout.amount_centimes)
        found.append(Expected(attempt.key, JournalEntry.What.PAID_OUT, lines))
        if attempt.returned_on is not None:
            found.append(Expected(f"reversal:{attempt.key}", JournalEntry.What.REVERSED, reversal_of(lines)))
    return found


PAID_OUT = Source(PayoutAttempt.objects.all, paid_out_expected)
