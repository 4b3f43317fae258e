"""Parcels of several cooperatives that the buyer fetches at one point, in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from twiza.domain.delivery.carrier import DeliveryOption, PointRow
from twiza.domain.orders.selectors.contents import Basket, BasketPackage
from twiza.domain.orders.selectors.joined import joined_by_all

TOGETHER = "together:"


@dataclass(frozen=True)
class TogetherOffer:
    """Those whose parcels can be fetched at once, where, and from which day on. `is_chosen`: by all of them."""

    code: str
    point: PointRow
    packages: tuple[BasketPackage, ...]
    is_chosen: bool

    @property
    def open_on(self) -> date | None:
        return self.point.open_on


def offered_together(packages: Sequence[BasketPackage]) -> tuple[BasketPackage, ...]:
    """Each also with every point at which another's parcel can be fetched too, for the latest of their days.

    Together costs no more than apart: it is offered for what is fetched, which the buyer does not pay for.
    """
    days: dict[int, list[date]] = {}
    for package in packages:
        for option in package.options:
            if option.point is not None and option.point.open_on is not None:
                days.setdefault(option.point.id, []).append(option.point.open_on)
    latest = {point_id: max(each) for point_id, each in days.items() if len(each) > 1}
    return tuple(replace(package, options=(*package.options, *_joined(package.options, latest))) for package in packages)


def _joined(options: Sequence[DeliveryOption], latest: Mapping[int, date]) -> list[DeliveryOption]:
    return [
        replace(
            option,
            code=f"{TOGETHER}{option.point.id}",
            point=replace(option.point, open_on=latest[option.point.id]),
            arrives_from=latest[option.point.id],
            arrives_until=latest[option.point.id],
        )
        for option in options
        if option.point is not None and option.point.id in latest
    ]


def choosing(packages: Sequence[BasketPackage]) -> tuple[BasketPackage, ...]:
    """Each with the way that was wanted, when it is one of its own, else its first. Nobody is together alone: whoever was left
    by the others is fetched at the same point by itself, and one parcel for several comes when all of them want it."""
    wanted = Counter(package.wanted for package in packages if package.wanted in {one.code for one in package.options})
    joined = joined_by_all(packages)
    return tuple(
        replace(package, chosen=_chosen(package.options, package.wanted if joined.get(package.wanted, True) else "", wanted))
        for package in packages
    )


def _chosen(options: Sequence[DeliveryOption], code: str, wanted: Mapping[str, int]) -> DeliveryOption | None:
    found = next((option for option in options if option.code == code), options[0] if options else None)
    if found is None or found.point is None or not is_together(found) or wanted.get(code, 0) > 1:
        return found
    return next(one for one in options if one.point and one.point.id == found.point.id and not is_together(one))


def is_together(option: DeliveryOption) -> bool:
    return option.code.startswith(TOGETHER)


def together_offers(basket: Basket) -> list[TogetherOffer]:
    """The points at which parcels of several of its cooperatives can be fetched at once, those for most of them first."""
    joined = [(one.code, one.point) for package in basket.packages for one in package.options if one.point and is_together(one)]
    named_in_full = dict(sorted(joined, key=lambda one: bool(one[1].keeper)))
    offers = [_offer(basket, code, point) for code, point in named_in_full.items()]
    return sorted(offers, key=lambda offer: (-len(offer.packages), offer.open_on or date.max))


def _offer(basket: Basket, code: str, point: PointRow) -> TogetherOffer:
    those = tuple(package for package in basket.packages if any(option.code == code for option in package.options))
    is_chosen = all(package.chosen is not None and package.chosen.code == code for package in those)
    return TogetherOffer(code, point, those, is_chosen)


def all_together(basket: Basket, code: str) -> dict[int, str]:
    """The choice by cooperative id that fetches at once whatever can be; nothing when it is not offered."""
    return {package.cooperative.pk: code for package in basket.packages if any(option.code == code for option in package.options)}
