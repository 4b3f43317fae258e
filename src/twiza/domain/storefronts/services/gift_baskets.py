"""An operator composes a gift basket of several cooperatives' goods; each cooperative agrees to her share before it is sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db import transaction

from twiza.domain.catalogue.models import Variant
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.storefronts.errors import (
    BasketOfOneCooperative,
    BasketOfTooFew,
    DearerThanByItself,
    NotForGiftBaskets,
    NotInItsPlace,
    ShareChanged,
    TooCheapForItsParts,
)
from twiza.domain.storefronts.locking import lock_gift_basket
from twiza.domain.storefronts.models import GiftBasket, GiftBasketComponent, Storefront
from twiza.domain.storefronts.models.gift_basket import FEWEST_COMPONENTS, MOST_COMPONENTS
from twiza.domain.storefronts.rules import shares_of_price
from twiza.domain.storefronts.selectors.gift_baskets import ShareAsked, sizes_to_send_instead
from twiza.domain.storefronts.selectors.showing import products_shown_in
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.money import plain
from twiza.kit.slugs import slug_of

LONGEST_SLUG_OF_NAME = 60


@dataclass(frozen=True)
class Part:
    """So many pieces of a size."""

    variant_id: int
    pieces: int


@dataclass(frozen=True)
class GiftBasketDetails:
    """`price_centimes` None: what is in it costs by itself. `sold_from` None: from today on."""

    name_fr: str
    name_ar: str
    parts: tuple[Part, ...]
    price_centimes: int | None = None
    sold_from: date | None = None
    sold_until: date | None = None
    name_en: str = ""


@transaction.atomic
def compose_gift_basket(storefront: Storefront, details: GiftBasketDetails, *, by: User) -> GiftBasket:
    """The basket is there, with everybody's share of its price. It is sold once every cooperative agreed to hers.

    Raises BasketOfTooFew, BasketOfOneCooperative, NotForGiftBaskets, DearerThanByItself, TooCheapForItsParts; NotFound.
    """
    kept = held_by_manager(storefront, by)
    sizes = _sizes_of(kept, details.parts)
    components = [
        GiftBasketComponent(
            variant=sizes[part.variant_id], pieces=part.pieces, catalogue_centimes=sizes[part.variant_id].price_centimes
        )
        for part in details.parts
    ]
    price = _share_out(components, details.price_centimes)
    gift = GiftBasket.objects.create(
        storefront=kept,
        slug=_free_slug(details.name_fr),
        name_fr=details.name_fr,
        name_ar=details.name_ar,
        name_en=details.name_en,
        price_centimes=price,
        sold_from=details.sold_from or clock.today(),
        sold_until=details.sold_until,
        composed_by=by,
    )
    for component in components:
        component.gift_basket = gift
    GiftBasketComponent.objects.bulk_create(components)
    record_act("compose_gift_basket", kept, by, {"gift_basket": gift.slug, "price_centimes": str(price)})
    return gift


@transaction.atomic
def price_gift_basket(gift: GiftBasket, price_centimes: int | None, *, by: User) -> None:
    """It costs so much from now on, or what is in it costs by itself today. Every cooperative whose share or own price changed
    is asked again, and nobody buys it before she agreed. Raises DearerThanByItself, TooCheapForItsParts, NotFound."""
    gift = _held(gift, by)
    components = list(gift.components.select_related("variant"))
    before = [(one.catalogue_centimes, one.share_centimes) for one in components]
    for component in components:
        component.catalogue_centimes = component.variant.price_centimes
    gift.price_centimes = _share_out(components, price_centimes)
    for component, said in zip(components, before, strict=True):
        if said != (component.catalogue_centimes, component.share_centimes):
            component.agreed_at = None
    GiftBasketComponent.objects.bulk_update(components, ["catalogue_centimes", "share_centimes", "agreed_at"])
    gift.save(update_fields=["price_centimes"])
    record_act("price_gift_basket", gift.storefront, by, {"gift_basket": gift.slug, "price_centimes": str(gift.price_centimes)})


@transaction.atomic
def stop_gift_basket(gift: GiftBasket, *, by: User) -> None:
    """Nobody orders it any more; what was ordered stays. Stopped twice, the first time counts. Raises NotFound."""
    gift = _held(gift, by)
    if gift.stopped_at is None:
        gift.stopped_at = clock.now()
        gift.save(update_fields=["stopped_at"])
        record_act("stop_gift_basket", gift.storefront, by, {"gift_basket": gift.slug})


@transaction.atomic
def agree_to_share(
    cooperative: Organisation,
    gift_basket_id: int,
    share_centimes: int,
    *,
    by: User,
    instead: Mapping[int, int] = MappingProxyType({}),
) -> None:
    """The cooperative sends its part of this basket for this share, which it has read. Agreed twice is agreed.

    `instead`, by component: the size that it sends in its place, for the same share, when that is gone; none where none is named.
    Raises ShareChanged when its share is another one now, NotInItsPlace for what cannot be sent instead; NotFound.
    """
    gift, hers = _hers(cooperative, gift_basket_id, by)
    may_be = sizes_to_send_instead(ShareAsked(gift, tuple(hers)))
    if sum(component.share_centimes for component in hers) != share_centimes:
        raise ShareChanged(name=gift.name)
    for component in hers:
        component.agreed_at = component.agreed_at or clock.now()
        component.instead = _instead(may_be[component.pk], instead.get(component.pk))
    GiftBasketComponent.objects.bulk_update(hers, ["agreed_at", "instead"])
    _remember("share_agreed", gift, cooperative, by, share_centimes)


@transaction.atomic
def send_nothing_instead(gift: GiftBasket, component_id: int, *, by: User) -> None:
    """The operator wants the basket only with what it put into it: when this is gone, the basket is. Raises NotFound."""
    gift = _held(gift, by)
    if not gift.components.filter(pk=component_id).update(instead=None):
        raise NotFound
    record_act("send_nothing_instead", gift.storefront, by, {"gift_basket": gift.slug, "component": str(component_id)})


@transaction.atomic
def take_back_agreement(cooperative: Organisation, gift_basket_id: int, *, by: User) -> None:
    """Nobody orders the basket until the cooperative agrees again; what was ordered stays. Raises NotFound."""
    gift, hers = _hers(cooperative, gift_basket_id, by)
    GiftBasketComponent.objects.filter(pk__in=[component.pk for component in hers]).update(agreed_at=None)
    _remember("share_taken_back", gift, cooperative, by, sum(component.share_centimes for component in hers))


def _instead(sizes: Sequence[Variant], wanted: int | None) -> Variant | None:
    if wanted is None:
        return None
    found = next((size for size in sizes if size.pk == wanted), None)
    if found is None:
        raise NotInItsPlace
    return found


def _sizes_of(storefront: Storefront, parts: Sequence[Part]) -> dict[int, Variant]:
    """What is put in, by id, all of it sold there and none of it weighed."""
    ids = {part.variant_id for part in parts}
    if not FEWEST_COMPONENTS <= len(ids) == len(parts) <= MOST_COMPONENTS:
        raise BasketOfTooFew(fewest=FEWEST_COMPONENTS, most=MOST_COMPONENTS)
    sizes = {size.pk: size for size in Variant.objects.filter(pk__in=ids, retired_at__isnull=True).select_related("product")}
    shown = set(products_shown_in(storefront).filter(variants__in=ids).values_list("pk", flat=True))
    for variant_id in ids:
        size = sizes.get(variant_id)
        if size is None:
            raise NotFound
        if size.is_weighed or size.product_id not in shown:
            raise NotForGiftBaskets(product=size.product.name)
    if len({size.product.cooperative_id for size in sizes.values()}) < FEWEST_COMPONENTS:
        raise BasketOfOneCooperative
    return sizes


def _share_out(components: Sequence[GiftBasketComponent], price_centimes: int | None) -> int:
    """Each has its share of the price, which is answered. Never more than what is in it costs by itself: a share above that
    would be a price the cooperative never said. Raises DearerThanByItself, TooCheapForItsParts."""
    by_themselves = [component.by_itself_centimes for component in components]
    price = sum(by_themselves) if price_centimes is None else price_centimes
    if price > sum(by_themselves):
        raise DearerThanByItself(most=plain(sum(by_themselves)))
    shares = shares_of_price(price, by_themselves)
    if 0 in shares:
        raise TooCheapForItsParts(least=plain(-(-sum(by_themselves) // max(min(by_themselves), 1))))
    for component, share in zip(components, shares, strict=True):
        component.share_centimes = share
    return price


def _free_slug(name: str) -> str:
    """The name's own when nobody has it, else with a number."""
    wanted = slug_of(name, LONGEST_SLUG_OF_NAME) or "panier"
    taken = set(GiftBasket.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _held(gift: GiftBasket, by: User) -> GiftBasket:
    locked = lock_gift_basket(gift.pk)
    held_by_manager(locked.storefront, by)
    return locked


def _hers(cooperative: Organisation, gift_basket_id: int, by: User) -> tuple[GiftBasket, list[GiftBasketComponent]]:
    if not answers_for(by, cooperative):
        raise NotFound
    known = GiftBasketComponent.objects.filter(
        gift_basket=gift_basket_id, gift_basket__stopped_at=None, variant__product__cooperative=cooperative
    )
    if not known.exists():
        raise NotFound
    gift = lock_gift_basket(gift_basket_id)
    return gift, list(known.select_related("variant__product"))


def _remember(act: str, gift: GiftBasket, cooperative: Organisation, by: User, share_centimes: int) -> None:
    record(
        f"storefronts.{act}",
        subject=f"gift_basket:{gift.pk}",
        by=by,
        on_behalf_of=f"organisation:{cooperative.pk}",
        details={"share_centimes": share_centimes},
    )
