"""Questions about places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When

from twiza.foundation.places.models import Commune, Province, Region, Spelling
from twiza.foundation.places.search import LOOSE, ways_of_seeking
from twiza.kit.folding import fold_words

# "Oulad Aissa (Taroudannt)", "Oulad Aissa, Taroudannt": as our own lists write it, and people do.
_PLACE_IN_PROVINCE = re.compile(r"^\s*(?P<name>[^(,،]+?)\s*[(,،]\s*(?P<province>[^)]+?)\s*\)?\s*$")


@dataclass(frozen=True)
class CommuneFound:
    """A commune as a list offers it. `label` is enough to find it again."""

    code: str
    name: str
    province_code: str
    province_name: str
    region_code: str
    is_remote: bool

    @property
    def label(self) -> str:
        return f"{self.name} ({self.province_name})" if self.name != self.province_name else self.name


def regions() -> QuerySet[Region]:
    return Region.objects.all()


def provinces(region: Region | str | None = None) -> QuerySet[Province]:
    """All of them, or those of a region (or of its code)."""
    known = Province.objects.select_related("region")
    if region is None:
        return known
    return known.filter(region_id=region.pk if isinstance(region, Region) else region)


def provinces_in_memory() -> tuple[Province, ...]:
    """All of them with their regions, asked for once in the life of the process: they come with the software."""
    known = _provinces_once()
    if not known:
        _provinces_once.cache_clear()
    return known


@cache
def _provinces_once() -> tuple[Province, ...]:
    return tuple(provinces())


def get_commune(code: str) -> Commune | None:
    return Commune.objects.select_related("province__region").filter(pk=code).first()


def find_region(name: str) -> Region | None:
    """The region written so, in any of its spellings; None when there is none, or more than one."""
    code = _the_only(Spelling.objects.filter(region__isnull=False).values_list("folded", "region_id"), name)
    return Region.objects.get(pk=code) if code else None


def find_province(name: str) -> Province | None:
    """The province or prefecture written so; None when there is none, or more than one."""
    code = _the_only(Spelling.objects.filter(province__isnull=False).values_list("folded", "province_id"), name)
    return Province.objects.select_related("region").get(pk=code) if code else None


def find_commune(name: str, province: Province | str | None = None) -> Commune | None:
    """The commune written so, in its province (or its code) when one is given; None when there is none, or more than one.

    The name may carry its province: `Oulad Aissa (Taroudannt)`.
    """
    within = _PLACE_IN_PROVINCE.match(name)
    if province is None and within and (named := find_province(within["province"])):
        return find_commune(within["name"], named)
    spellings = Spelling.objects.filter(commune__isnull=False)
    if province is not None:
        spellings = spellings.filter(commune__province=province)
    code = _the_only(spellings.values_list("folded", "commune_id"), name)
    return get_commune(code) if code else None


def communes_matching(text: str, limit: int = 20) -> list[CommuneFound]:
    """Communes whose name begins with or contains the text, in any script: exact ones first, then the most populous."""
    within = _PLACE_IN_PROVINCE.match(text)
    sought = fold_words(within["name"] if within else text)
    if not sought:
        return []
    together = sought.replace(" ", "")
    spellings = Spelling.objects.filter(commune__isnull=False)
    if within and (province := find_province(within["province"])):
        spellings = spellings.filter(commune__province=province)
    nearness = Case(
        When(folded__in=[sought, together], then=Value(0)),
        When(Q(folded__startswith=sought) | Q(folded__startswith=together), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    exact_or_inside = Q(folded__contains=sought) | Q(folded__contains=together) | Q(folded__in=ways_of_seeking(sought))
    near = dict(
        spellings.filter(exact_or_inside)
        .values("commune_id")
        .annotate(nearness=Min(nearness))
        .order_by("nearness", "-commune__population", "commune_id")
        .values_list("commune_id", "nearness")[:limit]
    )
    found = Commune.objects.select_related("province").in_bulk(list(near))
    return [_found(found[code]) for code in near]


class Atlas:
    """Every spelling in memory, for whoever looks up thousands of names. Answers as the `find_` selectors do."""

    def __init__(self) -> None:
        self._regions = _by_spelling(Spelling.objects.filter(region__isnull=False).values_list("folded", "region_id"))
        self._provinces = _by_spelling(Spelling.objects.filter(province__isnull=False).values_list("folded", "province_id"))
        self._communes = _by_spelling(Spelling.objects.filter(commune__isnull=False).values_list("folded", "commune_id"))
        self.province_regions = dict(Province.objects.values_list("code", "region_id"))
        self.region_names = dict(Region.objects.values_list("code", "name_fr"))
        self.province_names = dict(Province.objects.values_list("code", "name_fr"))
        self.commune_names = dict(Commune.objects.values_list("code", "name_fr"))

    def region(self, name: str) -> str | None:
        codes = _first_known(self._regions, name)
        return next(iter(codes)) if len(codes) == 1 else None

    def province(self, name: str) -> str | None:
        codes = _first_known(self._provinces, name)
        return next(iter(codes)) if len(codes) == 1 else None

    def communes(self, name: str, province: str | None = None) -> set[str]:
        """Codes of the communes written so, at best one; more when the name alone cannot tell."""
        return _first_known(self._communes, name, lambda code: province is None or code[:6] == province)


def _the_only(pairs: QuerySet[Spelling, tuple[str, str]], name: str) -> str | None:
    forms = ways_of_seeking(name)
    codes = _first_known(_by_spelling(pairs.filter(folded__in=forms)), name)
    return next(iter(codes)) if len(codes) == 1 else None


def _by_spelling(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    places: dict[str, set[str]] = defaultdict(set)
    for folded, code in pairs:
        places[folded].add(code)
    return places


def _first_known(places: dict[str, set[str]], name: str, fits: Callable[[str], bool] = lambda _code: True) -> set[str]:
    for form in ways_of_seeking(name):
        codes = {code for code in places.get(form, ()) if fits(code)}
        if codes:
            return codes
    return set()


def _found(commune: Commune) -> CommuneFound:
    return CommuneFound(
        code=commune.code,
        name=commune.name,
        province_code=commune.province_id,
        province_name=commune.province.name,
        region_code=commune.province.region_id,
        is_remote=commune.is_remote,
    )


def spellings_of(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every recorded way of writing these regions, provinces and communes, by their codes."""
    wanted = set(codes)
    known = Q(region__in=wanted) | Q(province__in=wanted) | Q(commune__in=wanted)
    found: dict[str, tuple[str, ...]] = {}
    rows = Spelling.objects.filter(known).exclude(folded__startswith=LOOSE).order_by("pk")
    for folded, *places in rows.values_list("folded", "region_id", "province_id", "commune_id"):
        code = next(filter(None, places))
        found[code] = (*found.get(code, ()), folded)
    return found


def all_communes() -> list[Commune]:
    """Every commune with its province and region, by code."""
    return list(Commune.objects.select_related("province__region").order_by("code"))
