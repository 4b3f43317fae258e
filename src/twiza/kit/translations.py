"""Picks the column that speaks the reader's language, or the nearest that is filled."""

from __future__ import annotations

from django.utils.translation import get_language

# What somebody who reads the first language can most likely read next.
FALLBACKS = {
    "fr": ("fr", "ar", "en", "zgh"),
    "ar": ("ar", "fr", "en", "zgh"),
    "ary": ("ar", "fr", "en", "zgh"),
    "zgh": ("zgh", "fr", "ar", "en"),
    "en": ("en", "fr", "ar", "zgh"),
}


def translated(row: object, field: str, language: str | None = None) -> str:
    """`translated(product, "name")` → `product.name_ar` for an Arabic reader when it is filled, else the next best."""
    for code in FALLBACKS[language or get_language() or "fr"]:
        text = getattr(row, f"{field}_{code}", "")
        if text:
            return str(text)
    return ""


def first_filled(language: str, **texts: str | None) -> str:
    """The same for texts at hand: `first_filled("ar", fr="Miel", ar="عسل")` → `عسل`."""
    return next((text for code in FALLBACKS[language] if (text := texts.get(code))), "")


def translated_from(row: object, field: str, language: str | None = None) -> tuple[str, str]:
    """The same text, and the code of the language it is in: `("Thym", "fr")` for an Arabic reader when Arabic is empty."""
    for code in FALLBACKS[language or get_language() or "fr"]:
        text = getattr(row, f"{field}_{code}", "")
        if text:
            return str(text), code
    return "", ""
