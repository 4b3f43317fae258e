"""Saying what sending costs, on which days parcels leave, and where they may be fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, time

from django.db import transaction

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.errors import HoursIncomplete, TakesNothingOfOthers, TooLateToAnnounce
from twiza.domain.delivery.models import HandOver, PickupPoint, SendingTerms, Tariff
from twiza.domain.delivery.rules import Rhythm
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for, manages
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.places.models import Commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class PointDetails:
    """What is said of a pick-up point. Weekdays count from Monday 0; none says every day."""

    commune: Commune
    name_fr: str
    name_ar: str
    kind: str = PickupPoint.Kind.WORKSHOP
    landmark: str = ""
    weekdays: Sequence[int] = ()
    opens_at: time | None = None
    closes_at: time | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    opening_fr: str = ""
    opening_ar: str = ""
    takes_others: bool = False
    sends_on: bool = False


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


@transaction.atomic
def open_pickup_point(cooperative: Organisation, details: PointDetails, *, by: User | None) -> PickupPoint:
    """Buyers may fetch this cooperative's parcels there. Raises HoursIncomplete, TakesNothingOfOthers; NotFound when `by`
    does not speak for it."""
    _check_point(cooperative, details, by)
    point = PickupPoint.objects.create(cooperative=cooperative, **_columns(details))
    _remember("open_point", point, by)
    return point


@transaction.atomic
def change_pickup_point(point: PickupPoint, details: PointDetails, *, by: User) -> None:
    """It is described anew. Parcels that were ordered for it stay so.

    Raises HoursIncomplete, TakesNothingOfOthers, NotFound.
    """
    _check_point(point.cooperative, details, by)
    PickupPoint.objects.filter(pk=point.pk).update(**_columns(details))
    _remember("change_point", point, by)


@transaction.atomic
def close_pickup_point(point: PickupPoint, *, by: User) -> None:
    """No other buyer is sent there. Raises NotFound."""
    _check_may(point.cooperative, by)
    PickupPoint.objects.filter(pk=point.pk, closed_at__isnull=True).update(closed_at=clock.now())
    _remember("close_point", point, by)


@transaction.atomic
def reopen_pickup_point(point: PickupPoint, *, by: User) -> None:
    """Buyers may fetch parcels there again. Raises NotFound."""
    _check_may(point.cooperative, by)
    PickupPoint.objects.filter(pk=point.pk).update(closed_at=None)
    _remember("reopen_point", point, by)


@transaction.atomic
def hand_over_at(cooperative: Organisation, point: PickupPoint, *, by: User) -> None:
    """It brings its parcels to another's point too: its buyers may fetch them there. Said twice, it is said once.

    Raises NotFound when `by` does not speak for it, or the point is its own, is closed or takes nothing of others.
    """
    _check_may(cooperative, by)
    is_own = cooperative.pk in (point.cooperative_id, point.cooperative.merged_into_id)
    if is_own or point.closed_at or not point.takes_others:
        raise NotFound
    HandOver.objects.get_or_create(cooperative=cooperative, point=point)
    _remember_hand_over("hand_over_at", cooperative, point, by)


@transaction.atomic
def stop_handing_over_at(cooperative: Organisation, point: PickupPoint, *, by: User) -> None:
    """No other buyer of it is sent to that point. Parcels that were ordered for it stay so. Raises NotFound."""
    _check_may(cooperative, by)
    HandOver.objects.filter(cooperative=cooperative, point=point).delete()
    _remember_hand_over("stop_handing_over_at", cooperative, point, by)


@transaction.atomic
def say_how_it_sends(cooperative: Organisation, rhythm: Rhythm, *, by: User) -> None:
    """Parcels leave on these weekdays, what is ordered after the hour a day later; baskets follow at once, orders stay.

    From the amount on, in centimes, the cooperative pays for sending itself. Raises NotFound.
    """
    _check_may(cooperative, by)
    said = {**asdict(rhythm), "weekdays": sorted(set(rhythm.weekdays))}
    SendingTerms.objects.update_or_create(cooperative=cooperative, defaults=said)
    record(
        "delivery.say_how_it_sends",
        subject=f"organisation:{cooperative.pk}",
        by=by,
        on_behalf_of=f"organisation:{cooperative.pk}",
    )


def _check_may(cooperative: Organisation, by: User | None) -> None:
    if by is not None and not answers_for(by, cooperative):
        raise NotFound


def _check_point(cooperative: Organisation, details: PointDetails, by: User | None) -> None:
    _check_may(cooperative, by)
    if details.sends_on and not details.takes_others:
        raise TakesNothingOfOthers
    for begin, end in ((details.opens_at, details.closes_at), (details.closed_from, details.closed_until)):
        if (begin is None) != (end is None):
            raise HoursIncomplete
    if details.opens_at and details.closes_at and details.opens_at >= details.closes_at:
        raise HoursIncomplete
    if details.closed_from and details.closed_until and details.closed_from > details.closed_until:
        raise HoursIncomplete


def _remember(act: str, point: PickupPoint, by: User | None) -> None:
    record(
        f"delivery.{act}",
        subject=f"point:{point.pk}",
        by=by,
        on_behalf_of=f"organisation:{point.cooperative_id}",
        details={"point": point.name_fr},
    )


def _remember_hand_over(act: str, cooperative: Organisation, point: PickupPoint, by: User) -> None:
    record(
        f"delivery.{act}",
        subject=f"point:{point.pk}",
        by=by,
        on_behalf_of=f"organisation:{cooperative.pk}",
        details={"point": point.name_fr},
    )


def _columns(details: PointDetails) -> dict[str, object]:
    return {**vars(details), "weekdays": sorted(set(details.weekdays))}
