"""Payouts go into a file for the bank or the post office, and the same file can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from twiza.domain.payouts.errors import FileChanged, LayoutUnknown, NothingToSend, NotNow, SumsDiffer
from twiza.domain.payouts.locking import lock_batch
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch, PayoutFile, PayoutItem
from twiza.domain.payouts.rules import PaidLine, bytes_of, for_those_who_pay_out, layouts_for
from twiza.domain.payouts.selectors.plan import destinations_of, holds_now
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.money import plain

State, Try = PayoutBatch.State, PayoutAttempt.State


@dataclass(frozen=True)
class WrittenFile:
    """What is downloaded."""

    name: str
    contents: bytes
    charset: str


@transaction.atomic
def export_batch(batch: PayoutBatch, *, layout: str, way: str, by: User) -> PayoutFile:
    """What was approved and goes this way is in one file from now on, and with the bank; its sum is what the ledger owes for it.

    Left out, for a later file: what is held back meanwhile. One whose account is another one by now comes back at once, and is
    approved anew. Raises NotFound, NotNow, LayoutUnknown, NothingToSend.
    """
    for_those_who_pay_out(by)
    chosen = layouts_for(way).get(layout)
    if chosen is None:
        raise LayoutUnknown
    current = lock_batch(batch.pk)
    if current.state in (State.DRAFT, State.DROPPED, State.RECONCILED):
        raise NotNow
    tries = _ready(current, way, by)
    if not tries:
        raise NothingToSend
    total = sum(one.payout.amount_centimes for one in tries)
    _as_in_the_ledger(tries, total)
    made = PayoutFile(
        batch=current,
        number=(current.files.aggregate(last=Max("number"))["last"] or 0) + 1,
        way=way,
        layout=layout,
        from_account=settings.TRANSFER_RIB,
        from_name=settings.TRANSFER_HOLDER[:80],
        day=clock.today(),
        payouts_count=len(tries),
        total_centimes=total,
        made_by=by,
        made_at=clock.now(),
    )
    made.sha256 = _hash(bytes_of(chosen, _lines(made, tries)))
    made.save()
    PayoutAttempt.objects.filter(pk__in=[one.pk for one in tries]).update(file=made, state=Try.SENT)
    Payout.objects.filter(attempts__in=tries).update(state=Payout.State.SENT)
    current.state = State.EXPORTED
    current.save(update_fields=["state"])
    details = {"file": made.number, "way": way, "total": total, "sha256": made.sha256}
    record("payouts.export", subject=f"payout-batch:{current.pk}", by=by, details=details)
    return made


@transaction.atomic
def download(file: PayoutFile, *, by: User) -> WrittenFile:
    """The same bytes as the first time, and who took them is remembered. Raises NotFound, FileChanged when they would differ."""
    for_those_who_pay_out(by)
    layout = layouts_for(file.way).get(file.layout)
    if layout is None:
        raise FileChanged
    tries = file.attempts.select_related("payout", "account").order_by("payout")
    contents = bytes_of(layout, _lines(file, list(tries)))
    if _hash(contents) != file.sha256:
        raise FileChanged
    record("payouts.download", subject=f"payout-batch:{file.batch_id}", by=by, details={"file": file.number})
    name = f"twiza-{file.batch_id}-{file.number}-{file.way}-{file.day.isoformat()}.csv"
    return WrittenFile(name, contents, layout.encoding.replace("-sig", ""))


def _ready(batch: PayoutBatch, way: str, by: User) -> Sequence[PayoutAttempt]:
    """What can go into a file now."""
    waiting = PayoutAttempt.objects.filter(payout__batch=batch, state=Try.APPROVED, way=way)
    tries = list(waiting.select_related("payout", "account").order_by("payout"))
    cooperatives = [one.payout.cooperative_id for one in tries]
    holds, goes_to = holds_now(cooperatives), destinations_of(cooperatives)
    ready = []
    for one in tries:
        if one.payout.cooperative_id in holds:
            continue
        if way == "bank" and goes_to[one.payout.cooperative_id].account_id != one.account_id:
            _take_back(one, by)
        else:
            ready.append(one)
    return ready


def _take_back(one: PayoutAttempt, by: User) -> None:
    """It never left."""
    one.state, one.returned_on, one.settled_by = Try.RETURNED, clock.today(), by
    one.returned_because = _("the bank account is another one")[:240]
    one.save(update_fields=["state", "returned_on", "settled_by", "returned_because"])
    Payout.objects.filter(pk=one.payout_id).update(state=Payout.State.RETURNED)


def _as_in_the_ledger(tries: Sequence[PayoutAttempt], total: int) -> None:
    items = PayoutItem.objects.filter(payout__in=[one.payout_id for one in tries], is_live=True)
    owed = -(items.aggregate(all=Sum("posting__amount_centimes"))["all"] or 0)
    if owed != total:
        raise SumsDiffer(ours=plain(owed), theirs=plain(total))


def _lines(file: PayoutFile, tries: Sequence[PayoutAttempt]) -> Sequence[PaidLine]:
    return [
        PaidLine(
            reference=one.payout.reference,
            payee=one.payee,
            place=one.place,
            centimes=one.payout.amount_centimes,
            day=file.day,
            rib=one.account.value if one.account else "",
            from_rib=file.from_account,
            from_name=file.from_name,
        )
        for one in tries
    ]


def _hash(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()
