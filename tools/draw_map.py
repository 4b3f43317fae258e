"""Who knows whom: the real import graph between rooms, drawn into docs/map.svg and listed in docs/map.md.

Says "acyclic", or names the circles and ends with 1. The drawing leaves out what follows from other lines
(if web knows orders and orders knows stock, web's own line to stock) and the kit, which everybody knows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import grimp

Graph = Mapping[str, frozenset[str]]

DOCUMENTS = Path("docs")
STOREYS = ("config", "demo", "entrypoints", "adapters", "domain", "foundation", "kit")
WITH_ROOMS = ("entrypoints", "adapters", "domain", "foundation")
COLOURS = {
    "config": "#efe7dc", "demo": "#efe7dc", "entrypoints": "#f3d9b8", "adapters": "#f3d9b8",
    "domain": "#d5e4d3", "foundation": "#cfdfe6", "kit": "#e6e0ea",
}  # fmt: skip
BOX, GAP, LEVEL, MARGIN = (128, 40), 28, 104, 36


def room_of(module: str) -> str:
    """`twiza.domain.orders.services` → `domain.orders`; outside the rooms, the storey."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts and parts[0] in WITH_ROOMS and len(parts) > 1 else (parts or [""])[0]


def read_graph() -> Graph:
    modules = grimp.build_graph("twiza", exclude_type_checking_imports=True, cache_dir=None)
    known: dict[str, set[str]] = {}
    for module in modules.modules:
        room = room_of(module)
        if room.split(".")[0] in STOREYS and room not in WITH_ROOMS:
            found = {room_of(other) for other in modules.find_modules_directly_imported_by(module)}
            known.setdefault(room, set()).update(found - {room, "", *WITH_ROOMS})
    return {room: frozenset(others & known.keys()) for room, others in sorted(known.items())}


def reachable(graph: Graph, room: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[room])
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting += graph[other]
    return seen


def circles(graph: Graph) -> list[list[str]]:
    """Rooms that reach themselves, each circle once."""
    reach = {room: reachable(graph, room) for room in graph}
    found = {frozenset(other for other in reach[room] if room in reach[other]) for room in graph if room in reach[room]}
    return sorted(sorted(circle) for circle in found)


def reduced(graph: Graph) -> Graph:
    """Only the lines that do not follow from others."""
    reach = {room: reachable(graph, room) for room in graph}
    return {
        room: frozenset(other for other in others if not any(other in reach[between] for between in others - {other}))
        for room, others in graph.items()
    }


def levels(graph: Graph) -> list[list[str]]:
    """From the roof: each room above everything it knows, and each storey above the next."""
    height: dict[str, int] = {}
    floor = 0
    for storeys in (("kit",), ("foundation",), ("domain",), ("entrypoints", "adapters"), ("demo",), ("config",)):
        rooms = [room for room in graph if room.split(".")[0] in storeys]
        steps = {room: longest_way(graph, room, set(rooms)) for room in rooms}
        height.update({room: floor + step for room, step in steps.items()})
        floor += max(steps.values(), default=-1) + 1
    rows = [[room for room in graph if height[room] == step] for step in range(floor)]
    return settle(rows[::-1], graph)


def longest_way(graph: Graph, room: str, within: set[str]) -> int:
    return max((1 + longest_way(graph, other, within) for other in graph[room] & within), default=0)


def settle(rows: list[list[str]], graph: Graph) -> list[list[str]]:
    """Neighbours come to stand near one another, so that lines cross less."""
    for _ in range(8):
        place = {room: index - (len(row) - 1) / 2 for row in rows for index, room in enumerate(row)}
        near = {room: [*others, *(above for above in graph if room in graph[above])] for room, others in graph.items()}
        for row in rows:
            row.sort(key=lambda room: (sum(place[other] for other in near[room]) / (len(near[room]) or 1), room))
    return rows


def svg(graph: Graph) -> str:
    shown = reduced({room: others - {"kit"} for room, others in graph.items() if room != "kit"})
    rows = levels(shown)
    width = max(len(row) for row in rows) * (BOX[0] + GAP) - GAP + 2 * MARGIN
    height = len(rows) * LEVEL - (LEVEL - BOX[1]) + 2 * MARGIN
    corner = {
        room: (MARGIN + share * (width - 2 * MARGIN) - BOX[0] / 2, MARGIN + step * LEVEL)
        for step, row in enumerate(rows)
        for room, share in zip(row, shares(len(row), step), strict=True)
    }
    lines = [line(corner[room], corner[other]) for room, others in shown.items() for other in sorted(others)]
    boxes = [box(room, *corner[room]) for room in shown]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="sans-serif">',
            "<title>Who knows whom: lines lead from a room down to the rooms it imports</title>",
            f'<rect width="{width:g}" height="{height:g}" fill="#fffdf9"/>',
            *lines,
            *boxes,
            "</svg>\n",
        ]
    )


def shares(number: int, step: int) -> list[float]:
    """Where the boxes of a row stand, as a share of the width. A box alone steps aside, so that lines pass it."""
    return [0.4 + 0.2 * (step % 2)] if number == 1 else [(place + 0.5) / number for place in range(number)]


def line(start: tuple[float, float], end: tuple[float, float]) -> str:
    x, y = start[0] + BOX[0] / 2, start[1] + BOX[1]
    to_x, to_y = end[0] + BOX[0] / 2, end[1]
    bend = (to_y - y) / 2
    curve = f"M{x:g} {y:g}C{x:g} {y + bend:g} {to_x:g} {to_y - bend:g} {to_x:g} {to_y:g}"
    return f'<path d="{curve}" fill="none" stroke="#8a6d4b" stroke-width="1.5" stroke-opacity=".65"/>'


def box(room: str, x: float, y: float) -> str:
    storey, _, name = room.partition(".")
    middle = f'x="{x + BOX[0] / 2:g}" text-anchor="middle"'
    under = f'<text {middle} y="{y + 32:g}" fill="#5c4a36" font-size="10">{storey}</text>' if name else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{BOX[0]}" height="{BOX[1]}" rx="8" fill="{COLOURS[storey]}" stroke="#6b5438"/>'
        f'<text {middle} y="{y + (17 if name else 25):g}" fill="#2b2118" font-size="14">{name or storey}</text>{under}'
    )


def markdown(graph: Graph) -> str:
    found = circles(graph)
    verdict = "**acyclic**: no room reaches itself" if not found else "**not acyclic**: " + "; ".join(map(chain, found))
    rows = [f"| `{room}` | {chain(others) or '–'} |" for room, others in graph.items()]
    return "\n".join(
        [
            "# Who knows whom",
            "",
            "Drawn by `make map` from every import of the source. What the contracts allow is in",
            f"[ARCHITECTURE.md](../ARCHITECTURE.md). The house is {verdict}.",
            "Lines lead down. Those that follow from others are left out of the picture, and so is the kit.",
            "",
            "![Rooms and the rooms they import](map.svg)",
            "",
            "| room | imports |",
            "| --- | --- |",
            *rows,
            "",
        ]
    )


def chain(rooms: Iterable[str]) -> str:
    return ", ".join(f"`{room}`" for room in sorted(rooms))


def main() -> None:
    graph = read_graph()
    found = circles(graph)
    (DOCUMENTS / "map.md").write_text(markdown(graph), "utf-8")
    if not found:
        (DOCUMENTS / "map.svg").write_text(svg(graph), "utf-8")
    print(f"{len(graph)} rooms, {sum(map(len, graph.values()))} lines between them: {'acyclic' if not found else 'not acyclic'}")
    for circle in found:
        print("a circle:", ", ".join(circle))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
