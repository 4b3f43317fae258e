"""The public list of cooperatives: narrowed, counted and paged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Func, Q, QuerySet

from twiza.domain.directory.models import Accreditation, Organisation, Sector
from twiza.domain.directory.selectors.choices import Facets, name_choices
from twiza.domain.directory.selectors.counting import listed_cooperatives
from twiza.domain.directory.selectors.freshness import is_page_stale
from twiza.domain.directory.selectors.ordering import in_order, slice_in_order
from twiza.domain.directory.selectors.picturing import main_photos_of
from twiza.domain.directory.selectors.public import PublicPhoto, holds_today
from twiza.foundation.places.models import Spelling
from twiza.foundation.places.search import ways_of_seeking
from twiza.foundation.search.documents import sold_online
from twiza.foundation.search.selectors import ALL, Counts, Narrowing, count_choices, is_index_ready, search
from twiza.kit.folding import fold_words

PER_PAGE = 24
MOST_WORDS = 8
MOST_GUESSES = 96
NEAR_ENOUGH = 0.45
# Whoever wants the page after these had better say more.
MOST_PAGES = 400


@dataclass(frozen=True)
class DirectoryFilters:
    """Codes of places and sectors, an accreditation's scheme, and words, of a name or place or of what is made. Empty means
    all. `online`: something of theirs is sold here."""

    text: str = ""
    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    womens: bool = False
    online: bool = False

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(self.region, self.province, self.sector, self.label, womens=self.womens, online=self.online)


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
    photo: PublicPhoto | None = None


@dataclass(frozen=True)
class CooperativeList:
    """The first `exact` of `total` hold all that was asked; `corrected` are words read otherwise, as (typed, read)."""

    cooperatives: tuple[CooperativeCard, ...]
    total: int
    page: int
    pages: int
    counts: Counts
    facets: Facets
    is_guess: bool = False  # nothing is written exactly so; these resemble it
    is_widened: bool = False
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def following(self) -> int:
        """The number of the next page, 0 when this is the last."""
        return self.page + 1 if self.page < self.pages else 0


def find_cooperatives(filters: DirectoryFilters, page: int = 1, per_page: int = PER_PAGE) -> CooperativeList:
    """One page of the public list. A page past the end is the last one.

    Words are asked of the index, nearest first. While there is none they are sought in names and places, in any script, and
    the list is by name; when no name holds them, names that resemble them are given.
    """
    if fold_words(filters.text) and is_index_ready():
        return _by_index(filters, min(max(1, page), MOST_PAGES), per_page)
    matching, told, is_guess = _matching(filters)
    total = told[ALL]["true"]
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    shown = slice_in_order(matching(filters), (page - 1) * per_page, per_page)
    return CooperativeList(_cards(shown), total, page, pages, told, _named(filters, told), is_guess)


def _by_index(filters: DirectoryFilters, page: int, per_page: int) -> CooperativeList:
    answer = search(filters.text, "cooperative", filters.narrowing, per_page, (page - 1) * per_page)
    pages = max(1, -(-answer.total // per_page))
    if page > pages:
        return _by_index(filters, pages, per_page)
    listed = {card.id: card for card in cooperative_cards(hit.id for hit in answer.hits)}
    return CooperativeList(
        tuple(listed[hit.id] for hit in answer.hits if hit.id in listed),
        answer.total,
        page,
        pages,
        answer.facets,
        _named(filters, answer.facets),
        is_widened=answer.is_widened,
        corrected=answer.corrected,
    )


def cooperative_cards(organisation_ids: Iterable[int]) -> list[CooperativeCard]:
    """These cooperatives as cards, in the list's order; those the public may not see are left out."""
    return list(_cards(list(in_order(listed_cooperatives().filter(pk__in=list(organisation_ids))))))


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
        if filters.online:
            found = found.filter(sold_online("cooperative"))
        return found


class _Count(NamedTuple):
    total: int
    womens: int
    online: int


def _matching(filters: DirectoryFilters) -> tuple[_Search, Counts, bool]:
    """What is meant, how much of it there is, and whether it is a guess. The index counts where no words were asked."""
    search = _Search(_words_somewhere(filters.text))
    if not fold_words(filters.text):
        return search, count_choices("cooperative", filters.narrowing) or _counts(filters, search), False
    counts = _counts(filters, search)
    if counts[ALL]["true"]:
        return search, counts, False
    alike = list(_resembling(fold_words(filters.text), _Search(Q())(filters)))
    search = _Search(Q(pk__in=alike))
    return search, _counts(filters, search) if alike else counts, bool(alike)


def _resembling(text: str, among: QuerySet[Organisation]) -> QuerySet[Organisation, int]:
    """Those whose names come nearest."""
    nearness = TrigramWordSimilarity(text, "published_revision__folded_names")
    near = among.annotate(nearness=nearness).filter(nearness__gte=NEAR_ENOUGH).order_by("-nearness", "pk")
    return near.values_list("pk", flat=True)[:MOST_GUESSES]


def _count(found: QuerySet[Organisation]) -> _Count:
    counts = found.aggregate(
        total=Count("pk"),
        womens=Count("pk", filter=Q(published_revision__is_womens=True)),
        online=Count("pk", filter=sold_online("cooperative")),
    )
    return _Count(counts["total"], counts["womens"], counts["online"])


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


def _cards(organisations: list[Organisation]) -> tuple[CooperativeCard, ...]:
    labels: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if organisations:
        for row in Accreditation.objects.filter(holds_today(), organisation__in=organisations):
            labels[row.organisation_id].append((row.scheme, row.get_scheme_display()))
    photos = main_photos_of([organisation.pk for organisation in organisations])
    return tuple(_card(one, tuple(dict.fromkeys(labels[one.pk])), photos.get(one.pk)) for one in organisations)


def _card(organisation: Organisation, labels: tuple[tuple[str, str], ...], photo: PublicPhoto | None) -> CooperativeCard:
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
        photo=photo,
    )


def _counts(filters: DirectoryFilters, matching: _Search) -> Counts:
    counts, (regions, provinces) = _count(matching(filters)), _place_counts(filters, matching)
    return {
        ALL: {"true": counts.total},
        "region": regions,
        "province": provinces,
        "sector": _sector_counts(filters, matching),
        "label": _label_counts(filters, matching),
        "womens": {"true": counts.womens},
        "online": {"true": counts.online},
    }


def _named(filters: DirectoryFilters, counts: Counts) -> Facets:
    chosen = {"region": filters.region, "province": filters.province, "sector": filters.sector, "label": filters.label}
    return name_choices(counts, **chosen)


def _place_counts(filters: DirectoryFilters, matching: _Search) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """By region, whichever is chosen; by province, of the chosen region."""
    rows = (
        matching(replace(filters, region="", province=""))
        .filter(published_revision__province__isnull=False)
        .values_list("published_revision__province_id")
        .annotate(count=Count("pk"))
    )
    provinces = dict(rows)
    regions = Counter[str]()
    for code, count in provinces.items():
        regions[code[:2]] += count  # an HCP code begins with its region's
    return regions, {code: count for code, count in provinces.items() if code.startswith(filters.region)}


def _sector_counts(filters: DirectoryFilters, matching: _Search) -> Mapping[str, int]:
    each = Func(F("published_revision__sectors"), function="unnest", set_returning=True)
    return dict(matching(replace(filters, sector="")).values_list(each).annotate(count=Count("pk")).order_by())


def _label_counts(filters: DirectoryFilters, matching: _Search) -> Mapping[str, int]:
    holders = matching(replace(filters, label="")).values("pk")
    held = Accreditation.objects.filter(holds_today(), organisation__in=holders).order_by()
    return dict(held.values_list("scheme").annotate(count=Count("organisation", distinct=True)))
