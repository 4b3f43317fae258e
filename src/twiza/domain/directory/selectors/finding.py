"""The public list of cooperatives: narrowed, counted and paged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language

from twiza.domain.directory.models import Accreditation, Organisation, Sector
from twiza.domain.directory.selectors.counting import listed_cooperatives
from twiza.domain.directory.selectors.freshness import is_page_stale
from twiza.domain.directory.selectors.public import holds_today
from twiza.foundation.places.models import Spelling
from twiza.foundation.places.search import ways_of_seeking
from twiza.foundation.places.selectors import provinces_in_memory
from twiza.foundation.search.selectors import is_index_ready, search
from twiza.kit.folding import fold, fold_words

PER_PAGE = 24
MOST_WORDS = 8
MOST_GUESSES = 96
NEAR_ENOUGH = 0.45


@dataclass(frozen=True)
class DirectoryFilters:
    """Codes of places and sectors, an accreditation's scheme, and words of a name or place. Empty means all."""

    text: str = ""
    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    womens: bool = False


@dataclass(frozen=True)
class CooperativeCard:
    """A cooperative among others. `labels` are (scheme, name) of what it is certified for today."""

    id: int
    slug: str
    name: str
    sectors: tuple[tuple[str, str], ...]
    activities: str
    commune_name: str
    province_name: str
    region_name: str
    members_total: int | None
    is_womens: bool
    labels: tuple[tuple[str, str], ...]
    is_fictional: bool
    is_confirmed: bool  # by itself or by the register's office, lately


@dataclass(frozen=True)
class FacetValue:
    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Facets:
    """How many cooperatives each choice would leave, the other choices kept. Choices that leave none are not offered,
    but for the one made already, so that it can be seen and taken back."""

    regions: tuple[FacetValue, ...]
    provinces: tuple[FacetValue, ...]
    sectors: tuple[FacetValue, ...]
    labels: tuple[FacetValue, ...]
    womens: int


@dataclass(frozen=True)
class CooperativeList:
    cooperatives: tuple[CooperativeCard, ...]
    total: int
    page: int
    pages: int
    facets: Facets
    is_guess: bool  # nothing is written exactly so; these resemble it


def find_cooperatives(filters: DirectoryFilters, page: int = 1, per_page: int = PER_PAGE) -> CooperativeList:
    """One page of the public list, by name. A page past the end is the last one.

    Words are sought in names and places, in any script; when no name holds them, names that resemble them are given.
    """
    matching, total, womens, is_guess = _matching(filters)
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    shown = _in_order(matching(filters))[(page - 1) * per_page : page * per_page] if total else []
    return CooperativeList(_cards(list(shown)), total, page, pages, _facets(filters, matching, womens), is_guess)


def cooperative_cards(organisation_ids: Iterable[int]) -> list[CooperativeCard]:
    """These cooperatives as cards, in the list's order; those the public may not see are left out."""
    return list(_cards(list(_in_order(listed_cooperatives().filter(pk__in=list(organisation_ids))))))


class _Search:
    """Filters with their words already understood."""

    def __init__(self, words: Q) -> None:
        self.words = words

    def __call__(self, filters: DirectoryFilters) -> QuerySet[Organisation]:
        found = listed_cooperatives().filter(self.words)
        if filters.region:
            found = found.filter(published_revision__province__region=filters.region)
        if filters.province:
            found = found.filter(published_revision__province=filters.province)
        if filters.sector:
            found = found.filter(published_revision__sectors__contains=[filters.sector])
        if filters.label:
            holders = Accreditation.objects.filter(holds_today(), scheme=filters.label)
            found = found.filter(pk__in=holders.values("organisation"))
        if filters.womens:
            found = found.filter(published_revision__is_womens=True)
        return found


def _matching(filters: DirectoryFilters) -> tuple[_Search, int, int, bool]:
    search = _Search(_words_somewhere(filters.text))
    total, womens = _count(search(filters))
    if total or not fold_words(filters.text):
        return search, total, womens, False
    among = _Search(Q())(filters)
    alike = dict(_meant(filters.text, among) or _resembling(fold_words(filters.text), among))
    return _Search(Q(pk__in=list(alike))), len(alike), sum(alike.values()), bool(alike)


def _meant(text: str, among: QuerySet[Organisation]) -> list[tuple[int, bool]]:
    """As `_resembling`, those that hold in other words all that was asked. None while no index is ready."""
    if not is_index_ready():
        return []
    answer = search(text, "cooperative", limit=MOST_GUESSES, with_facets=False)
    ids = [hit.id for hit in answer.hits[: answer.exact]]
    return list(among.filter(pk__in=ids).values_list("pk", "published_revision__is_womens"))


def _resembling(text: str, among: QuerySet[Organisation]) -> QuerySet[Organisation, tuple[int, bool]]:
    """Those whose names come nearest, with whether each is a women's cooperative."""
    nearness = TrigramWordSimilarity(text, "published_revision__folded_names")
    near = among.annotate(nearness=nearness).filter(nearness__gte=NEAR_ENOUGH).order_by("-nearness", "pk")
    return near.values_list("pk", "published_revision__is_womens")[:MOST_GUESSES]


def _count(found: QuerySet[Organisation]) -> tuple[int, int]:
    counts = found.aggregate(total=Count("pk"), womens=Count("pk", filter=Q(published_revision__is_womens=True)))
    return counts["total"], counts["womens"]


def _words_somewhere(text: str) -> Q:
    """Every word is in a name, or is how its commune, province or region is written."""
    words = fold_words(text).split()[:MOST_WORDS]
    places = _places_written(words)
    everywhere = Q()
    for word in words:
        regions, provinces, communes = places[word]
        here = Q(published_revision__folded_names__contains=word)
        if communes:
            here |= Q(published_revision__commune__in=communes)
        if provinces:
            here |= Q(published_revision__province__in=provinces)
        if regions:
            here |= Q(published_revision__province__region__in=regions)
        everywhere &= here
    return everywhere


def _places_written(words: list[str]) -> dict[str, tuple[set[str], set[str], set[str]]]:
    """For each word, the codes of regions, provinces and communes written so."""
    places: dict[str, tuple[set[str], set[str], set[str]]] = {word: (set(), set(), set()) for word in words}
    if not words:
        return places
    seeking: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for form in ways_of_seeking(word):
            seeking[form].add(word)
    rows = Spelling.objects.filter(folded__in=seeking).values_list("folded", "region_id", "province_id", "commune_id")
    for folded, *codes in rows:
        for word in seeking[folded]:
            for kind, code in zip(places[word], codes, strict=True):
                if code:
                    kind.add(code)
    return places


def _in_order(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    places = ("published_revision__commune", "published_revision__province__region")
    folded = F("published_revision__folded_names")
    order: list[Any] = [_known_first(), folded, F("pk")]
    if get_language() == "ar":
        order.insert(1, NullIf(F("published_revision__name_ar"), Value("")).asc(nulls_last=True))
    return found.select_related(*places).order_by(*order)


def _known_first() -> Case:
    """Those somebody answers for come before those only a register knows."""
    return Case(When(state="verified", then=0), When(state="claimed", then=1), default=2, output_field=IntegerField())


def _cards(organisations: list[Organisation]) -> tuple[CooperativeCard, ...]:
    labels: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if organisations:
        for row in Accreditation.objects.filter(holds_today(), organisation__in=organisations):
            labels[row.organisation_id].append((row.scheme, row.get_scheme_display()))
    return tuple(_card(organisation, tuple(dict.fromkeys(labels[organisation.pk]))) for organisation in organisations)


def _card(organisation: Organisation, labels: tuple[tuple[str, str], ...]) -> CooperativeCard:
    revision = organisation.published_revision
    assert revision is not None  # noqa: S101 -- listed_cooperatives() left the others out
    province = revision.province
    return CooperativeCard(
        id=organisation.pk,
        slug=organisation.slug,
        name=organisation.name,
        sectors=tuple((code, str(Sector(code).label)) for code in revision.sectors),
        activities=revision.activities,
        commune_name=revision.commune.name if revision.commune else "",
        province_name=province.name if province else "",
        region_name=province.region.name if province else "",
        members_total=revision.members_total,
        is_womens=revision.is_womens,
        labels=labels,
        is_fictional=organisation.is_fictional,
        is_confirmed=not is_page_stale(organisation),
    )


def _facets(filters: DirectoryFilters, matching: _Search, womens: int) -> Facets:
    regions, provinces = _place_facets(filters, matching)
    return Facets(regions, provinces, _sector_facet(filters, matching), _label_facet(filters, matching), womens)


def _place_facets(filters: DirectoryFilters, matching: _Search) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    rows = (
        matching(replace(filters, region="", province=""))
        .filter(published_revision__province__isnull=False)
        .values_list("published_revision__province_id")
        .annotate(count=Count("pk"))
    )
    regions: dict[str, int] = {filters.region: 0} if filters.region else {}
    provinces: dict[str, int] = {filters.province: 0} if filters.province else {}
    for code, count in rows:
        region = code[:2]  # an HCP code begins with its region's
        regions[region] = regions.get(region, 0) + count
        if not filters.region or filters.region == region:
            provinces[code] = count
    known = provinces_in_memory()
    named = [FacetValue(place.code, place.name, provinces[place.code]) for place in known if place.code in provinces]
    names = {place.region_id: place.region.name for place in known}
    offered = tuple(FacetValue(code, names[code], count) for code, count in sorted(regions.items()) if code in names)
    return offered, tuple(sorted(named, key=lambda value: fold(value.name)))


def _sector_facet(filters: DirectoryFilters, matching: _Search) -> tuple[FacetValue, ...]:
    each = Func(F("published_revision__sectors"), function="unnest", set_returning=True)
    rows = matching(replace(filters, sector="")).values(sector=each).annotate(count=Count("pk")).order_by("-count", "sector")
    return _named({row["sector"]: row["count"] for row in rows}, dict(Sector.choices), filters.sector)


def _label_facet(filters: DirectoryFilters, matching: _Search) -> tuple[FacetValue, ...]:
    rows = (
        Accreditation.objects.filter(holds_today(), organisation__in=matching(replace(filters, label="")).values("pk"))
        .values_list("scheme")
        .annotate(count=Count("organisation", distinct=True))
        .order_by("-count", "scheme")
    )
    return _named(dict(rows), dict(Accreditation.Scheme.choices), filters.label)


def _named(counts: dict[str, int], names: Mapping[str, str | Promise], chosen: str) -> tuple[FacetValue, ...]:
    if chosen in names:
        counts.setdefault(chosen, 0)
    return tuple(FacetValue(code, str(names[code]), count) for code, count in counts.items())
