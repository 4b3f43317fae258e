"""Writes an amount of dirhams the way the reader's language does."""

CENTIMES_PER_DIRHAM = 100
ARABIC_LANGUAGES = ("ar", "ary")
NO_BREAK_SPACE = "\u00a0"


def write_dirhams(centimes: int, language: str) -> str:
    """The amount as words for a reader of `language`: `1 450 DH`, `12,50 DH`, `1,450 DH`, `120 د.م.`.

    `centimes` is a whole number, negative for what goes back. Centimes appear only when there are some.
    """
    whole, rest = divmod(abs(centimes), CENTIMES_PER_DIRHAM)
    thousands, comma = _separators(language)
    figure = f"{whole:,}".replace(",", thousands)
    if rest:
        figure += f"{comma}{rest:02d}"
    sign = "-" if centimes < 0 else ""
    return f"{sign}{figure} {_unit(language)}"


def is_arabic(language: str) -> bool:
    return language.split("-")[0] in ARABIC_LANGUAGES


def _unit(language: str) -> str:
    return "د.م." if is_arabic(language) else "DH"


def _separators(language: str) -> tuple[str, str]:
    """Between thousands, and before centimes."""
    if language.startswith("en"):
        return ",", "."
    # A plain space between two figures would swap them in a right-to-left line.
    return (NO_BREAK_SPACE if is_arabic(language) else " "), ","
