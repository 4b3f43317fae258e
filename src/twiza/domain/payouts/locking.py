"""The only locks of payouts. Order: the batch, then what is owed, then its payouts."""

from __future__ import annotations

from twiza.domain.ledger.models import Account
from twiza.domain.payouts.models import Payout, PayoutBatch, PayoutFile, PayoutHold


def lock_batch(batch_id: int) -> PayoutBatch:
    return PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)


def lock_batch_of(payout_id: int) -> tuple[PayoutBatch, Payout]:
    """The batch, then the payout of it."""
    batch = lock_batch(Payout.objects.values_list("batch_id", flat=True).get(pk=payout_id))
    return batch, Payout.objects.select_for_update(of=("self",)).get(pk=payout_id)


def lock_batch_with(file_id: int) -> tuple[PayoutBatch, PayoutFile]:
    """The batch, then the file made of it."""
    batch = lock_batch(PayoutFile.objects.values_list("batch_id", flat=True).get(pk=file_id))
    return batch, PayoutFile.objects.get(pk=file_id)


def lock_what_is_owed() -> None:
    """Nothing is posted on what is owed to any cooperative, and nobody else drafts, until the transaction ends."""
    accounts = Account.objects.select_for_update(of=("self",)).filter(kind=Account.Kind.COOP_PAYABLE)
    list(accounts.order_by("pk").values_list("pk", flat=True))


def lock_hold(hold_id: int) -> PayoutHold:
    return PayoutHold.objects.select_for_update(of=("self",)).get(pk=hold_id)
