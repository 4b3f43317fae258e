"""Saying from which amount on buyers of a storefront do not pay for sending, and agreeing to bear a share of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from twiza.domain.delivery.errors import TooLateToAnnounce
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.storefronts.models import FreeDelivery, FreeDeliveryConsent, Storefront
from twiza.domain.storefronts.selectors.free_delivery import share_asked_of
from twiza.domain.storefronts.services.holding import held_with_market, record_act
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def announce_free_delivery(
    storefront: Storefront, *, valid_from: date, least_centimes: int | None, cooperative_percent: int, by: User
) -> FreeDelivery:
    """From a day to come what one cooperative sends is free from that amount of its goods on; None: buyers pay again.

    The operator bears it. Where `cooperative_percent` of it is the cooperatives', it holds only for those that agree. Announced
    twice for one day the second counts, and is asked about anew. Raises TooLateToAnnounce, NotFound.
    """
    kept = held_with_market(storefront, by)
    if valid_from <= clock.today():
        raise TooLateToAnnounce
    FreeDelivery.objects.filter(storefront=kept, valid_from=valid_from).delete()
    row = FreeDelivery.objects.create(
        storefront=kept, valid_from=valid_from, least_centimes=least_centimes, cooperative_percent=cooperative_percent
    )
    details = {"from": valid_from.isoformat(), "least": str(least_centimes or ""), "cooperatives": str(cooperative_percent)}
    Storefront.objects.filter(pk=kept.pk).update(announces_free_delivery=True)
    record_act("announce_free_delivery", kept, by, details)
    return row


@transaction.atomic
def withdraw_free_delivery(storefront: Storefront, *, valid_from: date, by: User) -> None:
    """What was announced for that day to come will not hold. Raises TooLateToAnnounce, NotFound."""
    kept = held_with_market(storefront, by)
    if valid_from <= clock.today():
        raise TooLateToAnnounce
    FreeDelivery.objects.filter(storefront=kept, valid_from=valid_from).delete()
    Storefront.objects.filter(pk=kept.pk).update(announces_free_delivery=FreeDelivery.objects.filter(storefront=kept).exists())
    record_act("withdraw_free_delivery", kept, by, {"from": valid_from.isoformat()})


@transaction.atomic
def bear_free_delivery(cooperative: Organisation, row_id: int, *, by: User) -> None:
    """The cooperative bears its share of it; said twice it is said once. Raises NotFound, also for what was not asked."""
    row = _asked(cooperative, row_id, by)
    FreeDeliveryConsent.objects.get_or_create(free_delivery=row, cooperative=cooperative, defaults={"by": by})
    _remember("bear_free_delivery", row, cooperative, by)


@transaction.atomic
def stop_bearing_free_delivery(cooperative: Organisation, row_id: int, *, by: User) -> None:
    """From now on its buyers pay there again; orders stay as they were placed. Raises NotFound."""
    row = _asked(cooperative, row_id, by)
    FreeDeliveryConsent.objects.filter(free_delivery=row, cooperative=cooperative).delete()
    _remember("stop_bearing_free_delivery", row, cooperative, by)


def _asked(cooperative: Organisation, row_id: int, by: User) -> FreeDelivery:
    if not answers_for(by, cooperative):
        raise NotFound
    return share_asked_of(cooperative, row_id)


def _remember(act: str, row: FreeDelivery, cooperative: Organisation, by: User) -> None:
    details = {"percent": str(row.cooperative_percent), "least": str(row.least_centimes)}
    behalf = f"organisation:{cooperative.pk}"
    record(f"storefronts.{act}", subject=f"storefront:{row.storefront_id}", by=by, on_behalf_of=behalf, details=details)
