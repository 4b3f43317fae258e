"""Questions about cash that passes from hand to hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import Viewer, answers_for, keeps_register
from twiza.domain.payments.models import CashCollection, HolderKind, Remittance, RemittanceLine

MOST = 50
_SAID = RemittanceLine.objects.filter(collection=OuterRef("pk"), became=RemittanceLine.Became.SAID)


@dataclass(frozen=True)
class ToHandOver:
    """What a cooperative has to give to a neighbour, or of its own sales to the market (no `to`)."""

    to: Organisation | None
    collections: tuple[CashCollection, ...]

    @property
    def centimes(self) -> int:
        return sum(one.collected_centimes for one in self.collections)


def cash_to_hand_over(holder: Organisation) -> list[ToHandOver]:
    """What buyers paid it and it has not given yet, its neighbours' first. Ask for the cooperative through the viewer first."""
    its = Q(held_by=holder) | Q(held_by__merged_into=holder)
    held = CashCollection.objects.filter(its, ~Exists(_SAID), state=CashCollection.State.COLLECTED)
    found: dict[int | None, list[CashCollection]] = {}
    for one in held.select_related("cooperative__published_revision").order_by("collected_at", "pk"):
        found.setdefault(one.cooperative_id if one.holder_kind == HolderKind.PICKUP_POINT else None, []).append(one)
    return [
        ToHandOver(each[0].cooperative if to is not None else None, tuple(each))
        for to, each in sorted(found.items(), key=lambda one: one[0] is None)
    ]


def hand_overs_for(viewer: Viewer, to: Organisation | None) -> Sequence[Remittance]:
    """What others said they gave to this cooperative (to the market when none), and the viewer may say yes or no to."""
    said = Remittance.objects.filter(to=to, state=Remittance.State.SAID).exclude(held_by=None)
    named = said.select_related("held_by__published_revision", "to", "said_by").order_by("pk")
    return [one for one in named[:MOST] if receives(viewer, one)]


def hand_overs_by(holder: Organisation) -> Sequence[Remittance]:
    """What it said that it gave, the newest first. Ask for the cooperative through the viewer first."""
    given = Remittance.objects.filter(Q(held_by=holder) | Q(held_by__merged_into=holder))
    return list(given.select_related("to__published_revision", "said_by", "answered_by").order_by("-pk")[:MOST])


def receives(user: Viewer, remittance: Remittance) -> bool:
    """The person says whether this cash came: another than who said it, who speaks for those it went to and not for its holder.

    Select `to` and `held_by` with it.
    """
    if user is None or user.pk is None or user.pk == remittance.said_by_id or remittance.held_by is None:
        return False
    if answers_for(user, remittance.held_by):
        return False
    return keeps_register(user) if remittance.to is None else answers_for(user, remittance.to)
