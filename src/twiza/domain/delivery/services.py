"""Keeping the tables that prices are quoted from."""

from __future__ import annotations

from datetime import date

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.models import PickupPoint, Tariff
from twiza.domain.directory.models import Organisation
from twiza.foundation.places.models import Commune


def set_tariff(*, carrier: str, zone: str, valid_from: date, row: TariffRow) -> Tariff:
    """From that day the carrier asks this for the zone. Amounts in centimes, weights in grams."""
    tariff, _ = Tariff.objects.update_or_create(
        carrier=carrier,
        zone=zone,
        valid_from=valid_from,
        defaults={
            "base_centimes": row.base_centimes,
            "included_grams": row.included_grams,
            "extra_kilogram_centimes": row.extra_kilogram_centimes,
            "cash_fee_centimes": row.cash_fee_centimes,
            "days_at_least": row.days_at_least,
            "days_at_most": row.days_at_most,
        },
    )
    return tariff


def open_pickup_point(
    cooperative: Organisation,
    *,
    commune: Commune,
    name_fr: str,
    name_ar: str,
    landmark: str = "",
    opening_fr: str = "",
    opening_ar: str = "",
) -> PickupPoint:
    """Buyers may fetch this cooperative's parcels there."""
    return PickupPoint.objects.create(
        cooperative=cooperative,
        commune=commune,
        name_fr=name_fr,
        name_ar=name_ar,
        landmark=landmark,
        opening_fr=opening_fr,
        opening_ar=opening_ar,
    )
