"""Questions about delivery: how far, by which ways, at what price."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.conf import settings
from django.db.models import Q

from twiza.domain.delivery.carrier import CarrierPort, DeliveryOption, ParcelFacts, PointRow, TariffRow
from twiza.domain.delivery.models import PickupPoint, Tariff, Zone
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.loading import load_class


@dataclass(frozen=True)
class Package:
    """One cooperative's part of a basket: from where, how heavy."""

    cooperative_id: int
    origin: Commune | None
    weight_grams: int


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


def delivery_options(
    packages: Iterable[Package], destination: Commune, *, is_paid_on_delivery: bool
) -> dict[int, list[DeliveryOption]]:
    """By cooperative id, every way its package can reach the commune, cheapest brought to the door first."""
    asked = list(packages)
    tariffs = _tariffs_today()
    points = _open_points([package.cooperative_id for package in asked])
    found: dict[int, list[DeliveryOption]] = {}
    for package in asked:
        parcel = ParcelFacts(zone_between(package.origin, destination), package.weight_grams, is_paid_on_delivery)
        found[package.cooperative_id] = [
            option
            for carrier in carriers()
            for option in carrier.quote(parcel, tariffs.get((carrier.code, parcel.zone)), points.get(package.cooperative_id, []))
        ]
    return found


@cache
def carriers() -> tuple[CarrierPort, ...]:
    """The carriers this installation is set to use, in the order they are offered."""
    return tuple(cast(CarrierPort, load_class("twiza.adapters.delivery", code, "Carrier")()) for code in settings.CARRIERS)


def indicative_tariffs() -> Sequence[Tariff]:
    """Today's table, for the page that explains delivery."""
    return list(_valid_today())


def _tariffs_today() -> dict[tuple[str, str], TariffRow]:
    return {
        (tariff.carrier, tariff.zone): TariffRow(
            tariff.base_centimes,
            tariff.included_grams,
            tariff.extra_kilogram_centimes,
            tariff.cash_fee_centimes,
            tariff.days_at_least,
            tariff.days_at_most,
        )
        for tariff in reversed(_valid_today())  # the newest row of a zone is written last, and stays
    }


def _valid_today() -> list[Tariff]:
    today = clock.today()
    return list(Tariff.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today))


def whom_nobody_reaches(cooperative_ids: Iterable[int], carrier_codes: Collection[str]) -> set[int]:
    """Those of these cooperatives whose parcels none of these carriers could take over, anywhere: only fetched, and no point."""
    asked = list(cooperative_ids)
    if any(carrier.code in carrier_codes and not carrier.is_fetched for carrier in carriers()):
        return set()
    return set(asked) - _open_points(asked).keys()


def _open_points(cooperative_ids: Iterable[int]) -> dict[int, list[PointRow]]:
    points: dict[int, list[PointRow]] = {}
    ids = list(cooperative_ids)
    own = Q(cooperative__in=ids) | Q(cooperative__merged_into__in=ids)
    for point in PickupPoint.objects.filter(own, closed_at__isnull=True).select_related("commune", "cooperative"):
        row = PointRow(point.pk, point.name, point.commune.name, point.landmark, point.opening)
        points.setdefault(point.cooperative.merged_into_id or point.cooperative_id, []).append(row)
    return points
