"""A photograph as a page shows it: its addresses in two forms, its colour while it is awaited, and what of it stays in a crop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twiza.kit.renditions import WIDTHS, avif_beside


@dataclass(frozen=True)
class ShownPhoto:
    """`srcset` in WebP, `avif` the same for those who read AVIF; `focus` are classes, `anchor` is for an SVG's picture."""

    src: str
    srcset: str
    avif: str
    colour: str
    focus: str
    anchor: str


def shown_photo(addresses: Mapping[str, str], *, has_avif: bool, colour: str, focus: tuple[int, int]) -> ShownPhoto:
    """`addresses` of some of `small`, `medium` and `large`, the narrowest first; the widest is what old browsers load."""
    webp = [f"{address} {WIDTHS[size]}w" for size, address in addresses.items()]
    avif = [f"{avif_beside(address)} {WIDTHS[size]}w" for size, address in addresses.items()] if has_avif else []
    return ShownPhoto(
        list(addresses.values())[-1], ", ".join(webp), ", ".join(avif), colour, focus_classes(focus), anchor_of(focus)
    )


def shown_photo_of(photo: Any, *sizes: str) -> ShownPhoto:
    """The same of a row, or of what a selector made of one: whatever has the sizes as files or as addresses."""
    files = {size: getattr(photo, size) for size in sizes}
    addresses = {size: file if isinstance(file, str) else file.url for size, file in files.items()}
    return shown_photo(addresses, has_avif=photo.has_avif, colour=photo.colour, focus=photo.focus)


def focus_classes(focus: tuple[int, int]) -> str:
    """Of `arch.css`, in tenths; nothing for the middle."""
    tenths = [round(value / 10) for value in focus]
    return " ".join(f"focus-{axis}{tenth}" for axis, tenth in zip("xy", tenths, strict=True) if tenth != 5)


def anchor_of(focus: tuple[int, int]) -> str:
    """The nearest that `preserveAspectRatio` can say: `xMidYMin`."""
    x, y = ("Min" if value < 34 else "Max" if value > 66 else "Mid" for value in focus)
    return f"x{x}Y{y}"
