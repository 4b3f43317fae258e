"""The drawn kinds: what a product looks like until its cooperative takes a photo.

Each is a file of `drawn/`, standing on the floor of a 160 × 160 square, light from the upper start, and
takes the colour of the product through `currentColor`; the `color` written in the file is its own.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "drawn"
DRAWINGS: tuple[str, ...] = tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))
FALLBACK_DRAWING = "jar"

_TINT = re.compile(r"#[0-9a-fA-F]{6}")
_ROOT = re.compile(r"<svg[^>]*?color=\"(?P<tint>#[0-9a-fA-F]{6})\"[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)


def draw(name: str, tint: str = "") -> str:
    """The SVG of a drawn kind in the colour `tint` (`#rrggbb`; its own when empty or not a colour).

    An unknown name draws a jar: a missing picture must not take a page down.
    """
    own_tint, shapes = _read(name if name in DRAWINGS else FALLBACK_DRAWING)
    colour = tint if _TINT.fullmatch(tint) else own_tint
    return f'<svg viewBox="0 0 160 160" color="{colour}" aria-hidden="true" focusable="false">{shapes}</svg>'


def symbols(names: Iterable[str]) -> str:
    """The shapes of these drawings once for a page that shows many: each is then a short `draw_again`."""
    known = sorted({name if name in DRAWINGS else FALLBACK_DRAWING for name in names})
    shapes = (f'<symbol id="drawn-{name}" viewBox="0 0 160 160">{_read(name)[1]}</symbol>' for name in known)
    return f'<svg width="0" height="0" aria-hidden="true" focusable="false">{"".join(shapes)}</svg>'


def draw_again(name: str, tint: str = "") -> str:
    """The drawing in this colour, on a page that holds its `symbols`."""
    known = name if name in DRAWINGS else FALLBACK_DRAWING
    colour = tint if _TINT.fullmatch(tint) else _read(known)[0]
    return f'<svg viewBox="0 0 160 160" color="{colour}" aria-hidden="true" focusable="false"><use href="#drawn-{known}"/></svg>'


@cache
def _read(name: str) -> tuple[str, str]:
    found = _ROOT.search((FOLDER / f"{name}.svg").read_text("utf-8"))
    if found is None:
        raise ValueError(f"drawn/{name}.svg has no root with a color of its own")
    return found["tint"], re.sub(r">\s+<", "><", found["shapes"].strip())
