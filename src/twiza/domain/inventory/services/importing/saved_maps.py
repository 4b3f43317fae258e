"""Column maps of lists of products: each cooperative's, each operator's, and the server's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from twiza.domain.directory.models import Organisation, SavedColumnMap
from twiza.domain.directory.rules import employer_of
from twiza.domain.directory.services.column_maps import (
    KeptMap,
    MapShelf,
    keep_map,
    kept_map,
    kept_map_for,
    maps_by_headings,
)
from twiza.domain.inventory.services.importing.headings import ProductMap, product_map_said
from twiza.foundation.accounts.models import User
from twiza.kit.column_maps import columns_told


def shelf_of_maps(cooperative: Organisation | None, by: User | None) -> MapShelf:
    """Of the cooperative whose products are listed; else of who employs `by`; else of whoever keeps the server."""
    whose = cooperative or (employer_of(by) if by else None)
    return MapShelf(SavedColumnMap.Reads.PRODUCTS, whose.pk if whose else None)


def save_product_map(
    shelf: MapShelf, name: str, product_map: ProductMap, *, by: User | None, headings: Sequence[str] = ()
) -> None:
    """The map is found by its name, and by the headings it was made for. Raises MapNameMissing, MapUnreadable."""
    written = {name: value for name, value in product_map.written.items() if value}
    checked = product_map_said({**written, "columns": columns_told(product_map.columns)})
    keep_map(shelf, name, asdict(checked), by=by, headings=headings)


def saved_product_map(shelf: MapShelf, name: str) -> ProductMap | None:
    """The map saved under this name."""
    kept = kept_map(shelf, name)
    return as_product_map(kept.said) if kept else None


def product_map_for(shelf: MapShelf, path: Path) -> tuple[str, ProductMap]:
    """The name and the map saved for a file with the same headings; no name and an empty map when there is none."""
    kept = kept_map_for(shelf, path)
    return (kept.name, as_product_map(kept.said)) if kept else ("", ProductMap())


def product_maps_by_headings(shelf: MapShelf) -> dict[str, KeptMap]:
    """Those that were saved for a file, by the fingerprint of its headings."""
    return maps_by_headings(shelf)


def as_product_map(said: Mapping[str, Any]) -> ProductMap:
    """As it was kept: columns, encoding, separator."""
    return ProductMap(said.get("columns", {}), said.get("encoding", ""), said.get("separator", ""))
