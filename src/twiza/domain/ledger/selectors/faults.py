"""What the journal says, held against what happened: every entry is worked out again from its facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from twiza.domain.aftersales.models import Return
from twiza.domain.ledger.models import JournalEntry, Posting
from twiza.domain.ledger.rules import Line, Owner, reversal_of
from twiza.domain.ledger.selectors.expected import (
    Expected,
    captures_expected,
    collections_expected,
    delivered_orders,
    deliveries_expected,
    free_returns_expected,
    refunds_expected,
    remittances_expected,
)
from twiza.domain.payments.models import CashCollection, Payment, Refund, Remittance

AT_ONCE = 2000
Fault = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where what is to stand in the journal comes from: rows, and by their ids the entries they ask for."""

    rows: Callable[[], QuerySet[Any]]
    expected: Callable[[Collection[int]], Sequence[Expected]]


_above: list[Source] = []


def also_expected(source: Source) -> None:
    """A room that stands on the ledger says which entries it asked for, when the program starts."""
    _above.append(source)


def ledger_faults() -> tuple[int, Sequence[Fault]]:
    """(entries looked at, what is wrong): an entry that does not make zero, that is missing, that should not be there, or whose
    amounts are not those of its order, payment or refund; an order without its commission."""
    known: set[str] = set()
    faults = [*_unbalanced(), *_without_commission()]
    for expected in _everything():
        known.update(one.key for one in expected if one.lines)
        faults += _differences(expected)
    faults += _never_happened(known)
    return JournalEntry.objects.count(), faults


def _everything() -> Iterator[Sequence[Expected]]:
    """What is to be there, some at a time."""
    sources = (
        *((source.rows(), source.expected) for source in _above),
        (Payment.objects.all(), captures_expected),
        (delivered_orders(), deliveries_expected),
        (CashCollection.objects.all(), collections_expected),
        (Remittance.objects.all(), remittances_expected),
        (Refund.objects.all(), lambda ids: refunds_expected(Refund.objects.filter(pk__in=ids))),
        (Return.objects.filter(state=Return.State.REFUNDED, refund_centimes=0), free_returns_expected),
    )
    for rows, expected in sources:
        for ids in _in_batches(rows):
            yield expected(ids)


def _in_batches(rows: QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield ids
        last = ids[-1]


def _differences(expected: Sequence[Expected]) -> Iterator[Fault]:
    posted = _posted([one.key for one in expected])
    for one in expected:
        there = posted.get(one.key, frozenset())
        if there != frozenset(one.lines):
            fault = "missing" if not there else "amounts"
            yield {"fault": fault, "key": one.key, "expected": _said(one.lines), "posted": _said(there)}


def _posted(keys: Collection[str]) -> Mapping[str, frozenset[Line]]:
    rows = Posting.objects.filter(entry__key__in=keys).order_by("pk")
    found: dict[str, set[Line]] = {}
    of_account = ("account__kind", "account__organisation_id", "account__holder")
    for key, centimes, kind, organisation_id, holder in rows.values_list("entry__key", "amount_centimes", *of_account):
        found.setdefault(key, set()).add(Line(Owner(kind, organisation_id, holder), centimes))
    return {key: frozenset(lines) for key, lines in found.items()}


def _unbalanced() -> Iterator[Fault]:
    sums = JournalEntry.objects.order_by().annotate(sum=Sum("postings__amount_centimes"), count=Count("postings"))
    for entry in (sums.exclude(sum=0) | sums.filter(count__lt=2)).order_by("pk"):
        yield {"fault": "unbalanced", "key": entry.key, "sum": entry.sum or 0, "postings": entry.count}


def _without_commission() -> Iterator[Fault]:
    for order_id in delivered_orders().filter(commission_line__isnull=True).order_by("pk").values_list("pk", flat=True):
        yield {"fault": "no commission", "key": f"delivered:{order_id}"}


def _never_happened(known: Collection[str]) -> Iterator[Fault]:
    """Entries that nothing stands behind. What was taken back is held against what took it back."""
    for key in JournalEntry.objects.filter(reverses__isnull=True).order_by("pk").values_list("key", flat=True).iterator():
        if key not in known:
            yield {"fault": "never happened", "key": key}
    taken_back = JournalEntry.objects.filter(reverses__isnull=False).order_by("pk")
    for key, of_key in taken_back.values_list("key", "reverses__key"):
        lines = _posted([key, of_key])
        if lines.get(key) != frozenset(reversal_of(tuple(lines.get(of_key, ())))):
            yield {"fault": "amounts", "key": key}


def _said(lines: Iterable[Line]) -> dict[str, int]:
    return {f"{line.owner.kind} {line.owner.organisation_id or line.owner.holder}".strip(): line.centimes for line in lines}
