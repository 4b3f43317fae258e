"""Questions about cash that was handed over."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet, Sum

from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.payments.models import CashCollection, Remittance, RemittanceLine
from twiza.kit.errors import NotFound

MOST = 100
Became = RemittanceLine.Became
FITTING = frozenset({Became.SETTLED, Became.SAID})


def remittances_seen_by(viewer: Viewer) -> QuerySet[Remittance]:
    """The newest first: all of them for whoever keeps the register, else what the viewer's cooperatives gave or were given.

    Each with how many rows it has, how many somebody should look at (`strange`), and what is missing (`missing_centimes`).
    """
    own = cooperatives_run_by(viewer).order_by().values("pk")
    seen = Q() if keeps_register(viewer) else Q(held_by__in=own) | Q(to__in=own)
    counted = Remittance.objects.filter(seen).select_related("held_by__published_revision", "to__published_revision")
    return counted.annotate(
        rows=Count("lines"),
        strange=Count("lines", filter=~Q(lines__became__in=FITTING)),
        missing_centimes=Sum("lines__shortage_centimes", default=0),
    )


def get_remittance_for(viewer: Viewer, remittance_id: int) -> Remittance:
    """Raises NotFound, also for another's."""
    found = remittances_seen_by(viewer).filter(pk=remittance_id).first()
    if found is None:
        raise NotFound
    return found


def strange_lines_of(remittance: Remittance) -> Sequence[RemittanceLine]:
    """Those somebody should look at, in the list's order."""
    return list(remittance.lines.exclude(became__in=FITTING).select_related("collection")[: MOST * 5])


def cash_missing(viewer: Viewer) -> Sequence[RemittanceLine]:
    """Rows that handed over less than the buyer paid, as long as it is missing; the oldest first. For keepers of the register."""
    if not keeps_register(viewer):
        return []
    short = RemittanceLine.objects.filter(became=Became.TOO_LITTLE, collection__state=CashCollection.State.SHORT)
    return list(short.select_related("collection", "remittance").order_by("remittance__on", "pk")[:MOST])
