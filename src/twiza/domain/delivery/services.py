"""Keeping the tables that prices are quoted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date

from django.db import transaction

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.errors import TooLateToAnnounce
from twiza.domain.delivery.models import PickupPoint, Tariff
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import manages
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def announce_tariffs(operator: Organisation, *, carrier: str, valid_from: date, rows: Mapping[str, TariffRow], by: User) -> None:
    """From a day to come this is asked for what is chosen in the operator's storefronts, by zone.

    Announced twice for one day, the second counts. What holds today and held before stays as it is.
    Raises TooLateToAnnounce; NotFound when `by` does not decide for the operator.
    """
    if not manages(by, operator):
        raise NotFound
    if valid_from <= clock.today():
        raise TooLateToAnnounce
    Tariff.objects.bulk_create(
        (
            Tariff(operator=operator, carrier=carrier, zone=zone, valid_from=valid_from, **asdict(row))
            for zone, row in rows.items()
        ),
        update_conflicts=True,
        unique_fields=["operator", "carrier", "zone", "valid_from"],
        update_fields=[field.name for field in fields(TariffRow)],
    )
    record(
        "delivery.announce_tariffs",
        subject=f"organisation:{operator.pk}",
        by=by,
        details={"carrier": carrier, "from": valid_from.isoformat(), "zones": " ".join(rows)},
    )


@transaction.atomic
def withdraw_tariffs(operator: Organisation, *, carrier: str, valid_from: date, by: User) -> None:
    """What was announced for that day to come will not hold. Raises TooLateToAnnounce, NotFound."""
    if not manages(by, operator):
        raise NotFound
    if valid_from <= clock.today():
        raise TooLateToAnnounce
    Tariff.objects.filter(operator=operator, carrier=carrier, valid_from=valid_from).delete()
    details = {"carrier": carrier, "from": valid_from.isoformat()}
    record("delivery.withdraw_tariffs", subject=f"organisation:{operator.pk}", by=by, details=details)


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
