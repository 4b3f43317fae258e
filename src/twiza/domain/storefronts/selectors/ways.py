"""Questions about the ways to pay and to receive, and the languages, that a storefront offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from twiza.domain.delivery.selectors import network_carrier_codes
from twiza.domain.storefronts.models import Storefront, StorefrontWays


@dataclass(frozen=True)
class Ways:
    """Codes: of ways to pay, of carriers, and of languages, the storefront's own first. Always some that there are today.

    `confirm_within_hours`: so long waits what is paid on delivery for its buyer's yes; without a limit, always.
    """

    payments: tuple[str, ...]
    carriers: tuple[str, ...]
    languages: tuple[str, ...]
    confirm_within_hours: int | None = None


def every_way() -> Ways:
    """All that this installation has, as the market offers it."""
    return Ways(tuple(settings.PAYMENT_PROVIDERS), tuple(settings.CARRIERS), tuple(code for code, _name in settings.LANGUAGES))


def unasked_ways() -> Ways:
    """What a storefront offers that chose nothing: a carrier with a network comes only once somebody asks for it."""
    every, asked = every_way(), network_carrier_codes()
    return Ways(every.payments, tuple(code for code in every.carriers if code not in asked), every.languages)


def ways_of(storefront: Storefront) -> Ways:
    """What it offers of all that there is."""
    return ways_of_each([storefront])[storefront.pk]


def ways_of_each(storefronts: Iterable[Storefront]) -> dict[int, Ways]:
    """By storefront id, the same, in one question; none for the market's own."""
    asked = list(storefronts)
    limited = [storefront.pk for storefront in asked if not storefront.shows_everything]
    said = {row.storefront_id: row for row in StorefrontWays.objects.filter(storefront__in=limited)} if limited else {}
    return {storefront.pk: _offered(said.get(storefront.pk)) for storefront in asked}


def common_ways(each: Iterable[Ways]) -> Ways:
    """What all of these offer, for what is bought through several storefronts together. May be nothing."""
    common = every_way()
    for ways in each:
        common = Ways(
            tuple(code for code in common.payments if code in ways.payments),
            tuple(code for code in common.carriers if code in ways.carriers),
            tuple(code for code in common.languages if code in ways.languages),
            min((hours for hours in (common.confirm_within_hours, ways.confirm_within_hours) if hours), default=None),
        )
    return common


def _offered(said: StorefrontWays | None) -> Ways:
    every = unasked_ways()
    if said is None:
        return every
    return Ways(
        _some(said.payments, every.payments),
        _among(said.carriers, every_way().carriers) if said.carriers else every.carriers,
        _some(said.languages, every.languages),
        said.confirm_within_hours,
    )


def _some(chosen: list[str], there_are: tuple[str, ...]) -> tuple[str, ...]:
    """Those chosen that there are; all, when nothing was chosen. What was taken off the installation is offered nowhere."""
    return _among(chosen, there_are) if chosen else there_are


def _among(chosen: list[str], there_are: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in chosen if code in there_are)
