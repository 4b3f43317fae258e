"""A storefront's colour in every place where ours would stand, in the light theme and the dark one."""

from __future__ import annotations

from twiza.kit.colours import READABLE, contrast, mixed, nearest_lighter

# Changes with what is made of a colour, so that nobody keeps an older sheet.
MADE = "1"
LIGHT_CARD, LIGHT_WORDS = "#fffdf9", "#fffdf7"
# The lightest ground of the dark theme first: what can be read on it can be read on all.
DARK_GROUNDS = ("#332c24", "#221e1a", "#191613", "#13110e")
DARK_CARD, DARK_WORDS = "#221e1a", "#13110e"
SOFT, DEEP = 0.13, 0.55


def version_of_theme(colour: str) -> str:
    """What stands in the address: another colour has another one."""
    return f"{colour.removeprefix('#')}-{MADE}"


def theme_sheet(colour: str) -> str:
    """The style sheet. The colour is one that can be read on light paper."""
    dark = nearest_lighter(colour, DARK_GROUNDS)
    pairs = {
        "cedar": (colour, dark),
        "on-cedar": (LIGHT_WORDS, DARK_WORDS),
        "cedar-soft": (_soft(colour, LIGHT_CARD), _soft(dark, DARK_CARD)),
        "zellige": (colour, mixed(colour, "#000000", DEEP)),
    }
    plain = "".join(f"--{name}:{light};" for name, (light, _dark) in pairs.items())
    both = "".join(f"--{name}:light-dark({light},{night});" for name, (light, night) in pairs.items())
    return (
        f":root{{{plain}}}\n@supports (color:light-dark(red,red)){{:root{{{both}}}}}\n"
        ".bar{border-block-end:3px solid var(--cedar)}\n"
    )


def _soft(colour: str, ground: str) -> str:
    """As much of it as still lets words in the colour itself be read."""
    shares = (SOFT - step / 100 for step in range(round(SOFT * 100) + 1))
    each = (mixed(colour, ground, max(0.0, share)) for share in shares)
    return next(soft for soft in each if contrast(colour, soft) >= READABLE or soft == ground)
