"""How many parcels paid on delivery nobody took, by carrier and distance. Never by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, F, Q, Value, When

from twiza.domain.delivery.models import Zone
from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.rules import CASH
from twiza.kit import clock

OF_THE_LAST = timedelta(days=180)
# Of fewer a share says nothing, and might be somebody's.
ENOUGH = 5
NOT_TAKEN = (Fulfilment.Status.REFUSED, Fulfilment.Status.RETURNED)
_ORIGIN = "cooperative__published_revision__commune__province"


@dataclass(frozen=True)
class RefusalRate:
    """Of so many parcels that arrived at a door so many were not taken."""

    carrier: str
    zone: str
    parcels: int
    refused: int

    @property
    def zone_name(self) -> str:
        return str(Zone(self.zone).label)

    @property
    def percent(self) -> int | None:
        """To the nearest; nothing when there were too few."""
        return (self.refused * 200 + self.parcels) // (2 * self.parcels) if self.parcels >= ENOUGH else None


def refusal_rates(viewer: Viewer) -> Sequence[RefusalRate]:
    """Of the last half year, by carrier and then from the nearest to the farthest. Nothing but for keepers of the register."""
    if not keeps_register(viewer):
        return []
    arrived = Order.objects.filter(
        group__pay_with=CASH,
        fulfilment__status__in=[Fulfilment.Status.DELIVERED, *NOT_TAKEN],
        fulfilment__handed_over_at__gte=clock.now() - OF_THE_LAST,
        fulfilment__point_name="",
    )
    counted = (
        arrived.order_by()
        .annotate(zone=_zone(), carrier=F("fulfilment__carrier"))
        .values("carrier", "zone")
        .annotate(parcels=Count("pk"), refused=Count("pk", filter=Q(fulfilment__status__in=NOT_TAKEN)))
    )
    rates = [RefusalRate(row["carrier"], row["zone"], row["parcels"], row["refused"]) for row in counted]
    return sorted(rates, key=lambda one: (one.carrier, Zone.values.index(one.zone)))


def _zone() -> Case:
    """As `zone_between` says it of one parcel."""
    same_province = Q(**{_ORIGIN: F("group__commune__province")})
    return Case(
        When(Q(group__commune__is_remote=True) & ~same_province, then=Value(Zone.REMOTE.value)),
        When(Q(**{f"{_ORIGIN}__isnull": True}), then=Value(Zone.NATIONAL.value)),
        When(same_province, then=Value(Zone.LOCAL.value)),
        When(Q(**{f"{_ORIGIN}__region": F("group__commune__province__region")}), then=Value(Zone.REGIONAL.value)),
        default=Value(Zone.NATIONAL.value),
        output_field=CharField(),
    )
