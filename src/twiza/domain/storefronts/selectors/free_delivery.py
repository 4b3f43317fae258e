"""Questions about from which amount on sending is free for the buyers of a storefront."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.models import FreeDelivery, FreeDeliveryConsent, Storefront
from twiza.domain.storefronts.selectors.showing import storefronts_showing
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class FreeTerms:
    """What holds today. `agreed`: the cooperatives that bear a share of it, when one is asked of them."""

    least_centimes: int
    cooperative_percent: int = 0
    agreed: frozenset[int] = frozenset()

    def holds_for(self, cooperative_id: int) -> bool:
        """Nothing is taken from a cooperative that did not agree."""
        return self.cooperative_percent == 0 or cooperative_id in self.agreed


@dataclass(frozen=True)
class AskedShare:
    """A storefront asks a cooperative to bear a share; from a day to come or today."""

    row: FreeDelivery
    has_agreed: bool


def free_delivery_in(storefront_ids: Collection[int]) -> dict[int, FreeTerms]:
    """By storefront id, what holds there today; nothing where buyers always pay."""
    rows = FreeDelivery.objects.filter(storefront__in=storefront_ids, valid_from__lte=clock.today())
    newest = [row for row in rows.order_by("storefront_id", "-valid_from").distinct("storefront_id") if row.least_centimes]
    shared = [row.pk for row in newest if row.cooperative_percent]
    agreed: dict[int, set[int]] = {}
    if shared:
        for row_id, cooperative_id in FreeDeliveryConsent.objects.filter(free_delivery__in=shared).values_list(
            "free_delivery_id", "cooperative_id"
        ):
            agreed.setdefault(row_id, set()).add(cooperative_id)
    return {
        row.storefront_id: FreeTerms(row.least_centimes or 0, row.cooperative_percent, frozenset(agreed.get(row.pk, ())))
        for row in newest
    }


def free_delivery_rows(storefront: Storefront) -> tuple[FreeDelivery | None, Sequence[FreeDelivery]]:
    """The row that holds today, and those announced for later days, the nearest first. Ask through the viewer first."""
    rows = list(FreeDelivery.objects.filter(storefront=storefront).order_by("valid_from"))
    past = [row for row in rows if row.valid_from <= clock.today()]
    return (past[-1] if past else None), [row for row in rows if row.valid_from > clock.today()]


def shares_asked_of(cooperative: Organisation) -> list[AskedShare]:
    """What storefronts that show it ask it to bear, today and later. Ask for the cooperative through the viewer first."""
    shown_in = [storefront.pk for storefront in storefronts_showing(cooperative)]
    here = Q(storefront__in=shown_in) | Q(storefront__shows_everything=True)
    rows = FreeDelivery.objects.filter(here).select_related("storefront").order_by("valid_from", "pk")
    holding = {row.storefront_id: row for row in rows.filter(valid_from__lte=clock.today())}
    later = rows.filter(valid_from__gt=clock.today())
    told = [*holding.values(), *later]
    asked = [row for row in told if row.least_centimes and row.cooperative_percent]
    agreed = set(
        FreeDeliveryConsent.objects.filter(cooperative=cooperative, free_delivery__in=asked).values_list(
            "free_delivery_id", flat=True
        )
    )
    return [AskedShare(row, row.pk in agreed) for row in asked]


def share_asked_of(cooperative: Organisation, row_id: int) -> FreeDelivery:
    """Raises NotFound, also for what is not asked of it."""
    found = next((one.row for one in shares_asked_of(cooperative) if one.row.pk == row_id), None)
    if found is None:
        raise NotFound
    return found
