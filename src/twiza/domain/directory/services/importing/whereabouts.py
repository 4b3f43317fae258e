"""Where a row says the cooperative is."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.places.selectors import Atlas


@dataclass(frozen=True)
class Whereabouts:
    """Codes, empty when unknown, and what was wrong as (column's field, fault's code, facts). `words` found no place."""

    commune: str = ""
    province: str = ""
    words: str = ""
    troubles: tuple[tuple[str, str, dict[str, str]], ...] = ()


def whereabouts(atlas: Atlas, commune: str, province: str, region: str) -> Whereabouts:
    """The most exact place that what is written agrees on: a province contradicts a region, a commune never a province."""
    troubles: list[tuple[str, str, dict[str, str]]] = []
    region_code = atlas.region(region) if region else None
    if region and not region_code:
        troubles.append(("region", "region_unknown", {}))
    province_code = atlas.province(province) if province else None
    if province and not province_code:
        troubles.append(("province", "province_unknown", {}))
    if province_code and region_code and atlas.province_regions[province_code] != region_code:
        troubles.append(("region", "province_elsewhere", {"region": atlas.region_names[atlas.province_regions[province_code]]}))
    code, trouble = _commune(atlas, commune, province_code, region_code)
    if trouble:
        troubles.append(("commune", trouble, {}))
    return Whereabouts(code, code[:6] or province_code or "", commune if trouble else "", tuple(troubles))


def _commune(atlas: Atlas, name: str, province: str | None, region: str | None) -> tuple[str, str]:
    """(code, fault): one of them is empty, or both when no commune is named."""
    if not name:
        return "", ""
    everywhere = atlas.communes(name)
    here = atlas.communes(name, province) if province else everywhere
    if len(here) > 1 and region:
        here = {code for code in here if code[:2] == region} or here
    if len(here) == 1:
        return next(iter(here)), ""
    if here:
        return "", "commune_ambiguous"
    return "", "commune_elsewhere" if everywhere else "commune_unknown"
