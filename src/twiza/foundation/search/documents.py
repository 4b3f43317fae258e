"""What rooms say can be found, and what is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language


@dataclass(frozen=True)
class Document:
    """One thing that can be found. `names` by language; `nature` says what it is, and weighs more than the names of its `places`
    and than `words`, which are whatever else it may be asked by: texts that many things say together stand together, so that
    they are read once.

    Places, sectors, labels, kinds (`made`) and the price's `band` are codes, `months` those of its season; `owner` is whoever it
    hangs on.
    `price_centimes` is the least one, 0 when it has none.
    """

    kind: str
    id: int
    slug: str
    names: Mapping[str, str]
    nature: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    region: str = ""
    province: str = ""
    sectors: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    band: str = ""
    months: tuple[str, ...] = ()
    owner: int = 0
    is_womens: bool = False
    sells_online: bool = False
    price_centimes: int = 0


@dataclass(frozen=True)
class Hit:
    """Something found. A higher score is nearer to what was asked, within one answer."""

    kind: str
    id: int
    slug: str
    names: Mapping[str, str]
    score: float

    @property
    def name(self) -> str:
        """As the reader's language writes it, else in French, else as it is."""
        written = (self.names.get(language) for language in (get_language() or "fr", "fr", *self.names))
        return next((name for name in written if name), self.slug)


Documents = Callable[[Collection[int] | None], Iterator[Document]]
WithoutIndex = Callable[[str, int], list[Hit]]
Contribution = Callable[[Collection[int]], Mapping[int, tuple[tuple[str, ...], ...]]]
Followers = Callable[[Collection[int]], Iterable[int]]


@dataclass(frozen=True)
class Source:
    """A kind of things: all of them (or those with these ids) as documents, and how they are found while no index is ready."""

    documents: Documents
    without_index: WithoutIndex


SOURCES: dict[str, Source] = {}
_CONTRIBUTIONS: dict[str, list[Contribution]] = defaultdict(list)
_SELLERS: dict[str, list[Callable[[], QuerySet[Any, Any]]]] = defaultdict(list)
_FOLLOWERS: dict[str, list[tuple[str, Followers]]] = defaultdict(list)


def offer(kind: str, documents: Documents, without_index: WithoutIndex) -> None:
    """Things of this kind can be found from now on. For a room's `search.py`."""
    SOURCES[kind] = Source(documents, without_index)


def contribute(kind: str, contribution: Contribution, sellers: Callable[[], QuerySet[Any, Any]]) -> None:
    """From now on a room above says words of another room's things, by id. What has some is sold online: `sellers` are
    the ids of all those."""
    _CONTRIBUTIONS[kind].append(contribution)
    _SELLERS[kind].append(sellers)


def sold_online(kind: str) -> Q:
    """Things of this kind that sell online, while no index is ready."""
    found = Q(pk__in=[])
    for sellers in _SELLERS[kind]:
        found |= Q(pk__in=sellers())
    return found


def follow(leading: str, kind: str, followers: Followers) -> None:
    """From now on things of `kind` are found anew whenever the things they hang on (of the kind `leading`) change."""
    _FOLLOWERS[leading].append((kind, followers))


def followers_of(kind: str, ids: Collection[int]) -> Iterator[tuple[str, Iterable[int]]]:
    """What else is found otherwise once these change: (kind, ids)."""
    for following, followers in _FOLLOWERS[kind]:
        yield following, followers(ids)


def contributed_words(kind: str, ids: Collection[int]) -> dict[int, tuple[tuple[str, ...], ...]]:
    """What rooms above say of these things."""
    said: dict[int, tuple[tuple[str, ...], ...]] = {}
    for contribution in _CONTRIBUTIONS[kind]:
        for one, words in contribution(ids).items():
            said[one] = said.get(one, ()) + words
    return said
