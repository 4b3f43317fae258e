"""An amount as it is written out on an invoice, in French and in Arabic."""

from __future__ import annotations

from typing import NamedTuple

_FRENCH_DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_FRENCH_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
_FRENCH_ONES = (*_FRENCH_DIGITS, *_FRENCH_TEENS)
_FRENCH_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")
_ARABIC_ONES = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر")
_ARABIC_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_ARABIC_HUNDREDS = ("", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة")
MILLION, THOUSAND = 1_000_000, 1_000
TOO_MUCH = 1_000_000_000


class _Noun(NamedTuple):
    """One, two, three to ten, eleven and more, and after a whole hundred: each count has its own form in Arabic."""

    one: str
    two: str
    two_before_a_noun: str
    few: str
    many: str
    whole: str


_THOUSANDS = _Noun("ألف", "ألفان", "ألفا", "آلاف", "ألفا", "ألف")
_MILLIONS = _Noun("مليون", "مليونان", "مليونا", "ملايين", "مليونا", "مليون")
_DIRHAMS = _Noun("درهم", "درهمان", "درهما", "دراهم", "درهما", "درهم")
_CENTIMES = _Noun("سنتيم", "سنتيمان", "سنتيما", "سنتيمات", "سنتيما", "سنتيم")


def in_french(centimes: int) -> str:
    """`deux cent soixante-quinze dirhams et cinquante centimes`, below a thousand million dirhams."""
    dirhams, rest = _parts(centimes)
    of = "de " if dirhams and dirhams % MILLION == 0 else ""
    words = f"{_french(dirhams)} {of}dirham{'s' if dirhams > 1 else ''}"
    return f"{words} et {_french(rest)} centime{'s' if rest > 1 else ''}" if rest else words


def in_arabic(centimes: int) -> str:
    """`مائتان وخمسة وسبعون درهما وخمسون سنتيما`, below a thousand million dirhams."""
    dirhams, rest = _parts(centimes)
    words = _arabic_of(dirhams, _DIRHAMS) if dirhams else "صفر درهم"
    return f"{words} و{_arabic_of(rest, _CENTIMES)}" if rest else words


def _parts(centimes: int) -> tuple[int, int]:
    if not 0 <= centimes < TOO_MUCH * 100:
        raise ValueError("an amount from 0 to below a thousand million dirhams")
    return divmod(centimes, 100)


def _french(number: int) -> str:
    millions, rest = divmod(number, MILLION)
    thousands, ones = divmod(rest, THOUSAND)
    words = [f"{_french_below_thousand(millions)} million{'s' if millions > 1 else ''}"] if millions else []
    if thousands:
        # "Mille" takes no s, and nothing before it does: quatre-vingt mille, deux cent mille.
        before = "" if thousands == 1 else _french_below_thousand(thousands, ends=False) + " "
        words.append(f"{before}mille")
    if ones or not words:
        words.append(_french_below_thousand(ones))
    return " ".join(words)


def _french_below_thousand(number: int, *, ends: bool = True) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _french_below_hundred(rest, ends=ends)
    words = "cent" if hundreds == 1 else f"{_FRENCH_ONES[hundreds]} cent"
    if not rest:
        return words + ("s" if hundreds > 1 and ends else "")
    return f"{words} {_french_below_hundred(rest, ends=ends)}"


def _french_below_hundred(number: int, *, ends: bool) -> str:
    if number < len(_FRENCH_ONES):
        return _FRENCH_ONES[number]
    tens, ones = divmod(number, 10)
    if tens in {7, 9}:
        ones += 10
    word = _FRENCH_TENS[tens]
    if not ones:
        return word + ("s" if tens == 8 and ends else "")
    if ones in {1, 11} and tens < 8:
        return f"{word} et {_FRENCH_ONES[ones]}"
    return f"{word}-{_FRENCH_ONES[ones]}"


def _arabic_of(number: int, noun: _Noun) -> str:
    """So many of it, at least one."""
    millions, rest = divmod(number, MILLION)
    thousands, ones = divmod(rest, THOUSAND)
    parts = [_arabic_round(millions, _MILLIONS, is_last=not rest)] if millions else []
    if thousands:
        parts.append(_arabic_round(thousands, _THOUSANDS, is_last=not ones))
    if not ones:
        return " و".join(parts) + f" {noun.whole}"
    if parts and ones <= 2:
        return " و".join([*parts, f"{noun.one} واحد" if ones == 1 else noun.two])
    return " و".join([*parts, _arabic_below_thousand(ones, noun)])


def _arabic_round(count: int, noun: _Noun, *, is_last: bool) -> str:
    """So many thousands or millions; the last of them stands right before what is counted."""
    if count == 1:
        return noun.one
    if count == 2:
        return noun.two_before_a_noun if is_last else noun.two
    # 11 and more of them: before what is counted the form loses its ending, as after a whole hundred.
    return _arabic_below_thousand(count, noun._replace(many=noun.whole) if is_last else noun)


def _arabic_below_thousand(number: int, noun: _Noun) -> str:
    hundreds, rest = divmod(number, 100)
    if not rest:
        return f"{'مائتا' if hundreds == 2 else _ARABIC_HUNDREDS[hundreds]} {noun.whole}"
    counted = _arabic_below_hundred(rest, noun)
    return f"{_ARABIC_HUNDREDS[hundreds]} و{counted}" if hundreds else counted


def _arabic_below_hundred(number: int, noun: _Noun) -> str:
    if number == 1:
        return f"{noun.one} واحد"
    if number == 2:
        return noun.two
    if number <= 10:
        return f"{_ARABIC_ONES[number]} {noun.few}"
    tens, ones = divmod(number, 10)
    if tens == 1:
        word = _ARABIC_ONES[number] if number <= 12 else f"{_ARABIC_ONES[ones]} عشر"
    else:
        word = f"{_ARABIC_ONES[ones]} و{_ARABIC_TENS[tens]}" if ones else _ARABIC_TENS[tens]
    return f"{word} {noun.many}"
