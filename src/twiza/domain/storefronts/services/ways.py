"""Saying by which ways one pays and receives in a storefront, and which languages it speaks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from twiza.domain.storefronts.errors import NoLanguageChosen, NoWayChosen
from twiza.domain.storefronts.models import Storefront, StorefrontWays
from twiza.domain.storefronts.selectors import Ways, every_way, unasked_ways
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.foundation.accounts.models import User


@transaction.atomic
def choose_ways(storefront: Storefront, ways: Ways, *, by: User) -> None:
    """It offers these of all that there are, and speaks these languages, the first being its own.

    Whoever chose all of them, but no carrier with a network, is also offered what comes later. Baskets follow at once;
    orders stay as they were placed.
    Raises NoWayChosen and NoLanguageChosen when nothing that there is was chosen, NotFound.
    """
    kept = held_by_manager(storefront, by)
    every = every_way()
    said = {
        "payments": _chosen(ways.payments, every.payments),
        "carriers": _chosen(ways.carriers, every.carriers),
        "languages": _chosen(ways.languages, every.languages),
    }
    if not (said["payments"] and said["carriers"]):
        raise NoWayChosen
    if not said["languages"]:
        raise NoLanguageChosen
    unasked = unasked_ways()
    limited = {name: [] if codes == list(getattr(unasked, name)) else codes for name, codes in said.items()}
    StorefrontWays.objects.update_or_create(
        storefront=kept, defaults={**limited, "confirm_within_hours": ways.confirm_within_hours}
    )
    record_act("choose_ways", kept, by, {name: " ".join(codes) for name, codes in said.items()})


def _chosen(codes: Sequence[str], there_are: Sequence[str]) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code in there_are]
