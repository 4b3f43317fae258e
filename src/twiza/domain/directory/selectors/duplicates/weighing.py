"""How likely two records are one cooperative, and why: pieces of evidence that add up, for and against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from twiza.domain.directory.selectors.duplicates.names import Name, likeness
from twiza.domain.directory.selectors.duplicates.records import Record

# From here on a person should look.
LIKELY = 0.5
# More cooperatives than this with one telephone: it is somebody's who serves them all.
SHARED_BY_MANY = 4

REASONS: Mapping[str, str | Promise] = {
    "same_ice": _("same ICE"),
    "near_ice": _("nearly the same ICE"),
    "same_registration": _("same registration number"),
    "same_contact": _("same phone or e-mail"),
    "same_name": _("same name"),
    "names_alike": _("names agree"),
    "names_across": _("names agree, one in Arabic and one in French"),
    "same_commune": _("same commune"),
    "same_province": _("same province"),
    "same_founding": _("founded the same day"),
    "other_ice": _("different ICE"),
    "other_registration": _("different registration numbers"),
    "other_number": _("a different number in the name"),
    "other_kind": _("not the same kind of organisation"),
    "other_commune": _("different communes"),
    "other_province": _("different provinces"),
}
AGAINST = frozenset(code for code in REASONS if code.startswith("other_"))

# What a likeness of the names is worth, between these points in a straight line.
_NAME_WORTH = ((0.0, -6.0), (0.5, -4.0), (0.65, -1.5), (0.75, 1.5), (0.85, 3.3), (0.95, 5.0), (1.0, 5.5))
# In a register of tens of thousands, many share a name without being one.
_BEFORE_ANY_EVIDENCE = -5.2
_RARITY_WORTH = 1.5


@dataclass(frozen=True, slots=True)
class Compared:
    """A record with its names read."""

    record: Record
    fr: Name | None
    ar: Name | None


@dataclass(frozen=True, slots=True)
class Verdict:
    score: float
    reasons: tuple[str, ...]


def reason_words(codes: tuple[str, ...] | list[str]) -> list[str]:
    """The reasons in the reader's language."""
    return [str(REASONS[code]) for code in codes if code in REASONS]


def weigh(one: Compared, other: Compared, holders: Mapping[str, int]) -> Verdict:
    """The likelihood from 0 to 1. `holders` says how many cooperatives give each telephone or address."""
    evidence: dict[str, float] = {}
    alike = _weigh_names(one, other, evidence)
    worth = _BEFORE_ANY_EVIDENCE + alike
    worth += _weigh_kind_and_place(one.record, other.record, evidence)
    worth += _weigh_ice(one.record, other.record, evidence)
    worth += _weigh_registration(one.record, other.record, evidence)
    worth += _weigh_contacts(one.record, other.record, holders, evidence)
    worth += _weigh_beginnings(one.record, other.record, evidence)
    reasons = tuple(code for code in REASONS if code in evidence)
    return Verdict(1 / (1 + exp(-worth)), reasons)


def _weigh_names(one: Compared, other: Compared, evidence: dict[str, float]) -> float:
    same_script = [likeness(a, b) for a, b in ((one.fr, other.fr), (one.ar, other.ar)) if a and b]
    if same_script:
        alike = 0.7 * max(same_script) + 0.3 * min(same_script)
    else:
        pairs = ((one.fr, other.ar), (one.ar, other.fr))
        alike = max((likeness(a, b, across_scripts=True) for a, b in pairs if a and b), default=0.0)
    if alike >= 0.7:
        evidence["names_across" if not same_script else "same_name" if alike > 0.99 else "names_alike"] = alike
    worth = _between(alike)
    if alike >= 0.75:
        worth += _RARITY_WORTH * (_rarity(one) - 0.5)
    if _numbers_differ(one, other):
        evidence["other_number"] = -6.0
        worth -= 6.0
    return worth


def _between(alike: float) -> float:
    for (low, low_worth), (high, high_worth) in pairwise(_NAME_WORTH):
        if alike <= high:
            return low_worth + (high_worth - low_worth) * (alike - low) / (high - low)
    return _NAME_WORTH[-1][1]


def _rarity(one: Compared) -> float:
    return max((word.weight for name in (one.fr, one.ar) if name for word in name.words), default=0.0)


def _numbers_differ(one: Compared, other: Compared) -> bool:
    first = (one.fr.numbers if one.fr else frozenset()) | (one.ar.numbers if one.ar else frozenset())
    second = (other.fr.numbers if other.fr else frozenset()) | (other.ar.numbers if other.ar else frozenset())
    return first != second


def _weigh_kind_and_place(one: Record, other: Record, evidence: dict[str, float]) -> float:
    worth = 0.0
    if one.kind != other.kind:
        worth = evidence["other_kind"] = -9.0
    if one.commune and one.commune == other.commune:
        evidence["same_commune"] = 2.0
        return worth + 2.0
    if not one.province or not other.province:
        return worth
    if one.province != other.province:
        evidence["other_province"] = -4.0
        return worth - 4.0
    if one.commune and other.commune:
        evidence["other_commune"] = -2.5
        return worth - 2.5
    evidence["same_province"] = 0.5
    return worth + 0.5


def _weigh_ice(one: Record, other: Record, evidence: dict[str, float]) -> float:
    mine, theirs = _carried(one, "ice"), _carried(other, "ice")
    if not mine or not theirs:
        return 0.0
    if {value[:9] for value, _court, _right in mine} & {value[:9] for value, _court, _right in theirs}:
        evidence["same_ice"] = 5.0
        return 5.0
    if any(right for *_rest, right in mine) and any(right for *_rest, right in theirs):
        evidence["other_ice"] = -7.0
        return -7.0
    if any(OSA.distance(a[0], b[0]) <= 2 for a in mine for b in theirs):
        evidence["near_ice"] = 2.5
        return 2.5
    return 0.0


def _weigh_registration(one: Record, other: Record, evidence: dict[str, float]) -> float:
    mine, theirs = _carried(one, "registration"), _carried(other, "registration")
    if not mine or not theirs:
        return 0.0
    for value, court, _right in mine:
        if any(value == another and (court == another_court or not court or not another_court)
               for another, another_court, _ in theirs):  # fmt: skip
            evidence["same_registration"] = 6.0
            return 6.0
    if any(right for *_rest, right in mine) and any(right for *_rest, right in theirs):
        evidence["other_registration"] = -6.0
        return -6.0
    return 0.0


def _weigh_contacts(one: Record, other: Record, holders: Mapping[str, int], evidence: dict[str, float]) -> float:
    shared = one.contacts & other.contacts
    if shared:
        worth = 4.0 if min(holders.get(value, 2) for value in shared) <= SHARED_BY_MANY else 1.0
        evidence["same_contact"] = worth
        return worth
    return -0.5 if one.contacts and other.contacts else 0.0


def _weigh_beginnings(one: Record, other: Record, evidence: dict[str, float]) -> float:
    worth = 0.0
    if one.founded_on and other.founded_on:
        if one.founded_on == other.founded_on:
            worth = evidence["same_founding"] = 2.0
        else:
            worth = -0.5 if one.founded_on.year == other.founded_on.year else -2.0
    if one.members and one.members == other.members:
        worth += 0.4
    if one.sectors and other.sectors:
        worth += 0.3 if one.sectors & other.sectors else -0.5
    return worth


def _carried(record: Record, scheme: str) -> list[tuple[str, str, bool]]:
    return [(value, court, right) for its, value, court, right in record.numbers if its == scheme]
