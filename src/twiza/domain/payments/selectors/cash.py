"""Questions about cash that is paid at the door."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.payments.models import CashCollection


def cash_seen_by(viewer: Viewer) -> QuerySet[CashCollection]:
    """All of it for whoever keeps the register; else what the viewer's cooperatives sold or hold."""
    if keeps_register(viewer):
        return CashCollection.objects.all()
    own = cooperatives_run_by(viewer).order_by().values("pk")
    return CashCollection.objects.filter(Q(cooperative__in=own) | Q(cooperative__merged_into__in=own) | Q(held_by__in=own))


def cash_of(part: str) -> CashCollection | None:
    """What is collected at the door for this part (as `order:91`); nothing before its parcel left."""
    return CashCollection.objects.filter(part=part).first()
