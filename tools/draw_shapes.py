"""Draws the shapes of regions and provinces once, as `entrypoints/web/map_drawing.py` reads them.

`python tools/draw_shapes.py REGIONS.geojson PROVINCES.geojson`: two collections in WGS 84 whose features say `code_reg` and
`code_prov`. The result is projected (Lambert's cone between two parallels, so that north and south keep their sizes), rounded to
whole units of a drawing 1,000 wide or high, and written beside the code with the codes of HCP.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import pairwise
from math import cos, hypot, log, pi, sin, tan
from pathlib import Path
from typing import Any

SHAPES = Path("src/twiza/entrypoints/web/shapes")
LONGEST_SIDE = 1000
MARGIN = 12
LEAST_BEND = 1.1  # a point that bends a line by less than this many units is left out
PARALLELS, MIDDLE = (24.0, 34.0), -8.5
GRID = 40

Point = tuple[float, float]


def project(point: Point) -> Point:
    first, second = (angle * pi / 180 for angle in PARALLELS)
    cone = log(cos(first) / cos(second)) / log(tan(pi / 4 + second / 2) / tan(pi / 4 + first / 2))
    scale = cos(first) * tan(pi / 4 + first / 2) ** cone / cone
    radius = scale / tan(pi / 4 + point[1] * pi / 360) ** cone
    turn = cone * (point[0] - MIDDLE) * pi / 180
    return radius * sin(turn), radius * cos(turn)


def rings(feature: dict[str, Any]) -> list[list[Point]]:
    geometry = feature["geometry"]
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(x, y) for x, y in part[0]] for part in parts]


def code_of(feature: dict[str, Any]) -> str:
    told = feature["properties"]
    region = f"{int(float(told['code_reg'])):02}"
    return f"{region}.{int(float(told['code_prov'])):03}" if "code_prov" in told else region


def drawing(features: list[dict[str, Any]]) -> dict[str, Any]:
    """One picture: its size, and for each place its outline and where a word may stand in it."""
    outlines = {code_of(feature): [[project(point) for point in ring] for ring in rings(feature)] for feature in features}
    across = [x for place in outlines.values() for ring in place for x, _ in ring]
    down = [y for place in outlines.values() for ring in place for _, y in ring]
    left, top = min(across), min(down)
    unit = (LONGEST_SIDE - 2 * MARGIN) / max(max(across) - left, max(down) - top)
    placed = {
        code: [[((x - left) * unit + MARGIN, (y - top) * unit + MARGIN) for x, y in ring] for ring in place]
        for code, place in outlines.items()
    }
    return {
        "width": round((max(across) - left) * unit + 2 * MARGIN),
        "height": round((max(down) - top) * unit + 2 * MARGIN),
        "places": {code: outline(place) for code, place in sorted(placed.items())},
    }


def outline(place: list[list[Point]]) -> dict[str, Any]:
    widest = max(place, key=lambda ring: abs(area(ring)))
    word, room = roomiest(widest)
    path = "".join(path_of(ring) for ring in place if len(bent(ring)) > 3)
    return {"path": path, "word": [round(word[0]), round(word[1])], "room": round(room)}


def path_of(ring: list[Point]) -> str:
    """Relative steps between whole numbers: half the size of absolute ones."""
    points = [(round(x), round(y)) for x, y in bent(ring)]
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    words = "".join(f"{x}{y}" if y < 0 else f"{x} {y}" for x, y in [points[0]])
    line = ""
    for x, y in steps[:-1]:
        if (x, y) != (0, 0):
            line += ("" if x < 0 or not line else " ") + str(x) + ("" if y < 0 else " ") + str(y)
    return f"M{words}l{line}z"


def bent(ring: list[Point]) -> list[Point]:
    """Douglas and Peucker's line: the points without which it would lie elsewhere."""
    middle = max(range(len(ring)), key=lambda place: hypot(ring[place][0] - ring[0][0], ring[place][1] - ring[0][1]))
    return [*bends(ring[: middle + 1])[:-1], *bends(ring[middle:])]


def bends(line: list[Point]) -> list[Point]:
    (x1, y1), (x2, y2) = line[0], line[-1]
    long = hypot(x2 - x1, y2 - y1) or 1.0
    far = [abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / long for x, y in line]
    worst = max(range(len(line)), key=far.__getitem__)
    if far[worst] < LEAST_BEND:
        return [line[0], line[-1]]
    return [*bends(line[: worst + 1])[:-1], *bends(line[worst:])]


def area(ring: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def roomiest(ring: list[Point]) -> tuple[Point, float]:
    """The point of a fine grid that lies farthest inside, and how far from the border it is."""
    across, down = [x for x, _ in ring], [y for _, y in ring]
    grid = [
        (min(across) + (max(across) - min(across)) * i / GRID, min(down) + (max(down) - min(down)) * j / GRID)
        for i in range(1, GRID)
        for j in range(1, GRID)
    ]
    inside = [point for point in grid if is_inside(point, ring)]
    best = max(inside, key=lambda point: from_border(point, ring))
    return best, from_border(best, ring)


def is_inside(point: Point, ring: list[Point]) -> bool:
    inside, (x, y) = False, point
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def from_border(point: Point, ring: list[Point]) -> float:
    return min(_from_line(point, start, end) for start, end in pairwise(ring))


def _from_line(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long)) if long else 0.0
    return hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


def centre(feature: dict[str, Any]) -> list[float]:
    """Longitude and latitude of the centre of gravity; of the roomiest place where that one lies outside."""
    ring = max(rings(feature), key=lambda each: abs(area(each)))
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    six = 6 * area(ring)
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / six
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / six
    point = (x, y) if is_inside((x, y), ring) else roomiest(ring)[0]
    return [round(point[0], 3), round(point[1], 3)]


def main() -> None:
    regions, provinces = (json.loads(Path(name).read_text("utf-8"))["features"] for name in sys.argv[1:3])
    of_region: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for province in provinces:
        of_region[code_of(province)[:2]].append(province)
    write("regions", drawing(regions))
    write("provinces", {region: drawing(of_region[region]) for region in sorted(of_region)})
    write("centres", {code_of(province): centre(province) for province in sorted(provinces, key=code_of)})


def write(name: str, told: dict[str, Any]) -> None:
    (SHAPES / f"{name}.json").write_text(json.dumps(told, indent=0, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
