"""A buyer shows that a transfer was sent: it helps a keeper to find it, and pays nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO

from django.db import transaction

from twiza.domain.directory.services.claim_papers import read_paper
from twiza.domain.payments.errors import NotWaitingForMoney, TooManyProofs
from twiza.domain.payments.locking import lock_payment
from twiza.domain.payments.models import Payment, TransferProof
from twiza.domain.payments.selectors import has_account
from twiza.kit import clock

MOST_PROOFS = 3
KEPT_AFTER_IT_LAPSED = timedelta(days=30)


def show_transfer(reference: str, upload: BinaryIO) -> TransferProof:
    """Keepers see this picture, written anew without where it was taken, or PDF beside what is awaited for `reference`. It is
    deleted once the money is found, or thirty days after the order lapsed.

    Raises PaperTooLarge, PaperUnreadable, TooManyProofs, NotWaitingForMoney; then nothing is kept.
    """
    paper = read_paper(upload)
    with transaction.atomic():
        payment = lock_payment(reference)
        if payment.state != Payment.State.PENDING or not has_account(payment.provider):
            raise NotWaitingForMoney
        if payment.proofs.count() >= MOST_PROOFS:
            raise TooManyProofs(most=MOST_PROOFS)
        return TransferProof.objects.create(payment=payment, media_type=paper.media_type, content=paper.content)


def forget_proofs() -> int:
    """Those of money that was found, and old ones of orders that lapsed, are deleted; how many."""
    paid = TransferProof.objects.filter(payment__state=Payment.State.CAPTURED)
    lapsed = TransferProof.objects.exclude(payment__state=Payment.State.PENDING)
    old = lapsed.filter(added_at__lt=clock.now() - KEPT_AFTER_IT_LAPSED)
    return (paid | old).delete()[0]
