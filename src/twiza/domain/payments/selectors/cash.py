"""Questions about cash that is paid at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.payments.models import CashCollection, RemittanceLine
from twiza.kit import clock

AGES = (7, 15, 30)  # days since the buyer paid
IN_THE_FIELD = frozenset({CashCollection.State.EXPECTED, CashCollection.State.COLLECTED, CashCollection.State.SHORT})


def cash_seen_by(viewer: Viewer) -> QuerySet[CashCollection]:
    """All of it for whoever keeps the register; else what the viewer's cooperatives sold or hold."""
    if keeps_register(viewer):
        return CashCollection.objects.all()
    own = cooperatives_run_by(viewer).order_by().values("pk")
    return CashCollection.objects.filter(Q(cooperative__in=own) | Q(cooperative__merged_into__in=own) | Q(held_by__in=own))


def cash_of(part: str) -> CashCollection | None:
    """What is collected at the door for this part (as `order:91`); nothing before its parcel left."""
    return CashCollection.objects.filter(part=part).first()


@dataclass(frozen=True)
class HeldCash:
    """What one holder has to bring: still with buyers, paid by age in days (`AGES`), and missing of what it handed over."""

    holder_kind: str
    holder: str
    held_by: Organisation | None
    on_the_way_centimes: int
    by_age_centimes: tuple[int, ...]
    missing_centimes: int
    parcels: int
    oldest_on: date | None

    @property
    def owed_centimes(self) -> int:
        """Without what no buyer paid yet."""
        return sum(self.by_age_centimes) + self.missing_centimes

    @property
    def all_centimes(self) -> int:
        return self.owed_centimes + self.on_the_way_centimes


def cash_in_the_field(viewer: Viewer) -> list[HeldCash]:
    """By holder, what is with them, who owes most first; nothing but what the viewer sees."""
    now, held = clock.now(), cash_seen_by(viewer).filter(state__in=IN_THE_FIELD).order_by()
    paid = Q(state=CashCollection.State.COLLECTED)
    limits = [now - timedelta(days=days) for days in AGES]
    spans = [Q(collected_at__gt=limits[0])]
    spans += [Q(collected_at__lte=newer, collected_at__gt=older) for newer, older in pairwise(limits)]
    spans.append(Q(collected_at__lte=limits[-1]))
    sums = held.values("holder_kind", "holder", "held_by").annotate(
        on_the_way=Sum("expected_centimes", filter=Q(state=CashCollection.State.EXPECTED), default=0),
        short=Sum("collected_centimes", filter=Q(state=CashCollection.State.SHORT), default=0),
        parcels=Count("pk"),
        oldest=Min("collected_at"),
        **{f"age_{at}": Sum("collected_centimes", filter=paid & span, default=0) for at, span in enumerate(spans)},
    )
    rows, settled = list(sums), _paid_over_of_short(held)
    organisations = Organisation.objects.select_related("published_revision").in_bulk(
        {row["held_by"] for row in rows if row["held_by"]}
    )
    found = [
        HeldCash(
            row["holder_kind"],
            row["holder"],
            organisations.get(row["held_by"]),
            row["on_the_way"],
            tuple(row[f"age_{at}"] for at in range(len(spans))),
            row["short"] - settled.get((row["holder_kind"], row["holder"]), 0),
            row["parcels"],
            clock.local_day(row["oldest"]) if row["oldest"] else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.owed_centimes, -one.on_the_way_centimes, one.holder))


def cash_owed_to_us(viewer: Viewer) -> int:
    """What buyers paid at the door and nobody handed over yet, in centimes, of what the viewer sees."""
    return sum(one.owed_centimes for one in cash_in_the_field(viewer))


def _paid_over_of_short(held: QuerySet[CashCollection]) -> dict[tuple[str, str], int]:
    lines = RemittanceLine.objects.filter(
        collection__in=held.filter(state=CashCollection.State.SHORT), became__in=RemittanceLine.COUNTED
    )
    sums = lines.order_by().values_list("collection__holder_kind", "collection__holder")
    return {(kind, name): paid for kind, name, paid in sums.annotate(all=Sum(F("remitted_centimes") + F("fee_centimes")))}
