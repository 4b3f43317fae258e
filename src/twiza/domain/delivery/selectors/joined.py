"""Parcels of several cooperatives that leave a point as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from twiza.domain.delivery.carrier import CarrierPort, DeliveryOption, NetworkPort, ParcelFacts, TariffRow
from twiza.domain.delivery.models import PickupPoint
from twiza.domain.delivery.rules import Rhythm, arrives_on, leaves_on, shares_of
from twiza.domain.delivery.selectors.ways import (
    Package,
    as_point,
    carriers,
    holidays_ahead,
    keeper_of,
    open_points_of,
    rhythms_of,
    tariffs_on,
    zone_between,
)
from twiza.foundation.places.models import Commune
from twiza.kit import clock


@dataclass(frozen=True)
class JoinedParcel:
    """What several bring to a point and its keeper sends on as one parcel: each one's way, with its share, by cooperative id."""

    whole_centimes: int
    options: Mapping[int, DeliveryOption]


def joined_parcels(
    packages: Iterable[Package], carriers_of: Mapping[int, Collection[str]], destination: Commune, *, is_paid_on_delivery: bool
) -> list[JoinedParcel]:
    """Every parcel into which packages of several could go at a point that sends on, cheaper than apart by the same carrier.

    It holds all that its carrier may bring and their cooperatives bring to the point; it leaves once all of it is there.
    `carriers_of`: by which each may be brought. A carrier with a network is asked for each parcel by itself, and brings none.
    """
    asked = {package.cooperative_id: package for package in packages}
    gathered: dict[PickupPoint, list[Package]] = {}
    for cooperative_id, points in open_points_of(asked).items():
        for point in points:
            if point.sends_on:
                gathered.setdefault(point, []).append(asked[cooperative_id])
    gathered = {point: those for point, those in gathered.items() if len(those) > 1}
    if not gathered:
        return []
    table = tariffs_on(clock.today(), {package.operator_id for package in asked.values()})
    rhythms = rhythms_of([*asked, *(keeper_of(point) for point in gathered)])
    away = _Away(destination, is_paid_on_delivery, table, rhythms, holidays_ahead())
    found = [
        away.joined(carrier, point, [one for one in those if carrier.code in carriers_of[one.cooperative_id]])
        for point, those in gathered.items()
        for carrier in carriers()
        if not carrier.is_fetched and not isinstance(carrier, NetworkPort)
    ]
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class _Away:
    """Where parcels go, and what has to be known to price them."""

    destination: Commune
    is_paid_on_delivery: bool
    tariffs: Mapping[tuple[int | None, str, str], TariffRow]
    rhythms: Mapping[int, Rhythm]
    holidays: Collection[date]

    def joined(self, carrier: CarrierPort, point: PickupPoint, packages: Sequence[Package]) -> JoinedParcel | None:
        apart = [self.quoted(carrier, package) for package in packages]
        those = [(package, option) for package, option in zip(packages, apart, strict=True) if option is not None]
        if len(those) < 2:
            return None
        parcels = [package for package, _option in those]
        prices = [option.total_centimes for _package, option in those]
        whole = self.quoted(carrier, _all_in_one(parcels, point))
        if whole is None or whole.total_centimes >= sum(prices):
            return None
        return JoinedParcel(whole.total_centimes, self.shared(whole, point, parcels, prices))

    def quoted(self, carrier: CarrierPort, package: Package) -> DeliveryOption | None:
        """Brought to the door by this carrier, whoever pays for it."""
        zone = zone_between(package.origin, self.destination)
        parcel = ParcelFacts(zone, package.weight_grams, self.is_paid_on_delivery, package.volume_cm3)
        row = self.tariffs.get((package.operator_id, carrier.code, zone)) or self.tariffs.get((None, carrier.code, zone))
        return next(iter(carrier.quote(parcel, row, [])), None)

    def shared(
        self, whole: DeliveryOption, point: PickupPoint, packages: Sequence[Package], prices: Sequence[int]
    ) -> dict[int, DeliveryOption]:
        """It leaves the point when its keeper sends, once everybody's part is there."""
        rows = [
            as_point(point, one.cooperative_id, self.leaves(one.cooperative_id, one.ships_by), self.holidays) for one in packages
        ]
        all_there = max(row.open_on for row in rows if row.open_on)
        left = self.leaves(keeper_of(point), all_there)
        return {
            package.cooperative_id: replace(
                self.borne(share, package),
                code=f"joined:{point.pk}:{whole.carrier}",
                arrives_from=arrives_on(left, whole.days_at_least, self.holidays),
                arrives_until=arrives_on(left, whole.days_at_most, self.holidays),
                sent_from=replace(row, open_on=all_there),
            )
            for package, row, share in zip(packages, rows, shares_of(whole, prices), strict=True)
        }

    def leaves(self, cooperative_id: int, ships_by: date | None) -> date:
        return leaves_on(self.rhythms.get(cooperative_id, Rhythm()), clock.now(), self.holidays, ships_by)

    def borne(self, share: DeliveryOption, package: Package) -> DeliveryOption:
        """Where the cooperative pays for sending, it bears its share: whoever sends on is owed it all the same."""
        rhythm = self.rhythms.get(package.cooperative_id, Rhythm())
        own = replace(share, allows_opening=rhythm.allows_opening)
        if rhythm.free_from_centimes is None or package.items_centimes < rhythm.free_from_centimes:
            return own
        total = share.total_centimes
        return replace(own, price_centimes=0, cash_fee_centimes=0, free_centimes=total, free_cooperative_centimes=total)


def _all_in_one(packages: Sequence[Package], point: PickupPoint) -> Package:
    """By the table of the operator in whose storefronts all of it was chosen, else by the market's."""
    operators = {package.operator_id for package in packages}
    return Package(
        keeper_of(point),
        point.commune,
        sum(package.weight_grams for package in packages),
        operators.pop() if len(operators) == 1 else None,
        volume_cm3=sum(package.volume_cm3 for package in packages),
    )
