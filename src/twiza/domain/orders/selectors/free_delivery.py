"""From which amount on a basket's parcels are sent free, who bears it, and what is owed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import F, Sum

from twiza.domain.delivery.carrier import DeliveryOption
from twiza.domain.delivery.selectors import free_from_of
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.selectors.contents import Basket, BasketPackage
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors.free_delivery import FreeTerms, free_delivery_in
from twiza.kit.money import split

Terms = Mapping[int, FreeTerms]


def saying_what_is_free(basket: Basket) -> Basket:
    """Each package with the amount from which on it is sent free: its cooperative's own, or its storefront's if that is less."""
    own = free_from_of([package.cooperative.pk for package in basket.packages])
    terms = free_terms_of(basket.packages)
    least = [_least(own.get(package.cooperative.pk), package, terms) for package in basket.packages]
    known = zip(basket.packages, least, strict=True)
    return replace(basket, packages=tuple(replace(package, free_from_centimes=amount) for package, amount in known))


def free_terms_of(packages: Sequence[BasketPackage]) -> Terms:
    """By storefront id, what holds today for packages chosen in one storefront alone."""
    chosen_in = {package.storefront for package in packages}
    ids = [storefront.pk for storefront in chosen_in if storefront is not None and storefront.announces_free_delivery]
    return free_delivery_in(ids) if ids else {}


def freed(option: DeliveryOption, package: BasketPackage, terms: Terms) -> DeliveryOption:
    """Free for the buyer where its storefront takes it upon itself, with who bears it, exact to the centime."""
    free = _terms_for(package, terms)
    if free is None or package.items_centimes < free.least_centimes or not option.total_centimes:
        return option
    whole, share = option.total_centimes, free.cooperative_percent
    cooperatives, _operators = split(whole, (share, 100 - share))
    return replace(option, price_centimes=0, cash_fee_centimes=0, free_centimes=whole, free_cooperative_centimes=cooperatives)


def owed_for_free_delivery(cooperative: Organisation) -> int:
    """What operators owe it for parcels that buyers have and did not pay the sending of, in centimes."""
    sent = Fulfilment.objects.filter(order__cooperative=cooperative, order__status=Order.Status.CLOSED)
    return _borne(sent.aggregate(sum=Sum(F("free_centimes") - F("free_cooperative_centimes")))["sum"])


def borne_by_operator_of(storefront: Storefront) -> int:
    """What its operator bears of the parcels chosen there that buyers have. Ask for the storefront through the viewer first."""
    here = Order.objects.filter(lines__storefront=storefront, status=Order.Status.CLOSED).values("pk")
    sent = Fulfilment.objects.filter(order__in=here, free_centimes__gt=0)
    return _borne(sent.aggregate(sum=Sum(F("free_centimes") - F("free_cooperative_centimes")))["sum"])


def _borne(centimes: int | None) -> int:
    return centimes or 0


def _least(own: int | None, package: BasketPackage, terms: Terms) -> int:
    free = _terms_for(package, terms)
    amounts = [amount for amount in (own, free.least_centimes if free else None) if amount]
    return min(amounts, default=0)


def _terms_for(package: BasketPackage, terms: Terms) -> FreeTerms | None:
    free = terms.get(package.storefront.pk) if package.storefront is not None else None
    return free if free is not None and free.holds_for(package.cooperative.pk) else None
