"""What of the directory can be found: every cooperative the public may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import override

from twiza.domain.directory.models import Organisation, Sector
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives, labels_held
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.places.selectors import spellings_of
from twiza.foundation.search.documents import Document, Hit, contributed_words, offer

KIND = "cooperative"
AT_ONCE = 1_000


class Described(NamedTuple):
    """What the public reads of a cooperative, and the names of its places. Plain values: models for all would take minutes."""

    id: int
    slug: str
    name_fr: str
    name_ar: str
    name_zgh: str
    acronym: str
    activities: str
    douar: str
    sectors: list[str]
    is_womens: bool
    province: str | None
    region: str | None
    commune_fr: str | None
    commune_ar: str | None
    province_fr: str | None
    province_ar: str | None
    region_fr: str | None
    region_ar: str | None
    region_zgh: str | None
    commune: str | None
    labels: tuple[str, ...]
    spellings: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The names of its commune, province and region, in every language and every recorded spelling."""
        named = (self.commune_fr, self.commune_ar, self.province_fr, self.province_ar)
        return tuple(filter(None, (*named, self.region_fr, self.region_ar, self.region_zgh, *self.spellings)))


_OF_REVISION = (
    "name_fr", "name_ar", "name_zgh", "acronym", "activities", "douar", "sectors", "is_womens", "province", "province__region",
    "commune__name_fr", "commune__name_ar", "province__name_fr", "province__name_ar",
    "province__region__name_fr", "province__region__name_ar", "province__region__name_zgh",
    "commune",
)  # fmt: skip

_COMMUNE, _PROVINCE, _REGION = (Described._fields.index(name) for name in ("commune", "province", "region"))


def cooperatives_to_find(ids: Collection[int] | None) -> Iterator[Document]:
    """Those with these ids, or all; whoever the public may not see is left out."""
    shown = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, state__in=SHOWN_TO_ALL, published_revision__isnull=False)
    if ids is not None:
        shown = shown.filter(pk__in=list(ids))
    last = 0
    while some := _described(shown.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from _documents(some)
        last = some[-1].id


def described(ids: Collection[int]) -> dict[int, Described]:
    """These cooperatives, by id; those of which nothing is published are left out."""
    return {one.id: one for one in _described(Organisation.objects.filter(pk__in=list(ids), published_revision__isnull=False))}


def _described(organisations: QuerySet[Organisation]) -> list[Described]:
    rows = list(organisations.values_list("pk", "slug", *(f"published_revision__{name}" for name in _OF_REVISION)))
    labels = labels_held([row[0] for row in rows])
    places = {row[0]: tuple(filter(None, (row[_COMMUNE], row[_PROVINCE], row[_REGION]))) for row in rows}
    spellings = spellings_of(chain.from_iterable(places.values()))
    return [
        Described._make(
            (*row, labels.get(row[0], ()), tuple(chain.from_iterable(spellings.get(one, ()) for one in places[row[0]])))
        )
        for row in rows
    ]


def _documents(cooperatives: list[Described]) -> Iterator[Document]:
    made = contributed_words(KIND, [cooperative.id for cooperative in cooperatives])
    return (_document(cooperative, made.get(cooperative.id, ())) for cooperative in cooperatives)


def _document(cooperative: Described, made: tuple[tuple[str, ...], ...]) -> Document:
    return Document(
        kind=KIND,
        id=cooperative.id,
        slug=cooperative.slug,
        names={"fr": cooperative.name_fr, "ar": cooperative.name_ar, "zgh": cooperative.name_zgh},
        places=cooperative.places,
        words=(
            (cooperative.acronym, cooperative.activities, cooperative.douar),
            *made,
            *(_sector_names()[code] for code in cooperative.sectors),
            ("coopérative féminine", "تعاونية نسائية") if cooperative.is_womens else (),
        ),
        region=cooperative.region or "",
        province=cooperative.province or "",
        sectors=tuple(cooperative.sectors),
        labels=cooperative.labels,
        is_womens=cooperative.is_womens,
        sells_online=bool(made),
    )


@cache
def _sector_names() -> dict[str, tuple[str, ...]]:
    """Each sector in French and in Arabic."""
    names: dict[str, tuple[str, ...]] = {}
    for language in ("fr", "ar"):
        with override(language):
            names = {code: (*names.get(code, ()), str(label)) for code, label in Sector.choices}
    return names


def _by_name(text: str, limit: int) -> list[Hit]:
    found = find_cooperatives(DirectoryFilters(text=text), per_page=limit).cooperatives
    return [Hit(KIND, one.id, one.slug, {"": one.name}, 0.0) for one in found]


offer(KIND, cooperatives_to_find, _by_name)
