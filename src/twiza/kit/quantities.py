"""How much is in it, and what that makes per kilo or litre."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# What a unit is shown in once there is enough of it, and how many make one.
LARGER = {"g": ("kg", 1000), "ml": ("l", 1000)}


def shown_content(content: Decimal, unit: str) -> tuple[str, str]:
    """(amount, unit) as on a label: 500 g, 1 kg, 1.5 l, 1 piece."""
    larger, factor = LARGER.get(unit, (unit, 1))
    if content >= factor > 1:
        return _short(content / factor), larger
    return _short(content), unit


ABOUT = {"fr": "environ {}", "ar": "حوالي {}", "en": "about {}"}
_IN_FRENCH = {"piece": "pièce", "pieces": "pièces"}
UNIT_WORDS = {
    "ar": {"g": "غ", "kg": "كغ", "ml": "مل", "l": "ل", "piece": "قطعة", "pieces": "قطع"},
    "fr": _IN_FRENCH,
    "zgh": _IN_FRENCH,  # what is not yet said in Tamazight is said in French
}
MOST_PLURAL_IN_ARABIC = 10  # three to ten of a thing take the plural, eleven and more the singular


def unit_word(unit: str, language: str) -> str:
    """The unit as a label of the language writes it: `kg`, `كغ`."""
    return UNIT_WORDS.get(language, {}).get(unit, unit)


def content_label(content: Decimal, unit: str, language: str) -> str:
    """`500 g`, `1,5 l`, `500 غ`; nothing for a single piece, which says it by itself."""
    if unit not in LARGER and content == 1:
        return ""
    amount, shown = shown_content(content, unit)
    if shown == "piece" and content > 1 and (language != "ar" or content <= MOST_PLURAL_IN_ARABIC):
        shown = "pieces"
    point = amount if language == "en" else amount.replace(".", ",")
    return f"{point} {unit_word(shown, language)}"


def named_content(name: str, content: Decimal, unit: str, language: str, *, is_about: bool = False) -> str:
    """The variant's own name before its content: `rouge, 120 cm`; either alone when the other is empty.

    `is_about`: what is weighed only when it is packed, `environ 500 g`.
    """
    label = content_label(content, unit, language)
    if is_about:
        label = ABOUT.get(language, ABOUT["fr"]).format(label)
    return ", ".join(part for part in (name, label) if part)


def unit_price(price_centimes: int, content: Decimal, unit: str) -> tuple[int, str] | None:
    """(centimes, unit) per kilo, litre or piece; None for a single piece, where the price says it.

    Under one gram in ten the price per gram speaks better: a gram of saffron is never bought by the kilo.
    """
    if content <= 0:
        return None
    larger, factor = LARGER.get(unit, (unit, 1))
    if unit not in LARGER:
        return None if content == 1 else (_rounded(Decimal(price_centimes) / content), unit)
    if content < 10:
        return _rounded(Decimal(price_centimes) / content), unit
    return _rounded(Decimal(price_centimes) * factor / content), larger


def content_in(content: Decimal, unit: str, larger: str) -> Decimal:
    """The same content in the unit it is compared by: 500 g are 0.5 kg. `larger` may be the unit itself."""
    return content if unit == larger else content / LARGER[unit][1]


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
