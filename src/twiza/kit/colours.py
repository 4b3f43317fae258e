"""Colours as `#rrggbb`, how well words in one can be read on another, and the nearest that can."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

# WCAG 2, level AA, for words of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum
READABLE = 4.5
STEPS = 255
_WRITTEN = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")


def read_colour(typed: str) -> str | None:
    """`1C5848`, `#1c5848` → `#1c5848`, `#abc` → `#aabbcc`; None for anything else."""
    found = _WRITTEN.fullmatch(typed.strip().lower())
    if found is None:
        return None
    figures = found[1] if len(found[1]) == 6 else "".join(figure * 2 for figure in found[1])
    return f"#{figures}"


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between the two, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def is_readable(colour: str, grounds: Iterable[str]) -> bool:
    """Words in this colour can be read on each of the grounds, and theirs on it."""
    return all(contrast(colour, ground) >= READABLE for ground in grounds)


def nearest_darker(colour: str, grounds: Iterable[str]) -> str:
    """The same hue, only as much darker as is needed to be read on every one of these light grounds."""
    return _first_readable(colour, list(grounds), -1)


def nearest_lighter(colour: str, grounds: Iterable[str]) -> str:
    """The same hue, only as much lighter as is needed to be read on every one of these dark grounds."""
    return _first_readable(colour, list(grounds), 1)


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of the colour (0 to 1) laid over the ground."""
    return _written(share * one + (1 - share) * other for one, other in zip(_channels(colour), _channels(ground), strict=True))


def _first_readable(colour: str, grounds: list[str], direction: int) -> str:
    if is_readable(colour, grounds):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(1, STEPS + 1):
        candidate = _written(colorsys.hls_to_rgb(hue, min(1, max(0, lightness + direction * step / STEPS)), saturation))
        if is_readable(candidate, grounds):
            return candidate
    return "#000000" if direction < 0 else "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
