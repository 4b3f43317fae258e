"""Questions about storefronts: which is open, what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import organisations_of
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative
from twiza.domain.storefronts.states import StorefrontState
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.phone import shown_phone

WRITTEN = Path(__file__).parent / "written"


def national_storefront() -> Storefront | None:
    """The one that shows every cooperative, once it was opened."""
    return Storefront.objects.filter(shows_everything=True).first()


def storefront_with(slug: str) -> Storefront:
    """Raises NotFound, also while it is being prepared, and StorefrontClosed once closed or outside its dates."""
    storefront = storefront_ever_opened(slug)
    if not storefront.is_open_now:
        raise StorefrontClosed(name=storefront.name)
    return storefront


def storefront_ever_opened(slug: str) -> Storefront:
    """The one at this address, open now or not. Raises NotFound, also while it is being prepared."""
    known = Storefront.objects.exclude(state=StorefrontState.DRAFT)
    storefront = known.select_related("operator__published_revision").filter(slug=slug).first()
    if storefront is None:
        raise NotFound
    return storefront


def open_storefronts() -> Sequence[Storefront]:
    """The operators' storefronts one can visit today."""
    now = clock.now()
    still = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return list(Storefront.objects.filter(still, state=StorefrontState.OPEN, opens_at__lte=now, shows_everything=False))


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
    """The operators' storefronts that opened and chose this cooperative, those one can call first."""
    chosen = Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
    return list(
        Storefront.objects.filter(pk__in=StorefrontCooperative.objects.filter(chosen).values("storefront"))
        .exclude(state=StorefrontState.DRAFT)
        .order_by("-phone", "slug")
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


def operators_managed_by(viewer: User) -> Sequence[Organisation]:
    """The operators for which the viewer may open storefronts."""
    return list(
        organisations_of(viewer, ["operator_manager"])
        .select_related("published_revision")
        .filter(kind=Organisation.Kind.OPERATOR)
    )


def get_storefront_managed_by(viewer: User, slug: str) -> Storefront:
    """A storefront of an operator the viewer decides for. Another's does not exist for them (NotFound)."""
    managed = Storefront.objects.filter(operator__in=organisations_of(viewer, ["operator_manager"]))
    found = managed.select_related("operator__published_revision").filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def proposed_conditions(storefront: Storefront, language: str) -> str:
    """How to order, deliver, pay, return, and who sells, in French ("fr") or Arabic ("ar"), with the operator's facts."""
    operator = storefront.operator.name_in(language) if storefront.operator else storefront.name
    phone = shown_phone(storefront.phone) if storefront.phone else "…"
    words = (WRITTEN / f"conditions.{language}.txt").read_text("utf-8").strip()
    return words.format(operator=operator, phone=phone)
