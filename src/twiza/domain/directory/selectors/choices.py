"""What a list can be narrowed by, and how many each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from twiza.domain.directory.models import Accreditation, Sector
from twiza.foundation.places.selectors import provinces_in_memory
from twiza.foundation.search.selectors import Counts
from twiza.kit.folding import fold

NONE: Mapping[str, int] = {}


@dataclass(frozen=True)
class FacetValue:
    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Facets:
    """How many things each choice would leave, the other choices kept. Choices that leave none are not offered,
    but for the one made already, so that it can be seen and taken back."""

    regions: tuple[FacetValue, ...]
    provinces: tuple[FacetValue, ...]
    sectors: tuple[FacetValue, ...]
    labels: tuple[FacetValue, ...]
    womens: int
    online: int


def name_choices(counts: Counts, *, region: str = "", province: str = "", sector: str = "", label: str = "") -> Facets:
    """The counts by code as a list offers them, in the reader's language; the codes are the choices made already."""
    places = provinces_in_memory()
    regions = {place.region_id: place.region.name for place in places}
    within = {place.code: place.name for place in places if not region or place.region_id == region}
    return Facets(
        regions=tuple(sorted(named(counts.get("region", NONE), regions, region), key=lambda one: one.code)),
        provinces=tuple(sorted(named(counts.get("province", NONE), within, province), key=lambda one: fold(one.name))),
        sectors=named(counts.get("sector", NONE), dict(Sector.choices), sector),
        labels=named(counts.get("label", NONE), dict(Accreditation.Scheme.choices), label),
        womens=counts.get("womens", NONE).get("true", 0),
        online=counts.get("online", NONE).get("true", 0),
    )


def named(counts: Mapping[str, int], names: Mapping[str, str | Promise], chosen: str) -> tuple[FacetValue, ...]:
    """Those that leave something, and the one chosen; most first."""
    offered = {code: counts.get(code, 0) for code in {*counts, chosen} if code in names and (counts.get(code) or code == chosen)}
    most_first = sorted(offered.items(), key=lambda one: (-one[1], one[0]))
    return tuple(FacetValue(code, str(names[code]), count) for code, count in most_first)
