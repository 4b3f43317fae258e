"""Questions about storefronts: which is open, what it shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors import Assortment, products_on_sale
from twiza.domain.directory.models import Accreditation, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.models.sectors import Sector
from twiza.domain.directory.rules import keeps_register
from twiza.domain.directory.selectors import certified_for, labels_held, organisations_of
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative, StorefrontProduct, StorefrontRule
from twiza.domain.storefronts.selectors.by_hand import NamedProducts, in_order, named_products_in
from twiza.domain.storefronts.selectors.looking import held_back
from twiza.domain.storefronts.states import StorefrontState
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class Choice:
    """What an operator said of what a storefront shows: rules, and words about single products."""

    rules: Sequence[StorefrontRule]
    named: NamedProducts


# What a rule may ask for.
SECTORS = Sector.choices
LABELS = Accreditation.Scheme.choices


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
    storefront = known.select_related("operator__published_revision", "look", "home").filter(slug=slug).first()
    if storefront is None:
        raise NotFound
    return storefront


def open_storefronts() -> Sequence[Storefront]:
    """The operators' storefronts one can visit today."""
    now = clock.now()
    still = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return list(Storefront.objects.filter(still, state=StorefrontState.OPEN, opens_at__lte=now, shows_everything=False))


def choice_of(storefront: Storefront) -> Choice:
    """Read in two questions; of the market as a whole nothing was said, and nothing is asked."""
    if storefront.shows_everything:
        return Choice((), NamedProducts())
    return Choice(rules_of(storefront), named_products_in(storefront))


def products_shown_in(storefront: Storefront, choice: Choice | None = None) -> QuerySet[Product]:
    """What it shows: what it wants first, then newest first. A product's own word goes before its cooperative's.

    Whoever asks several such questions reads the `choice` once and gives it to each.
    """
    choice = choice or choice_of(storefront)
    return _products_of(storefront, choice, _said_of_products(storefront, choice))


def products_offered_to(storefront: Storefront) -> QuerySet[Product]:
    """What it would show if it did not look first."""
    choice = choice_of(storefront)
    return _products_of(storefront, choice, choice.named)


def _said_of_products(storefront: Storefront, choice: Choice) -> NamedProducts:
    """What its people said of single products; where they look first, what they did not look at yet is left out too."""
    named = choice.named
    if not storefront.looks_first:
        return named
    offered = _products_of(storefront, choice, named).prefetch_related(None).select_related(None)
    waiting = set(held_back(storefront, offered)) - set(named.chosen)
    return replace(named, left_out=tuple(sorted({*named.left_out, *waiting})))


def _products_of(storefront: Storefront, choice: Choice, named: NamedProducts) -> QuerySet[Product]:
    products = products_on_sale()
    if storefront.shows_everything:
        return products
    shown = Q(cooperative__in=Organisation.objects.filter(_shown(storefront, choice)))
    if named.chosen:
        shown |= Q(pk__in=named.chosen)
    if named.left_out:
        shown &= ~Q(pk__in=named.left_out)
    return in_order(products.filter(shown), named.first)


def products_sold_in(storefront: Storefront, product_ids: Collection[int]) -> frozenset[int]:
    """Those of these products that can be bought through it at this moment. Whether they are on sale at all is not asked here."""
    if storefront.shows_everything:
        return frozenset(product_ids)
    if not storefront.is_open_now:
        return frozenset()
    shown = products_shown_in(storefront).prefetch_related(None).select_related(None).order_by()
    return frozenset(shown.filter(pk__in=product_ids).values_list("pk", flat=True))


def assortment_of(storefront: Storefront, choice: Choice | None = None) -> Assortment:
    """What it shows, as an index is asked for it: as `products_shown_in`."""
    if storefront.shows_everything:
        return Assortment()
    choice = choice or choice_of(storefront)
    named = _said_of_products(storefront, choice)
    cooperatives = Organisation.objects.filter(_shown(storefront, choice)).order_by("pk").values_list("pk", flat=True)
    return Assortment(tuple(cooperatives), named.chosen, named.left_out)


def cooperatives_shown_in(storefront: Storefront, choice: Choice | None = None) -> QuerySet[Organisation]:
    """Those it shows, or a product of theirs, and everybody may see: the chosen ones in its order, then the others; instead
    of a merged page the one that took it in."""
    own, through = Q(shown_in__storefront=storefront), Q(merged_from__shown_in__storefront=storefront)
    choice = choice or choice_of(storefront)
    place = Least(Min("shown_in__position", filter=own), Min("merged_from__shown_in__position", filter=through))
    return (
        Organisation.objects.filter(_shown(storefront, choice) | _made(choice.named), state__in=SHOWN_TO_ALL)
        .select_related("published_revision__commune__province")
        .annotate(place=place)
        .order_by("place", "pk")
    )


def _shown(storefront: Storefront, choice: Choice) -> Q:
    """The organisations it chose and those of its rules, without the ones left out."""
    shown = Q(pk__in=_named(storefront, is_left_out=False))
    for rule in choice.rules:
        shown |= _held_by(rule)
    return shown & ~Q(pk__in=_named(storefront, is_left_out=True))


def _made(named: NamedProducts) -> Q:
    """The organisations that make what was chosen one by one."""
    return Q(pk__in=Product.objects.filter(pk__in=named.chosen).values("cooperative")) if named.chosen else Q()


def _held_by(rule: StorefrontRule) -> Q:
    """The organisations for which all of the rule holds."""
    revision = "published_revision__"
    said = {
        f"{revision}province__region": rule.region_id,
        f"{revision}province": rule.province_id,
        f"{revision}sectors__contains": [rule.sector] if rule.sector else None,
        f"{revision}is_womens": rule.is_womens or None,
        "pk__in": certified_for(rule.label) if rule.label else None,
    }
    return Q(**{name: value for name, value in said.items() if value is not None}, kind__in=COOPERATIVE_KINDS)


def _named(storefront: Storefront, *, is_left_out: bool) -> QuerySet[StorefrontCooperative, int]:
    """The ids of the pages that stand today for those it chose, or left out."""
    stands = Coalesce("cooperative__merged_into_id", "cooperative_id")
    named = StorefrontCooperative.objects.filter(storefront=storefront, is_left_out=is_left_out)
    return named.order_by().values_list(stands, flat=True)


def rules_of(storefront: Storefront) -> Sequence[StorefrontRule]:
    """What it shows without naming each cooperative, in the order it was said."""
    return list(StorefrontRule.objects.filter(storefront=storefront).select_related("region", "province"))


def product_counts_by_rule(rules: Sequence[StorefrontRule]) -> list[tuple[StorefrontRule, int]]:
    """Each rule with how many products it gives by itself, in one question."""
    each = {
        f"rule_{rule.pk}": Count("pk", filter=Q(cooperative__in=Organisation.objects.filter(_held_by(rule)))) for rule in rules
    }
    counts = products_on_sale().order_by().aggregate(**each) if each else {}
    return [(rule, counts[f"rule_{rule.pk}"]) for rule in rules]


def product_counts_in(storefront: Storefront, choice: Choice | None = None) -> dict[int, int]:
    """By cooperative id, how many of its products the storefront shows."""
    counts = products_shown_in(storefront, choice).order_by().values("cooperative_id").annotate(number=Count("pk"))
    return {row["cooperative_id"]: row["number"] for row in counts}


def storefronts_showing(cooperative: Organisation) -> Sequence[Storefront]:
    """The operators' storefronts that opened and show this cooperative or a product of its, those one can call first."""
    chosen = StorefrontCooperative.objects.filter(Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative))
    through = Q(pk__in=chosen.filter(is_left_out=False).values("storefront")) | Q(rules__in=_rules_holding_for(cooperative))
    through &= ~Q(pk__in=chosen.filter(is_left_out=True).values("storefront"))
    products = StorefrontProduct.objects.filter(product__cooperative=cooperative, is_left_out=False)
    shown = Storefront.objects.filter(through | Q(pk__in=products.values("storefront")))
    return list(shown.exclude(state=StorefrontState.DRAFT).order_by("-phone", "slug").distinct())


def _rules_holding_for(cooperative: Organisation) -> QuerySet[StorefrontRule]:
    revision = cooperative.published_revision
    if revision is None:
        return StorefrontRule.objects.none()
    labels = labels_held([cooperative.pk]).get(cooperative.pk, ())
    region = revision.province.region_id if revision.province else None
    return StorefrontRule.objects.filter(
        Q(region=None) | Q(region=region),
        Q(province=None) | Q(province=revision.province_id),
        sector__in=["", *revision.sectors],
        label__in=["", *labels],
        is_womens__in=[False, revision.is_womens],
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


def get_storefront_decided_by(viewer: User, slug: str) -> Storefront:
    """One whose complaints the viewer decides: of one of their operators; of one that has none, whoever keeps the register.

    Raises NotFound.
    """
    if keeps_register(viewer):
        nobodys = Storefront.objects.filter(slug=slug, operator__isnull=True).first()
        if nobodys is not None:
            return nobodys
    return get_storefront_for(viewer, slug)


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
