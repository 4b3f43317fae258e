"""The map of cooperatives: shapes that lead somewhere, in five steps of one colour."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parent / "shapes"
STEPS = 5
# Of the drawing's units: it is a thousand wide or high.
LARGEST_FIGURE, SMALLEST_FIGURE = 38, 20
WIDTH_OF_A_FIGURE = 0.62


@dataclass(frozen=True)
class Place:
    """A region or a province: its code, its name, how many cooperatives are there, and where its shape leads."""

    code: str
    name: str
    count: int
    list_url: str
    map_url: str = ""

    @property
    def url(self) -> str:
        return self.map_url or self.list_url


@dataclass(frozen=True)
class Step:
    """One colour of the map. The step 0 stands for places where there are none."""

    number: int
    least: int
    most: int


@dataclass(frozen=True)
class Shape:
    """`figure_size` is 0 where the count does not fit into the place; the list says it."""

    place: Place
    step: int
    path: str
    x: int
    y: int
    figure_size: int


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    shapes: tuple[Shape, ...]
    steps: tuple[Step, ...]


def draw_country(regions: Iterable[Place]) -> Map:
    return _draw(_read("regions"), list(regions))


def draw_region(code: str, provinces: Iterable[Place]) -> Map:
    return _draw(_read("provinces")[code], list(provinces))


def steps_for(counts: Iterable[int]) -> tuple[Step, ...]:
    """At most five steps that each hold about as many places; equal counts always share a step."""
    known = sorted(count for count in counts if count)
    tops = sorted({known[-(-len(known) * number // STEPS) - 1] for number in range(1, STEPS + 1)}) if known else []
    first = STEPS - len(tops) + 1  # the fullest place always has the strongest colour
    leasts = [known[0], *(top + 1 for top in tops)] if known else []
    return tuple(Step(first + place, leasts[place], top) for place, top in enumerate(tops))


def centre_of(province_code: str) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a province."""
    found = _read("centres").get(province_code)
    return (found[0], found[1]) if found else None


def _draw(drawing: Mapping[str, Any], places: list[Place]) -> Map:
    steps = steps_for(place.count for place in places)
    outlines = drawing["places"]
    shapes = [_shape(place, outlines[place.code], steps) for place in places if place.code in outlines]
    empty = (Step(0, 0, 0),) if any(not place.count for place in places) else ()
    return Map(drawing["width"], drawing["height"], tuple(shapes), empty + steps)


def _shape(place: Place, outline: Mapping[str, Any], steps: tuple[Step, ...]) -> Shape:
    step = next((step.number for step in steps if place.count and place.count <= step.most), 0)
    across = 2 * outline["room"] / (len(str(place.count)) * WIDTH_OF_A_FIGURE)
    size = min(LARGEST_FIGURE, int(min(across, 2 * outline["room"])))
    x, y = outline["word"]
    return Shape(place, step, outline["path"], x, y + size // 3, size if size >= SMALLEST_FIGURE else 0)


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHAPES / f"{name}.json").read_text("utf-8"))
    return found
