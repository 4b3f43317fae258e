"""The one writer of the journal. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q

from twiza.domain.ledger.errors import EntryUnbalanced, ReversedAlready
from twiza.domain.ledger.models import Account, JournalEntry, Posting
from twiza.domain.ledger.rules import Line, Lines, Owner, reversal_of
from twiza.domain.ledger.selectors.expected import Expected
from twiza.kit import clock


@transaction.atomic
def post(
    key: str,
    what: str,
    lines: Lines,
    *,
    order: int | None = None,
    payment: int | None = None,
    refund: int | None = None,
    reverses: JournalEntry | None = None,
    reason: str = "",
) -> JournalEntry | None:
    """What happened stands in the journal, under `key`, once: told twice, the entry that stands there is answered.

    `what` is a JournalEntry.What; order, payment and refund are ids. Nothing that comes to nothing is written down (None).
    Raises EntryUnbalanced.
    """
    if sum(line.centimes for line in lines):
        raise EntryUnbalanced
    if not lines:
        return None
    known = JournalEntry.objects.filter(key=key).first()
    if known is not None:
        return known
    causes = {"order_id": order, "payment_id": payment, "refund_id": refund, "reverses": reverses}
    entry = JournalEntry(key=key, what=what, reason=reason, posted_at=clock.now(), **causes)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return JournalEntry.objects.get(key=key)
    accounts = accounts_of(line.owner for line in lines)
    Posting.objects.bulk_create(
        Posting(entry=entry, account=accounts[line.owner], amount_centimes=line.centimes) for line in lines
    )
    return entry


def post_all(entries: Sequence[Expected]) -> None:
    """What is to stand in the journal does; many are written as fast as one. Raises EntryUnbalanced."""
    if any(sum(line.centimes for line in one.lines) for one in entries):
        raise EntryUnbalanced
    known = set(JournalEntry.objects.filter(key__in=[one.key for one in entries]).values_list("key", flat=True))
    fresh = [one for one in entries if one.lines and one.key not in known]
    if not fresh:
        return
    accounts = accounts_of({line.owner for one in fresh for line in one.lines})
    try:
        with transaction.atomic():
            _write(fresh, accounts)
    except IntegrityError:  # somebody else wrote one of them at the same moment
        for one in fresh:
            post(one.key, one.what, one.lines, order=one.order_id, payment=one.payment_id, refund=one.refund_id)


def _write(entries: Sequence[Expected], accounts: Mapping[Owner, Account]) -> None:
    now = clock.now()
    rows = JournalEntry.objects.bulk_create(
        JournalEntry(
            key=one.key,
            what=one.what,
            order_id=one.order_id,
            payment_id=one.payment_id,
            refund_id=one.refund_id,
            remittance_id=one.remittance_id,
            posted_at=now,
        )
        for one in entries
    )
    Posting.objects.bulk_create(
        Posting(entry=row, account=accounts[line.owner], amount_centimes=line.centimes)
        for row, one in zip(rows, entries, strict=True)
        for line in one.lines
    )


@transaction.atomic
def reverse(entry: JournalEntry, *, reason: str) -> JournalEntry:
    """It is as if it had not been posted, and both stand there, with why. Raises ReversedAlready."""
    if JournalEntry.objects.filter(reverses=entry).exists():
        raise ReversedAlready
    taken_back = post(
        f"reversal:{entry.key}",
        JournalEntry.What.REVERSED,
        reversal_of(lines_of(entry)),
        order=entry.order_id,
        payment=entry.payment_id,
        refund=entry.refund_id,
        reverses=entry,
        reason=reason[:240],
    )
    if taken_back is None:
        raise EntryUnbalanced
    return taken_back


def lines_of(entry: JournalEntry) -> Lines:
    """What was posted, in order."""
    postings = entry.postings.select_related("account").order_by("pk")
    return tuple(Line(owner_of(one.account), one.amount_centimes) for one in postings)


def owner_of(account: Account) -> Owner:
    return Owner(account.kind, account.organisation_id, account.holder)


def accounts_of(owners: Iterable[Owner]) -> Mapping[Owner, Account]:
    """Their accounts, opened where there is none yet; asked for all at once, however many."""
    wanted = frozenset(owners)
    known = _opened(wanted)
    missing = sorted(wanted - known.keys(), key=lambda one: (one.kind, one.organisation_id or 0, one.holder))
    if missing:
        opened = [Account(kind=one.kind, organisation_id=one.organisation_id, holder=one.holder) for one in missing]
        Account.objects.bulk_create(opened, ignore_conflicts=True)
        known = _opened(wanted)
    return known


def _opened(owners: Collection[Owner]) -> Mapping[Owner, Account]:
    """Those there are. An owner is found by all three of its names together."""
    organisations = {one.organisation_id for one in owners if one.organisation_id is not None}
    near = Account.objects.filter(Q(organisation__in=organisations) | Q(organisation__isnull=True))
    near = near.filter(kind__in={one.kind for one in owners}, holder__in={one.holder for one in owners}, currency="MAD")
    known = {owner_of(account): account for account in near.order_by("pk")}
    return {owner: known[owner] for owner in owners if owner in known}
