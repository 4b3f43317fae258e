"""From a whole register to the pairs worth a look. Only records that share a number, a telephone, or a word of their
names in one place are compared: of 60,000 that is a few hundred thousand pairs instead of two thousand million."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from twiza.domain.directory.models import DuplicateDecision
from twiza.domain.directory.selectors.duplicates.names import PLACE_WEIGHT, Name, Weights, bones_of
from twiza.domain.directory.selectors.duplicates.records import Record, read_records
from twiza.domain.directory.selectors.duplicates.weighing import LIKELY, Compared, Verdict, weigh
from twiza.foundation.places.models import Commune, Province
from twiza.kit.folding import fold_words

# A word that more cooperatives of one place share is told apart by the words beside it.
MOST_IN_A_BLOCK = 60
MOST_WITH_ONE_CONTACT = 12
SHORTEST_REPAIRED = 3

Progress = Callable[[int, int], None]
Blocks = dict[str, list[int]]


@dataclass(frozen=True)
class DuplicatePair:
    """`a` has the smaller id; the reasons are codes of `REASONS`."""

    score: float
    reasons: tuple[str, ...]
    a: Record
    b: Record


def find_duplicates(min_score: float = LIKELY, on_progress: Progress = lambda _done, _total: None) -> list[DuplicatePair]:
    """Pairs of cooperatives that may be one, the likeliest first; those of which somebody said that they are two are left out.

    `on_progress` is told how many places of how many were gone through.
    """
    refused = set(DuplicateDecision.objects.values_list("first_id", "second_id"))
    pairs = duplicates_among(list(read_records()), _names_of_places(), min_score, on_progress)
    return [pair for pair in pairs if (pair.a.id, pair.b.id) not in refused]


def duplicates_among(
    records: Collection[Record],
    place_names: dict[str, frozenset[str]],
    min_score: float = LIKELY,
    on_progress: Progress = lambda _done, _total: None,
) -> list[DuplicatePair]:
    """The same among these records. `place_names` are the bones of the words of each place's names, by its code."""
    compared = _read_names(records, place_names)
    holders = Counter(value for record in records for value in record.contacts)
    found: dict[tuple[int, int], Verdict] = {}
    seen: set[int] = set()
    for one, other in _worth_comparing(compared, holders, on_progress):
        if _is_hopeless(compared[one].record, compared[other].record):
            continue
        code = one * len(compared) + other
        if code in seen:
            continue
        seen.add(code)
        verdict = weigh(compared[one], compared[other], holders)
        if verdict.score >= min_score:
            found[one, other] = verdict
    pairs = [
        DuplicatePair(round(verdict.score, 4), verdict.reasons, compared[one].record, compared[other].record)
        for (one, other), verdict in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a.id, pair.b.id))


def _is_hopeless(one: Record, other: Record) -> bool:
    """In two communes, with neither a telephone, a number nor a founding day in common, a name alone proves nothing."""
    if not one.commune or not other.commune or one.commune == other.commune:
        return False
    if one.founded_on is not None and one.founded_on == other.founded_on:
        return False
    if not one.contacts.isdisjoint(other.contacts):
        return False
    theirs = {(scheme, value[:9] if scheme == "ice" else value) for scheme, value, _court, _right in other.numbers}
    return not any((scheme, value[:9] if scheme == "ice" else value) in theirs for scheme, value, _court, _right in one.numbers)


def _read_names(records: Collection[Record], place_names: dict[str, frozenset[str]]) -> list[Compared]:
    weights = Weights.of(name for record in records for name in (record.name_fr, record.name_ar) if name)
    read = []
    for record in sorted(records, key=lambda record: record.id):
        near = place_names.get(record.commune, frozenset()) | place_names.get(record.province, frozenset())
        fr = weights.read(record.name_fr, near) if record.name_fr else None
        ar = weights.read(record.name_ar, near) if record.name_ar else None
        read.append(Compared(record, fr, ar))
    return read


def _names_of_places() -> dict[str, frozenset[str]]:
    rows = [
        *Commune.objects.values_list("code", "name_fr", "name_ar"),
        *Province.objects.values_list("code", "name_fr", "name_ar"),
    ]
    return {
        code: frozenset(bones for name in (fr, ar) for word in fold_words(name).split() if len(bones := bones_of(word)) > 1)
        for code, fr, ar in rows
    }


def _worth_comparing(compared: list[Compared], holders: Counter[str], on_progress: Progress) -> Iterator[tuple[int, int]]:
    """Places in the list, the smaller one first. A pair may come more than once."""
    yield from _sharing_a_number(compared)
    yield from _sharing_a_contact(compared, holders)
    by_commune, by_province = _by_place(compared)
    total = len(by_commune) + len(by_province)
    for done, some in enumerate(by_commune.values()):
        on_progress(done, total)
        yield from _pairs(_blocks(compared, some, _keys_in_a_commune), compared)
    for done, some in enumerate(by_province.values(), start=len(by_commune)):
        on_progress(done, total)
        yield from _pairs(_blocks(compared, some, _keys_in_a_province), compared)
    on_progress(total, total)
    yield from _nowhere(compared)


def _by_place(compared: list[Compared]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    communes: dict[str, list[int]] = defaultdict(list)
    provinces: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(compared):
        if one.record.commune:
            communes[one.record.commune].append(place)
        if one.record.province:
            provinces[one.record.province].append(place)
    return communes, provinces


def _sharing_a_number(compared: list[Compared]) -> Iterator[tuple[int, int]]:
    """The same enterprise in the ICE, or the same registration number, whatever its court."""
    held: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(compared):
        for scheme, value, _court, _right in one.record.numbers:
            if scheme in {"ice", "registration"}:
                held[f"{scheme} {value[:9] if scheme == 'ice' else value}"].append(place)
    for places in held.values():
        if len(places) <= MOST_IN_A_BLOCK:
            yield from combinations(places, 2)


def _sharing_a_contact(compared: list[Compared], holders: Counter[str]) -> Iterator[tuple[int, int]]:
    held: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(compared):
        for value in one.record.contacts:
            if 1 < holders[value] <= MOST_WITH_ONE_CONTACT:
                held[value].append(place)
    for places in held.values():
        yield from combinations(places, 2)


def _blocks(compared: list[Compared], places: Iterable[int], keys: Callable[[Compared], set[str]]) -> Blocks:
    blocks: Blocks = defaultdict(list)
    for place in places:
        for key in keys(compared[place]):
            blocks[key].append(place)
    return blocks


def _keys_in_a_commune(one: Compared) -> set[str]:
    """The bones of each word, and what is left of them when one letter is wrong."""
    keys = set()
    for bones in _bones(one):
        keys.add(bones)
        if len(bones) >= SHORTEST_REPAIRED:
            keys.update(bones[:cut] + bones[cut + 1 :] for cut in range(len(bones)))
    return keys


def _keys_in_a_province(one: Compared) -> set[str]:
    return set(_bones(one))


def _bones(one: Compared) -> Iterator[str]:
    """Of each telling word, and of all of them as if written in one."""
    for name in (one.fr, one.ar):
        if name:
            told = [word for word in name.words if word.weight > PLACE_WEIGHT] or name.words
            yield from (word.bones if len(word.bones) > 1 else word.term for word in told)
            if len(told) > 1:
                yield "".join(word.bones for word in told)


def _pairs(blocks: Blocks, compared: list[Compared]) -> Iterator[tuple[int, int]]:
    for key, places in blocks.items():
        if len(places) <= MOST_IN_A_BLOCK:
            yield from combinations(places, 2)
            continue
        beside = _blocks(compared, places, lambda one, said=key: {_rest(name, said) for name in (one.fr, one.ar) if name})  # type: ignore[misc]
        for some in beside.values():
            if len(some) <= MOST_IN_A_BLOCK * 4:
                yield from combinations(some, 2)


def _rest(name: Name, said: str) -> str:
    return " ".join(sorted(word.bones for word in name.words if word.weight > PLACE_WEIGHT and word.bones != said))


def _nowhere(compared: list[Compared]) -> Iterator[tuple[int, int]]:
    """Those whose province nobody knows, with whoever shares a word that few have."""
    blocks = _blocks(compared, range(len(compared)), _keys_in_a_province)
    for places in blocks.values():
        if len(places) <= MOST_IN_A_BLOCK:
            lost = [place for place in places if not compared[place].record.province]
            for place in lost:
                yield from ((min(place, other), max(place, other)) for other in places if other != place)
