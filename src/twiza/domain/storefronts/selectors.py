"""Questions about storefronts: which is open, what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import organisations_of
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import NotFound


def national_storefront() -> Storefront | None:
    """The one that shows every cooperative, once it was opened."""
    return Storefront.objects.filter(shows_everything=True).first()


def storefront_with(slug: str) -> Storefront:
    """Raises NotFound, and StorefrontClosed outside its dates."""
    storefront = Storefront.objects.select_related("operator__published_revision").filter(slug=slug).first()
    if storefront is None:
        raise NotFound
    now = clock.now()
    if storefront.opens_at > now or (storefront.closes_at and storefront.closes_at <= now):
        raise StorefrontClosed(name=storefront.name)
    return storefront


def open_storefronts() -> Sequence[Storefront]:
    """The operators' storefronts one can visit today."""
    now = clock.now()
    still = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return list(Storefront.objects.filter(still, opens_at__lte=now, shows_everything=False))


def products_shown_in(storefront: Storefront) -> QuerySet[Product]:
    """What it shows, newest first."""
    products = products_on_sale()
    if storefront.shows_everything:
        return products
    return products.filter(cooperative__in=_chosen(storefront))


def owners_in(storefront: Storefront) -> tuple[int, ...] | None:
    """The ids of the cooperatives it chose; None when it shows every one."""
    if storefront.shows_everything:
        return None
    return tuple(Organisation.objects.filter(shown_in__storefront=storefront).order_by("pk").values_list("pk", flat=True))


def cooperatives_shown_in(storefront: Storefront) -> QuerySet[Organisation]:
    """Those it chose and everybody may see, in its order; instead of a merged page the one that took it in."""
    own, through = Q(shown_in__storefront=storefront), Q(merged_from__shown_in__storefront=storefront)
    place = Least(Min("shown_in__position", filter=own), Min("merged_from__shown_in__position", filter=through))
    return (
        Organisation.objects.filter(pk__in=_chosen(storefront), state__in=SHOWN_TO_ALL)
        .select_related("published_revision__commune__province")
        .annotate(place=place)
        .order_by("place", "pk")
    )


def _chosen(storefront: Storefront) -> QuerySet[StorefrontCooperative, int]:
    """The ids of the pages that stand today for those it chose."""
    stands = Coalesce("cooperative__merged_into_id", "cooperative_id")
    return StorefrontCooperative.objects.filter(storefront=storefront).order_by().values_list(stands, flat=True)


def product_counts_in(storefront: Storefront) -> dict[int, int]:
    """By cooperative id, how many of its products the storefront shows."""
    counts = products_shown_in(storefront).order_by().values("cooperative_id").annotate(number=Count("pk"))
    return {row["cooperative_id"]: row["number"] for row in counts}


def storefronts_showing(cooperative: Organisation) -> Sequence[Storefront]:
    """The operators' storefronts that chose this cooperative, those one can call first."""
    chosen = Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
    return list(
        Storefront.objects.filter(pk__in=StorefrontCooperative.objects.filter(chosen).values("storefront")).order_by(
            "-phone", "slug"
        )
    )


def storefronts_run_by(viewer: User) -> Sequence[Storefront]:
    """The storefronts of the operators the viewer works for."""
    return list(Storefront.objects.filter(operator__in=organisations_of(viewer, ["operator_manager", "operator_agent"])))


def get_storefront_for(viewer: User, slug: str) -> Storefront:
    """A storefront of one of the viewer's operators. Another's does not exist for them (NotFound)."""
    found = next((storefront for storefront in storefronts_run_by(viewer) if storefront.slug == slug), None)
    if found is None:
        raise NotFound
    return found
