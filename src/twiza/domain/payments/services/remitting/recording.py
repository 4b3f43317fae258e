"""A carrier's list is kept whole: what fits settles cash, what does not is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Sum

from twiza.domain.directory.rules import keeps_register
from twiza.domain.payments.errors import RemittanceKnown
from twiza.domain.payments.events import CashRemitted
from twiza.domain.payments.locking import lock_collections, lock_holder
from twiza.domain.payments.models import CashCollection, HolderKind, Remittance, RemittanceLine
from twiza.domain.payments.selectors.cash import IN_THE_FIELD
from twiza.domain.payments.services.remitting.reading import StatedList, StatedRow
from twiza.domain.payments.services.remitting.settling import settle
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.errors import NotFound

Became = RemittanceLine.Became


@dataclass(frozen=True)
class Came:
    """By which reference and on which day it came, and how much; the carrier's own where nothing was said."""

    on: date
    reference: str = ""
    received_centimes: int | None = None


@transaction.atomic
def record_remittance(
    carrier: str, said: StatedList, parts: Mapping[str, Sequence[str]], came: Came, *, by: User
) -> tuple[Remittance, bool]:
    """What the carrier's list settles is handed over (CashRemitted), and whether it is news: the same file twice changes nothing.

    `parts` are those (as `order:91`) that a number may name. Every row is kept with what became of it: unknown, twice, too
    little, too much, handed over before. Raises RemittanceKnown when another list came under this reference; NotFound for
    whoever does not keep the register.
    """
    if not keeps_register(by):
        raise NotFound
    lock_holder(HolderKind.CARRIER, carrier)
    known = Remittance.objects.filter(holder_kind=HolderKind.CARRIER, holder=carrier)
    if (same := known.filter(fingerprint=said.fingerprint).first()) is not None:
        return same, False
    reference = came.reference.strip() or said.reference or f"{came.on}/{said.fingerprint[:8]}"
    if known.filter(reference=reference).exists():
        raise RemittanceKnown(reference=reference)
    collections = lock_collections(HolderKind.CARRIER, carrier, {part for named in parts.values() for part in named})
    lines = _lines(said.rows, parts, collections)
    remittance = Remittance.objects.create(
        holder_kind=HolderKind.CARRIER,
        holder=carrier,
        reference=reference,
        on=came.on,
        received_centimes=sum(one.remitted_centimes for one in lines)
        if came.received_centimes is None
        else came.received_centimes,
        fingerprint=said.fingerprint,
        state=Remittance.State.CONFIRMED,
        said_by=by,
    )
    for line in lines:
        line.remittance = remittance
    RemittanceLine.objects.bulk_create(lines, batch_size=1000)
    CashCollection.objects.bulk_update(collections.values(), ["state"], batch_size=1000)
    record(
        "payments.remitted",
        subject=f"remittance:{remittance.pk}",
        by=by,
        details={"holder": carrier, "reference": reference, "centimes": remittance.received_centimes},
    )
    publish(CashRemitted(remittance_id=remittance.pk))
    return remittance, True


def _lines(
    rows: Sequence[StatedRow], parts: Mapping[str, Sequence[str]], collections: Mapping[str, CashCollection]
) -> list[RemittanceLine]:
    paid_before = paid_over([one.pk for one in collections.values() if one.state == CashCollection.State.SHORT])
    waiting = set(
        RemittanceLine.objects.filter(became=Became.NOT_DELIVERED, collection__in=collections.values()).values_list(
            "collection", flat=True
        )
    )
    seen: set[int] = set()
    lines = []
    for row in rows:
        line = _as_line(row)
        lines.append(line)
        if not row.is_readable:
            continue
        named = [collections[part] for part in parts.get(row.parcel, ()) if part in collections]
        collection = _the_one(named, line)
        if collection is None:
            line.became = Became.AMBIGUOUS if named else Became.UNKNOWN
            continue
        line.collection = collection
        if collection.pk in seen:
            line.became = Became.DOUBLED
        elif collection.pk in waiting:
            line.became = Became.ALREADY
        else:
            settle(line, collection, paid_before=paid_before.get(collection.pk, 0))
        seen.add(collection.pk)
    return lines


def _as_line(row: StatedRow) -> RemittanceLine:
    return RemittanceLine(
        row=row.row,
        text=row.parcel,
        became=Became.UNREADABLE,
        collected_centimes=row.collected_centimes,
        fee_centimes=row.fee_centimes,
        remitted_centimes=row.remitted_centimes,
    )


def _the_one(named: Sequence[CashCollection], line: RemittanceLine) -> CashCollection | None:
    """Numbers are a cooperative's own: of several, the one that waits for exactly this much; none when that is not one."""
    if len(named) <= 1:
        return named[0] if named else None
    fitting = [one for one in named if one.state in IN_THE_FIELD and one.expected_centimes == line.paid_over_centimes]
    return fitting[0] if len(fitting) == 1 else None


def paid_over(collection_ids: Collection[int]) -> dict[int, int]:
    """By collection, what rows settled of it so far."""
    counted = RemittanceLine.objects.filter(
        collection__in=collection_ids, became__in=[Became.TOO_LITTLE, Became.SETTLED, Became.TOO_MUCH]
    )
    sums = counted.order_by().values_list("collection").annotate(all=Sum(F("remitted_centimes") + F("fee_centimes")))
    return dict(sums)
