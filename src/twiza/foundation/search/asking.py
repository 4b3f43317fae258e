"""From what somebody typed to a question the index understands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema

from twiza.foundation.search.analyser import Word, asked_words
from twiza.foundation.search.concepts import Concepts, Unit
from twiza.foundation.search.corrector import Corrector
from twiza.foundation.search.index import FACETS, FLAGS, TEXTS

MOST_WORDS = 8
LONGEST_ASKED = 200
LONGEST_BEGUN = 40
# A name that holds the word says more than a kind that does, and that more than a place or a family.
NAME_BOOST = 2.0
NATURE_BOOST = 1.5
# Written just so, it is a little nearer than what only sounds the same.
WRITTEN_BOOST = 0.5
# Of what holds a part of what was asked: the thing itself rather than one of its qualities.
PART_BOOSTS = {"product": 2.0, "quality": 0.5, "container": 0.5}
# Whatever holds every idea comes before whatever holds some.
ALL_BOOST = 100.0


@dataclass(frozen=True)
class Narrowing:
    """What else must hold. Codes of places and sectors, an accreditation's scheme, a product's kind or family, the band of
    its price, a month of its season, what it hangs on (`owner`). Empty means all.

    What is near enough may be said beside the choices (`near_region`, `near_province`): no choice of a place takes it back.
    Only what hangs on one of `owners`, when they are said, and what has one of the ids `also`; never what has one of `never`.
    """

    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    made: str = ""
    band: str = ""
    month: str = ""
    near_region: str = ""
    near_province: str = ""
    owner: int = 0
    womens: bool = False
    online: bool = False
    owners: tuple[int, ...] | None = None
    also: tuple[int, ...] = ()
    never: tuple[int, ...] = ()

    def chooses(self, facet: str) -> bool:
        return bool(getattr(self, facet))


@dataclass(frozen=True)
class Question:
    """What was understood: its ideas, and the words read otherwise than typed, as (typed, read)."""

    units: tuple[Unit, ...]
    corrected: tuple[tuple[str, str], ...]


def understand(text: str, concepts: Concepts, corrector: Corrector) -> Question:
    """The ideas of the text; words that nothing is written as are read as the nearest that something is."""
    words, corrected = [], []
    for word in asked_words(text[:LONGEST_ASKED])[:MOST_WORDS]:
        correction = corrector.correct(word.term, word.written)
        if correction.is_changed:
            corrected.append((word.written, correction.term))
            words += [Word(term, "") for term in correction.term.split()]
        else:
            words.append(word)
    return Question(tuple(concepts.units_of(words)), tuple(corrected))


class Queries:
    """Queries over the fields of the index."""

    def __init__(self, schema: Schema, concepts: Concepts) -> None:
        self._schema = schema
        self._concepts = concepts

    def exact(self, question: Question) -> Query:
        """Holds every idea."""
        return _all(self._unit(unit) for unit in question.units)

    def widened(self, question: Question) -> Query:
        """Holds some idea, or a part of one; those that hold every idea first."""
        parts = [Query.boost_query(self._unit(unit), self._weight(unit.concept)) for unit in question.units]
        for unit in question.units:
            tokens = dict.fromkeys([*unit.terms, *self._concepts.every(unit.terms)])
            weight = self._weight(unit.concept)
            parts += [Query.boost_query(self._anywhere(token), min(weight, self._weight(token))) for token in tokens]
        return _any([Query.boost_query(self.exact(question), ALL_BOOST), *parts])

    def _weight(self, token: str) -> float:
        return PART_BOOSTS.get(self._concepts.kind_of(token), 1.0)

    def begun(self, begun: str) -> Query:
        """A name has every word but the last, and one that begins as the last does."""
        *whole, last = begun.split()
        words = [self._term("plain", word) for word in whole[:MOST_WORDS]]
        return _all([*words, Query.regex_query(self._schema, "plain", f"{last[:LONGEST_BEGUN]}.*")])

    def begun_about(self, terms: Sequence[str]) -> Query:
        """As `begun`, by ear and with a letter wrong."""
        *whole, last = terms
        fuzzy = Query.fuzzy_term_query(self._schema, "names", last[:LONGEST_BEGUN], distance=1, prefix=True)
        return _all([*(self._anywhere(term) for term in whole[:MOST_WORDS]), fuzzy])

    def narrowed(self, query: Query, kind: str, narrowing: Narrowing, *, without: Collection[str] = ()) -> Query:
        """Of this kind and within the narrowing, but for some of its parts; the order is the query's."""
        must = [] if not kind else [self._term("kind", kind)]
        chosen = {name: getattr(narrowing, name) for name in FACETS if name not in without}
        must += [self._term(name, code) for name, code in chosen.items() if code]
        must += [self._flag(name) for name in FLAGS if name not in without and narrowing.chooses(name)]
        near = {"region": narrowing.near_region, "province": narrowing.near_province}
        must += [self._term(name, code) for name, code in near.items() if code]
        if narrowing.owner:
            must.append(self._term("owner", str(narrowing.owner)))
        if narrowing.owners is not None:
            owned = [self._term("owner", str(one)) for one in narrowing.owners]
            must.append(_any([*owned, *self._things(kind, narrowing.also)]))
        silent = [(Occur.Must, Query.boost_query(Query.const_score_query(one, 1.0), 0.0)) for one in must]
        never = [(Occur.MustNot, one) for one in self._things(kind, narrowing.never)]
        return Query.boolean_query([(Occur.Must, query), *silent, *never])

    def _things(self, kind: str, ids: Iterable[int]) -> list[Query]:
        return [self._term("key", f"{kind}:{one}") for one in ids]

    def _unit(self, unit: Unit) -> Query:
        just_so = [Query.boost_query(self._term("written", word), WRITTEN_BOOST) for word in unit.written if word]
        if not unit.concept:
            heard = _all(self._anywhere(term) for term in unit.terms)
        else:
            heard = _any([self._anywhere(unit.concept), _all(self._unit(part) for part in self._concepts.parts(unit))])
        return Query.boolean_query([(Occur.Must, heard), *((Occur.Should, one) for one in just_so)])

    def _anywhere(self, token: str) -> Query:
        boosted = {"terms": 1.0, "nature": NATURE_BOOST, "names": NAME_BOOST}
        return _any(Query.boost_query(self._term(field, token), boost) for field, boost in boosted.items())

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "freq" if field in TEXTS else "basic")

    def _flag(self, field: str) -> Query:
        return Query.term_query(self._schema, field, True)


def _all(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
