"""From what somebody typed to a question the index understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema

from twiza.foundation.search.analyser import asked_words
from twiza.foundation.search.concepts import Concepts, Unit
from twiza.foundation.search.corrector import Corrector

MOST_WORDS = 8
LONGEST_ASKED = 200
LONGEST_BEGUN = 40
# A name that holds the word says more than a place or a kind that does.
NAME_BOOST = 2.0
# Whatever holds every idea comes before whatever holds some.
ALL_BOOST = 100.0


@dataclass(frozen=True)
class Narrowing:
    """What else must hold. Codes of places and sectors, an accreditation's scheme. Empty means all."""

    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    womens: bool = False
    sells_online: bool = False


@dataclass(frozen=True)
class Question:
    """What was understood: its ideas, and the words read otherwise than typed, as (typed, read)."""

    units: tuple[Unit, ...]
    corrected: tuple[tuple[str, str], ...]


def understand(text: str, concepts: Concepts, corrector: Corrector) -> Question:
    """The ideas of the text; words that nothing is written as are read as the nearest that something is."""
    terms, corrected = [], []
    for word in asked_words(text[:LONGEST_ASKED])[:MOST_WORDS]:
        correction = corrector.correct(word.term, word.written)
        terms += correction.term.split()
        if correction.is_changed:
            corrected.append((word.written, correction.term))
    return Question(tuple(concepts.units(terms)), tuple(corrected))


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
        parts = [self._unit(unit) for unit in question.units]
        for unit in question.units:
            parts += [self._anywhere(token) for token in dict.fromkeys([*unit.terms, *self._concepts.every(unit.terms)])]
        return _any([Query.boost_query(self.exact(question), ALL_BOOST), *parts])

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

    def narrowed(self, query: Query, kind: str, narrowing: Narrowing, *, without: str = "") -> Query:
        """Of this kind and within the narrowing, but for one of its parts; the order is the query's."""
        must = [] if not kind else [self._term("kind", kind)]
        for name in ("region", "province", "sector", "label"):
            code = getattr(narrowing, name)
            if code and name != without:
                must.append(self._term(name, code))
        if narrowing.womens and without != "womens":
            must.append(self._flag("womens"))
        if narrowing.sells_online and without != "online":
            must.append(self._flag("online"))
        return _all([query, *(Query.boost_query(Query.const_score_query(one, 1.0), 0.0) for one in must)])

    def _unit(self, unit: Unit) -> Query:
        if not unit.concept:
            return _all(self._anywhere(term) for term in unit.terms)
        parts = _all(self._unit(part) for part in self._concepts.parts(unit))
        return _any([self._anywhere(unit.concept), parts])

    def _anywhere(self, token: str) -> Query:
        return _any([self._term("terms", token), Query.boost_query(self._term("names", token), NAME_BOOST)])

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "freq" if field in {"names", "terms", "plain"} else "basic")

    def _flag(self, field: str) -> Query:
        return Query.term_query(self._schema, field, True)


def _all(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
