"""Questions about delivery: how far, by which ways, at what price."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import cast

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from twiza.domain.delivery.carrier import (
    CarrierPort,
    DeliveryOption,
    ListingPort,
    NetworkPort,
    ParcelFacts,
    PointRow,
    TariffRow,
)
from twiza.domain.delivery.models import HandOver, Holiday, PickupPoint, SendingTerms, Tariff, Zone
from twiza.domain.delivery.rules import (
    Rhythm,
    arrives_on,
    fetched_from,
    fetched_from_another,
    leaves_on,
    opening_of,
    rhythm_of,
)
from twiza.domain.directory.models import Organisation
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.loading import load_class


@dataclass(frozen=True)
class Package:
    """One cooperative's part of a basket: from where, how heavy; and in whose storefronts, when they are all of one operator."""

    cooperative_id: int
    origin: Commune | None
    weight_grams: int
    operator_id: int | None = None
    items_centimes: int = 0
    ships_by: date | None = None
    volume_cm3: int = 0


@dataclass(frozen=True)
class Example:
    """What a buyer pays for one parcel, by a table. `total_centimes` is None where the carrier does not go."""

    zone: str
    weight_grams: int
    total_centimes: int | None

    @property
    def zone_name(self) -> str:
        return str(Zone(self.zone).label)

    @property
    def kilograms(self) -> int:
        return self.weight_grams // 1000


# A jar next door, a box across the country, a sack to the mountains.
EXAMPLES = ((Zone.LOCAL, 1000), (Zone.NATIONAL, 3000), (Zone.REMOTE, 12_000))


def zone_between(origin: Commune | None, destination: Commune) -> str:
    """How far it is. A cooperative whose commune is not known counts as another region."""
    if destination.is_remote and (origin is None or origin.province_id != destination.province_id):
        return Zone.REMOTE
    if origin is None:
        return Zone.NATIONAL
    if origin.province_id == destination.province_id:
        return Zone.LOCAL
    if origin.province.region_id == destination.province.region_id:
        return Zone.REGIONAL
    return Zone.NATIONAL


@dataclass(frozen=True)
class Reach:
    """From where parcels are brought to the door of a commune: its own province, the rest of its region, everywhere else."""

    own_province: bool
    own_region: bool
    others: bool


def reach_of(destination: Commune, carrier_codes: Collection[str], operator_id: int | None) -> Reach:
    """By what these carriers' tables say today, in that operator's storefronts."""
    brought = {carrier.code for carrier in carriers() if carrier.code in carrier_codes and not carrier.is_fetched}
    tariffs = tariffs_on(clock.today(), {operator_id})
    zones = {zone for _operator, code, zone in tariffs if code in brought}
    far = Zone.REMOTE if destination.is_remote else Zone.NATIONAL
    near = Zone.REMOTE if destination.is_remote else Zone.REGIONAL
    return Reach(Zone.LOCAL in zones, near in zones, far in zones)


def delivery_options(
    packages: Iterable[Package], destination: Commune, *, is_paid_on_delivery: bool
) -> dict[int, list[DeliveryOption]]:
    """By cooperative id, every way its package can reach the commune, cheapest brought to the door first."""
    asked = list(packages)
    tariffs = tariffs_on(clock.today(), {package.operator_id for package in asked})
    ids = [package.cooperative_id for package in asked]
    points, rhythms, holidays = open_points_of(ids), rhythms_of(ids), holidays_ahead()
    found: dict[int, list[DeliveryOption]] = {}
    for package in asked:
        zone = zone_between(package.origin, destination)
        parcel = ParcelFacts(zone, package.weight_grams, is_paid_on_delivery, package.volume_cm3)
        rhythm = rhythms.get(package.cooperative_id, Rhythm())
        left = leaves_on(rhythm, clock.now(), holidays, package.ships_by)
        near = [as_point(point, package.cooperative_id, left, holidays) for point in points.get(package.cooperative_id, [])]
        found[package.cooperative_id] = [
            _promised(option, package, rhythm, left, holidays)
            for carrier in carriers()
            for option in carrier.quote(
                parcel,
                tariffs.get((package.operator_id, carrier.code, parcel.zone)) or tariffs.get((None, carrier.code, parcel.zone)),
                near,
            )
        ]
    return found


def _promised(option: DeliveryOption, package: Package, rhythm: Rhythm, left: date, holidays: Collection[date]) -> DeliveryOption:
    """With its days, and free where the cooperative pays for sending."""
    is_free = rhythm.free_from_centimes is not None and package.items_centimes >= rhythm.free_from_centimes
    if option.point is not None:
        days = (option.point.open_on, option.point.open_on)
    else:
        days = (arrives_on(left, option.days_at_least, holidays), arrives_on(left, option.days_at_most, holidays))
    return replace(
        option,
        price_centimes=0 if is_free else option.price_centimes,
        cash_fee_centimes=0 if is_free else option.cash_fee_centimes,
        arrives_from=days[0],
        arrives_until=days[1],
        allows_opening=rhythm.allows_opening,
    )


def as_point(point: PickupPoint, cooperative_id: int, left: date, holidays: Collection[date]) -> PointRow:
    """As this cooperative's buyers read it, with the first day on which its parcel, that leaves then, is there."""
    is_own = cooperative_id in (point.cooperative_id, point.cooperative.merged_into_id)
    first_day = fetched_from if is_own else fetched_from_another
    return PointRow(
        id=point.pk,
        name=point.name,
        commune=point.commune.name,
        landmark=point.landmark,
        opening=opening_of(point),
        kind=point.kind,
        open_on=first_day(point, left, holidays),
        keeper="" if is_own else point.cooperative.name,
    )


def rhythms_of(cooperative_ids: Collection[int]) -> dict[int, Rhythm]:
    """By cooperative id, of those that said how they send."""
    terms = SendingTerms.objects.filter(cooperative__in=cooperative_ids)
    return {one.cooperative_id: rhythm_of(one) for one in terms}


def free_from_of(cooperative_ids: Collection[int]) -> dict[int, int]:
    """By cooperative id, from which amount of its goods on it pays for sending itself; nothing for those that never do."""
    terms = SendingTerms.objects.filter(cooperative__in=cooperative_ids, free_from_centimes__isnull=False)
    return {one.cooperative_id: one.free_from_centimes or 0 for one in terms}


def holidays_since(day: date) -> frozenset[date]:
    """The holidays on that day and after it."""
    return frozenset(Holiday.objects.filter(day__gte=day).values_list("day", flat=True))


def holidays_ahead() -> frozenset[date]:
    """From today on."""
    return holidays_since(clock.today())


def points_of(cooperative: Organisation) -> Sequence[PickupPoint]:
    """Its points, the open ones first. Ask for the cooperative through the viewer first."""
    own = Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
    points = PickupPoint.objects.filter(own).select_related("commune")
    return list(points.order_by(F("closed_at").asc(nulls_first=True), "pk"))


def points_to_bring_to(cooperative_ids: Iterable[int]) -> dict[int, list[PickupPoint]]:
    """By cooperative, the open points where a buyer may bring something back; none where they may not."""
    ids = set(cooperative_ids)
    found: dict[int, list[PickupPoint]] = {}
    if ids:
        points = PickupPoint.objects.filter(cooperative__in=ids, closed_at__isnull=True).select_related("commune").order_by("pk")
        for point in points:
            found.setdefault(point.cooperative_id, []).append(point)
    return found


def get_point_of(cooperative: Organisation, point_id: int) -> PickupPoint:
    """Raises NotFound, also for another's."""
    own = Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
    point = PickupPoint.objects.filter(own, pk=point_id).select_related("commune", "cooperative").first()
    if point is None:
        raise NotFound
    return point


def get_open_point(point_id: int) -> PickupPoint:
    """Whosever it is, while it takes what others bring. Raises NotFound."""
    open_points = PickupPoint.objects.filter(closed_at__isnull=True, takes_others=True)
    point = open_points.filter(pk=point_id).select_related("commune", "cooperative").first()
    if point is None:
        raise NotFound
    return point


def sending_terms_of(cooperative: Organisation) -> SendingTerms | None:
    """What it said of how it sends. Ask for the cooperative through the viewer first."""
    return SendingTerms.objects.filter(cooperative=cooperative).first()


@cache
def carriers() -> tuple[CarrierPort, ...]:
    """The carriers this installation is set to use, in the order they are offered."""
    return tuple(cast(CarrierPort, load_class("twiza.adapters.delivery", code, "Carrier")()) for code in settings.CARRIERS)


def network_carrier(code: str) -> NetworkPort | None:
    """The carrier with this code, when this installation uses it and it goes out on a network."""
    found = next((carrier for carrier in carriers() if carrier.code == code), None)
    return found if isinstance(found, NetworkPort) else None


def keeps_cash(code: str) -> bool:
    """Whoever brings parcels under this code has what buyers pay until it pays it over; so has one that is used no more."""
    return next((carrier.keeps_cash for carrier in carriers() if carrier.code == code), True)


def network_carrier_codes() -> tuple[str, ...]:
    """Those of the installation's carriers that go out on a network: a storefront has them only once it says so."""
    return tuple(carrier.code for carrier in carriers() if isinstance(carrier, NetworkPort))


@cache
def listing_carrier() -> ListingPort:
    """Whoever is told of parcels by lists: any carrier without an interface may be."""
    return cast(ListingPort, load_class("twiza.adapters.delivery", "bordereau", "Carrier")())


def indicative_tariffs(operator_id: int | None = None) -> Sequence[Tariff]:
    """Today's table by zone, the operator's own rows before the market's, for the page that explains delivery."""
    rows = _valid_on(clock.today(), {operator_id})
    found = {(row.carrier, row.zone): row for row in rows if row.operator_id is None}
    found |= {(row.carrier, row.zone): row for row in rows if row.operator_id is not None}
    return [found[key] for key in sorted(found, key=lambda key: (key[0], Zone.values.index(key[1])))]


def tariffs_to_come(operator: Organisation) -> Sequence[Tariff]:
    """What the operator announced for later days, the nearest day first. Ask for the operator through the viewer first."""
    later = Tariff.objects.filter(operator=operator, valid_from__gt=clock.today())
    return sorted(later, key=lambda row: (row.valid_from, Zone.values.index(row.zone)))


def examples_of(rows: Iterable[Tariff]) -> list[Example]:
    """What a buyer who pays on delivery is asked for three parcels by these rows of one carrier."""
    found = {row.zone: row for row in rows}
    return [Example(zone, grams, _total_by(found.get(zone), zone, grams)) for zone, grams in EXAMPLES]


def _total_by(row: Tariff | None, zone: str, grams: int) -> int | None:
    if row is None:
        return None
    carrier = next((one for one in carriers() if one.code == row.carrier), None)
    options = carrier.quote(ParcelFacts(zone, grams, is_paid_on_delivery=True), _as_row(row), []) if carrier else []
    return options[0].total_centimes if options else None


def tariffs_on(day: date, operator_ids: set[int | None]) -> dict[tuple[int | None, str, str], TariffRow]:
    """The rows that hold that day by operator, carrier and zone: these operators' own, and the market's under None."""
    return {(row.operator_id, row.carrier, row.zone): _as_row(row) for row in _valid_on(day, operator_ids)}


def _as_row(tariff: Tariff) -> TariffRow:
    return TariffRow(
        tariff.base_centimes,
        tariff.included_grams,
        tariff.extra_kilogram_centimes,
        tariff.cash_fee_centimes,
        tariff.days_at_least,
        tariff.days_at_most,
        tariff.return_centimes,
        tariff.is_contracted,
        tariff.cm3_per_kilogram,
    )


def _valid_on(day: date, operator_ids: set[int | None]) -> list[Tariff]:
    """One row per operator, carrier and zone: the newest that holds."""
    own = Q(operator__in=[one for one in operator_ids if one is not None]) | Q(operator__isnull=True)
    rows = Tariff.objects.filter(own, Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
    return list(rows.order_by("operator", "carrier", "zone", "-valid_from").distinct("operator", "carrier", "zone"))


def whom_nobody_reaches(cooperative_ids: Iterable[int], carrier_codes: Collection[str]) -> set[int]:
    """Those of these cooperatives whose parcels none of these carriers could take over, anywhere: only fetched, and no point."""
    asked = list(cooperative_ids)
    if any(carrier.code in carrier_codes and not carrier.is_fetched for carrier in carriers()):
        return set()
    return set(asked) - open_points_of(asked).keys()


def keeper_of(point: PickupPoint) -> int:
    """The id of the cooperative whose it is today."""
    return point.cooperative.merged_into_id or point.cooperative_id


def open_points_of(cooperative_ids: Iterable[int]) -> dict[int, list[PickupPoint]]:
    """By cooperative: their own, and those of others where they hand over their parcels."""
    points: dict[int, list[PickupPoint]] = {}
    ids = list(cooperative_ids)
    brought = HandOver.objects.filter(cooperative__in=ids)
    own = Q(cooperative__in=ids) | Q(cooperative__merged_into__in=ids)
    there = PickupPoint.objects.filter(own | Q(takes_others=True, pk__in=brought.values("point")), closed_at__isnull=True)
    named = there.select_related("commune__province", "cooperative__published_revision")
    for point in named.annotate(brought_by=ArraySubquery(brought.filter(point=OuterRef("pk")).values("cooperative"))):
        for cooperative_id in {keeper_of(point), *(point.brought_by if point.takes_others else ())}:
            points.setdefault(cooperative_id, []).append(point)
    return points


def points_to_hand_over_at(cooperative: Organisation) -> list[tuple[PickupPoint, bool]]:
    """Others' open points of its region that take what others bring, and whether it brings its parcels there.

    Ask for the cooperative through the viewer first.
    """
    revision = cooperative.published_revision
    near = Q(commune__province__region=revision.commune.province.region_id) if revision and revision.commune else Q(pk__in=[])
    chosen = set(HandOver.objects.filter(cooperative=cooperative).values_list("point_id", flat=True))
    points = PickupPoint.objects.filter(near | Q(pk__in=chosen), closed_at__isnull=True, takes_others=True)
    others = points.exclude(Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative))
    found = others.select_related("commune", "cooperative__published_revision").order_by("commune__name_fr", "pk")
    return [(point, point.pk in chosen) for point in found]
