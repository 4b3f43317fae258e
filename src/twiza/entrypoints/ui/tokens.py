"""The colours of the stylesheet, read from it, and how well their pairs can be read."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "styles" / "tokens.css"
THEMES = ("light", "dark")
READABLE = 4.5

# Words on what they stand on, wherever both meet.
PAIRS: tuple[tuple[str, str], ...] = (
    *((word, ground) for word in ("ink", "ink-2") for ground in ("paper", "card", "sunk", "niche")),
    *(("cedar", ground) for ground in ("paper", "card", "sunk", "cedar-soft")),
    ("on-cedar", "cedar"),
    ("on-saffron", "saffron"),
    *(("saffron-ink", ground) for ground in ("paper", "card", "saffron-soft")),
    ("on-clay", "clay"),
    *(("clay", ground) for ground in ("paper", "card", "clay-soft")),
    *(("ink", ground) for ground in ("cedar-soft", "saffron-soft", "clay-soft")),
    ("ink-2", "saffron-soft"),
    ("paper", "ink"),
)

_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@dataclass(frozen=True)
class Contrast:
    """How `word` reads on `ground`: the ratio of WCAG 2 in each theme, from 1 to 21."""

    word: str
    ground: str
    light: float
    dark: float


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Each colour token with its light and dark value."""
    return {name: (light, dark) for name, light, dark in _TOKEN.findall(SOURCE.read_text("utf-8"))}


def contrast_table() -> list[Contrast]:
    """Every pair the screens use, measured."""
    return [Contrast(word, ground, *(_ratio(word, ground, theme) for theme in range(len(THEMES)))) for word, ground in PAIRS]


def _ratio(word: str, ground: str, theme: int) -> float:
    brighter, darker = sorted((_luminance(colours()[name][theme]) for name in (word, ground)), reverse=True)
    return round((brighter + 0.05) / (darker + 0.05), 2)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
