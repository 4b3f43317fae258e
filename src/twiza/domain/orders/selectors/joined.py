"""Parcels of several cooperatives that go on from a point as one, its price shared among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from twiza.domain.delivery.carrier import DeliveryOption, PointRow
from twiza.domain.delivery.selectors import JoinedParcel, Package, joined_parcels
from twiza.domain.orders.selectors.contents import Basket, BasketPackage
from twiza.domain.orders.selectors.free_delivery import Terms, freed
from twiza.foundation.places.models import Commune


@dataclass(frozen=True)
class JoinedOffer:
    """Whose parcels can come as one, from where and when; what its buyer pays for it, and for theirs apart by the same carrier.

    Amounts in centimes. `is_chosen`: it is chosen of all or of none.
    """

    code: str
    point: PointRow
    packages: tuple[BasketPackage, ...]
    price_centimes: int
    apart_centimes: int
    first: date | None
    last: date | None
    is_chosen: bool

    @property
    def saved_centimes(self) -> int:
        return self.apart_centimes - self.price_centimes


def as_parcel(package: BasketPackage) -> Package:
    """What a carrier weighs and measures of it."""
    revision = package.cooperative.published_revision
    return Package(
        package.cooperative.pk,
        revision.commune if revision else None,
        package.weight_grams,
        package.operator_id,
        package.items_centimes,
        package.ships_by,
        package.volume_cm3,
    )


def share_a_point(packages: Iterable[BasketPackage]) -> bool:
    """Parcels of two of them may lie at one point, by all the ways there are: whether their storefronts offer them or not."""
    points = Counter(option.point.id for package in packages for option in package.options if option.point)
    return any(number > 1 for number in points.values())


def offered_joined(
    packages: Sequence[BasketPackage], destination: Commune, terms: Terms, *, is_paid_on_delivery: bool
) -> tuple[BasketPackage, ...]:
    """Each of those that can come as one parcel also with that: for most of them, and of such the cheapest."""
    brought = {
        package.cooperative.pk: {option.carrier for option in package.options if option.point is None} for package in packages
    }
    found = joined_parcels(map(as_parcel, packages), brought, destination, is_paid_on_delivery=is_paid_on_delivery)
    if not found:
        return tuple(packages)
    own = min(found, key=_by_worth).options
    return tuple(
        replace(package, options=(*package.options, freed(own[package.cooperative.pk], package, terms)))
        if package.cooperative.pk in own
        else package
        for package in packages
    )


def _by_worth(parcel: JoinedParcel) -> tuple[int, int, str]:
    return -len(parcel.options), parcel.whole_centimes, min(option.code for option in parcel.options.values())


def joined_offer(basket: Basket) -> JoinedOffer | None:
    """The one parcel in which several packages of it can come."""
    shares = {package.cooperative.pk: option for package in basket.packages for option in package.options if option.sent_from}
    if not shares:
        return None
    those = tuple(package for package in basket.packages if package.cooperative.pk in shares)
    options = list(shares.values())
    points = sorted((option.sent_from for option in options if option.sent_from), key=lambda point: bool(point.keeper))
    return JoinedOffer(
        options[0].code,
        points[-1],
        those,
        sum(option.total_centimes for option in options),
        sum(_apart(package, options[0].carrier).total_centimes for package in those),
        options[0].arrives_from,
        options[0].arrives_until,
        all(package.chosen is not None and package.chosen.sent_from is not None for package in those),
    )


def _apart(package: BasketPackage, carrier: str) -> DeliveryOption:
    return next(option for option in package.options if option.carrier == carrier and not option.sent_from)


def joined_by_all(packages: Sequence[BasketPackage]) -> Mapping[str, bool]:
    """By code of a joined parcel, whether all of those it holds want it: without one of them it has another price."""
    holders = [(option.code, package.wanted) for package in packages for option in package.options if option.sent_from]
    return {code: all(wanted == code for one, wanted in holders if one == code) for code, _wanted in holders}
