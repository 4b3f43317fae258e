"""Gift baskets: what is in them, who agreed to her share, and which are sold today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from twiza.domain.catalogue.models import Variant
from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.errors import GiftBasketOver, PartPriceChanged, ShareNotAgreed
from twiza.domain.storefronts.models import GiftBasket, GiftBasketComponent, Storefront
from twiza.domain.storefronts.selectors.showing import products_shown_in
from twiza.kit.errors import DomainError, NotFound

MOST_OFFERED = 300


@dataclass(frozen=True)
class ShareAsked:
    """What one cooperative sends for a gift basket, and has of its price, in centimes."""

    gift_basket: GiftBasket
    components: tuple[GiftBasketComponent, ...]

    @property
    def share_centimes(self) -> int:
        return sum(component.share_centimes for component in self.components)

    @property
    def by_itself_centimes(self) -> int:
        return sum(component.by_itself_centimes for component in self.components)

    @property
    def is_agreed(self) -> bool:
        return all(component.agreed_at for component in self.components)


def gift_baskets_with(ids: Iterable[int]) -> dict[int, GiftBasket]:
    """By id, each with its storefront and its components, with all that an order needs of them."""
    return {gift.pk: gift for gift in _read(GiftBasket.objects.filter(pk__in=list(ids)))}


def gift_baskets_of(storefront: Storefront) -> Sequence[GiftBasket]:
    """All that were composed there, the newest first, each with its components."""
    return list(_read(GiftBasket.objects.filter(storefront=storefront)))


def gift_basket_in(storefront: Storefront, slug: str) -> GiftBasket:
    """With its components, sold today or not. Raises NotFound."""
    found = _read(GiftBasket.objects.filter(storefront=storefront, slug=slug)).first()
    if found is None:
        raise NotFound
    return found


def gift_baskets_sold_in(storefront: Storefront, day: date) -> list[GiftBasket]:
    """Those that every cooperative agreed to and whose days it is. Whether all of it is there is said on its own page."""
    return [gift for gift in gift_baskets_of(storefront) if trouble_of_gift_basket(gift, day) is None]


def gift_baskets_sold_in_each(storefronts: Sequence[Storefront], day: date) -> list[GiftBasket]:
    """The same for several storefronts at once, by storefront."""
    found = _read(GiftBasket.objects.filter(storefront__in=storefronts, stopped_at=None).order_by("storefront", "pk"))
    return [gift for gift in found if trouble_of_gift_basket(gift, day) is None]


def trouble_of_gift_basket(gift: GiftBasket, day: date) -> DomainError | None:
    """Why it is not sold on this day, whatever is on the shelves; None when it is. Read its components with it."""
    if not gift.is_sold_on(day):
        return GiftBasketOver(name=gift.name)
    for component in gift.components.all():
        if component.agreed_at is None:
            return ShareNotAgreed(name=gift.name, cooperative=component.variant.product.cooperative.name)
        if component.catalogue_centimes != component.variant.price_centimes:
            return PartPriceChanged(name=gift.name, product=component.variant.product.name)
    return None


def shares_asked_of(cooperative: Organisation) -> list[ShareAsked]:
    """Of every gift basket with something of hers that was not ended. Ask for the cooperative through the viewer first."""
    hers = _components().filter(variant__product__cooperative=cooperative, gift_basket__stopped_at__isnull=True)
    found: dict[GiftBasket, list[GiftBasketComponent]] = {}
    for component in hers.select_related("gift_basket__storefront").order_by("-gift_basket", "pk"):
        found.setdefault(component.gift_basket, []).append(component)
    return [ShareAsked(gift, tuple(components)) for gift, components in found.items()]


def sizes_for_gift_baskets(storefront: Storefront, cooperative_id: int | None = None) -> Sequence[Variant]:
    """What may be put into one: the sizes of what it shows that are not weighed, of one cooperative or of all."""
    shown = products_shown_in(storefront).prefetch_related(None).select_related(None).order_by().values("pk")
    sizes = Variant.objects.filter(product__in=shown, retired_at__isnull=True).exclude(sale_mode=Variant.SaleMode.WEIGHED)
    if cooperative_id is not None:
        sizes = sizes.filter(product__cooperative=cooperative_id)
    return list(
        sizes.select_related("product__kind", "product__cooperative__published_revision").order_by(
            "product__cooperative", "product", "pk"
        )[:MOST_OFFERED]
    )


def sizes_to_send_instead(asked: ShareAsked) -> dict[int, list[Variant]]:
    """By component, what its cooperative may name to be sent in its place. Ask for the share through the viewer first."""
    gift = asked.gift_basket
    inside = gift.components.values_list("variant_id", flat=True)
    hers = asked.components[0].variant.product.cooperative_id
    sizes = [size for size in sizes_for_gift_baskets(gift.storefront, hers) if size.pk not in set(inside)]
    return {component.pk: [size for size in sizes if component.may_be_replaced_by(size)] for component in asked.components}


def _components() -> QuerySet[GiftBasketComponent]:
    whole = GiftBasketComponent.objects.select_related(
        "variant__product__kind", "variant__product__cooperative__published_revision__commune__province__region"
    )
    beside = ("product__kind", "product__cooperative__published_revision__commune__province__region")
    return whole.prefetch_related(Prefetch("instead", Variant.objects.select_related(*beside)))


def _read(gifts: QuerySet[GiftBasket]) -> QuerySet[GiftBasket]:
    return gifts.select_related("storefront__operator").prefetch_related(Prefetch("components", _components()))
