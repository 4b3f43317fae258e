"""Questions to the index; to the tables while no index is ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tantivy import Order, Query

from twiza.foundation.search.analyser import terms_of
from twiza.foundation.search.asking import Narrowing, understand
from twiza.foundation.search.documents import SOURCES, Hit
from twiza.foundation.search.index import FACETS, FLAGS, hit_of
from twiza.foundation.search.reader import Reader, open_index, version_of_index
from twiza.kit.folding import fold_words

# A page of answers: with less than that, what nearly answers is welcome.
ENOUGH = 24
SUGGESTIONS = 8
SHORTEST_SUGGESTED = 2
_MOST_VALUES = 200
_MOST_KEPT = 500
# What all choices together leave, among the counts.
ALL = "all"
# A region is counted without the region chosen, nor the province within it.
WITHIN = {"region": ("region", "province")}

__all__ = [
    "ALL",
    "WITHIN",
    "Answer",
    "Counts",
    "Narrowing",
    "PriceOrder",
    "browse",
    "count_choices",
    "index_version",
    "is_index_ready",
    "search",
    "suggest",
]

Counts = Mapping[str, Mapping[str, int]]


class PriceOrder(Enum):
    """What stands first when prices are compared instead of nearness."""

    LEAST_FIRST = Order.Asc
    MOST_FIRST = Order.Desc


@dataclass(frozen=True)
class Answer:
    """What was found. `facets`: how many each choice would leave, the other choices kept, by facet and code.

    The first `exact` of `total` hold all that was asked; when `is_widened`, the others hold a part.
    `corrected`: (typed, read) words.
    `cursor` asks for what follows; 0 when nothing does.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: int = 0
    facets: Counts = field(default_factory=dict)
    is_widened: bool = False
    corrected: tuple[tuple[str, str], ...] = ()
    cursor: int = 0


NOTHING = Answer((), 0)


@dataclass(frozen=True)
class _Page:
    limit: int
    cursor: int = 0
    order: PriceOrder | None = None

    def following(self, total: int) -> int:
        """Where what follows begins; 0 when nothing does."""
        return self.cursor + self.limit if self.cursor + self.limit < total else 0


def is_index_ready() -> bool:
    """This machine has an index of this database; until then the tables answer, with names only."""
    return open_index() is not None


def index_version() -> Hashable:
    """Another one whenever the index that answers on this machine has changed; None while there is none."""
    return version_of_index()


def search(
    text: str,
    kind: str,
    narrowing: Narrowing | None = None,
    limit: int = ENOUGH,
    cursor: int = 0,
    *,
    with_facets: bool = True,
    order: PriceOrder | None = None,
) -> Answer:
    """The nearest things of this kind, in any language, script and spelling, or those that hold all that is asked, by price.
    Nothing for a text without words."""
    if not fold_words(text):
        return NOTHING
    reader = open_index()
    if reader is None:
        hits = SOURCES[kind].without_index(text, limit)
        return Answer(tuple(hits), len(hits), len(hits))
    asked = (text, kind, narrowing or Narrowing(), _Page(limit, cursor, order), with_facets)
    if asked not in reader.answered:
        if len(reader.answered) >= _MOST_KEPT:
            reader.answered.clear()
        reader.answered[asked] = _answer(reader, text, *asked[1:4], with_facets=with_facets)
    found: Answer = reader.answered[asked]
    return found


def browse(kind: str, narrowing: Narrowing, order: PriceOrder, limit: int = ENOUGH, cursor: int = 0) -> Answer:
    """Things of this kind by their price. Nothing without an index."""
    reader = open_index()
    if reader is None:
        return NOTHING
    query = reader.queries.narrowed(Query.all_query(), kind, narrowing)
    page = _Page(limit, cursor, order)
    hits, total = _hits(reader, query, page)
    return Answer(tuple(hits), total, total, count_choices(kind, narrowing) or {}, cursor=page.following(total))


def count_choices(kind: str, narrowing: Narrowing) -> Counts | None:
    """How many things of this kind each choice would leave, the other choices kept, and how many there are (`ALL`).

    None while no index is ready.
    """
    reader = open_index()
    if reader is None:
        return None
    asked = (kind, narrowing)
    if asked not in reader.counted:
        if len(reader.counted) >= _MOST_KEPT:
            reader.counted.clear()
        every = Query.all_query()
        total = _hits(reader, reader.queries.narrowed(every, kind, narrowing), _Page(1))[1]
        reader.counted[asked] = {**_facets(reader, every, kind, narrowing), ALL: {"true": total}}
    return reader.counted[asked]


def suggest(prefix: str, limit: int = SUGGESTIONS) -> list[Hit]:
    """Things whose names go on so; when there is none, whose names nearly do. Nothing without an index."""
    begun = fold_words(prefix)
    reader = open_index()
    if reader is None or len(begun) < SHORTEST_SUGGESTED:
        return []
    found = _hits(reader, reader.queries.begun(begun), _Page(limit))[0]
    terms = terms_of(prefix)
    if not found and terms:
        found = _hits(reader, reader.queries.begun_about(terms), _Page(limit))[0]
    return found


def _answer(reader: Reader, text: str, kind: str, narrowing: Narrowing, page: _Page, *, with_facets: bool) -> Answer:
    question = understand(text, reader.concepts, reader.corrector)
    if not question.units:
        return NOTHING
    query = reader.queries.exact(question)
    hits, total = _hits(reader, reader.queries.narrowed(query, kind, narrowing), page)
    exact = total
    # By price, what only nearly answers would stand before what does.
    if exact < (1 if page.order else ENOUGH):
        query = reader.queries.widened(question)
        hits, total = _hits(reader, reader.queries.narrowed(query, kind, narrowing), _Page(page.limit, page.cursor))
    facets = _facets(reader, query, kind, narrowing) if with_facets else {}
    corrected = tuple((typed, " ".join(map(reader.lexicon.written, read.split()))) for typed, read in question.corrected)
    return Answer(tuple(hits), total, exact, facets, total > exact, corrected, page.following(total))


def _hits(reader: Reader, query: Query, page: _Page) -> tuple[list[Hit], int]:
    if page.limit < 1:
        return [], int(getattr(reader.searcher.search(query, limit=1, count=True), "count", 0))
    field, order = ("price", page.order.value) if page.order else (None, Order.Desc)
    found = reader.searcher.search(query, page.limit, True, field, page.cursor, order)
    scored = [(address, 0.0 if page.order else float(score)) for score, address in found.hits]
    return [hit_of(reader.searcher.doc(address), score) for address, score in scored], int(getattr(found, "count", 0))


def _facets(reader: Reader, query: Query, kind: str, narrowing: Narrowing) -> dict[str, dict[str, int]]:
    """One question for all facets that nothing narrows, one more for each that something does."""
    apart = {name: WITHIN.get(name, (name,)) for name in (*FACETS, *FLAGS)}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, itself in apart.items():
        groups[tuple(part for part in itself if narrowing.chooses(part))].append(name)
    counts: dict[str, dict[str, int]] = {}
    for without, names in groups.items():
        asked = reader.queries.narrowed(query, kind, narrowing, without=without)
        told = reader.searcher.aggregate(asked, {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names})
        for name in names:
            buckets = told[name]["buckets"]
            counts[name] = {str(one.get("key_as_string", one["key"])): int(one["doc_count"]) for one in buckets}
    return counts
