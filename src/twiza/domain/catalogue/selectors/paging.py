"""How a list of products is ordered, and where in it one reads on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q, QuerySet

from twiza.domain.catalogue.models import Product

MOST_PAGES = 400
NEWEST_FIRST = ("-published_at", "-id")
OLDEST_FIRST = ("published_at", "id")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_MICROSECONDS = 4_000_000_000_000_000  # the year 2096


class Sort(StrEnum):
    """What stands first. Nearest only means something with words, and is what they are answered by."""

    NEWEST = "newest"
    NEAREST = "nearest"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"

    @property
    def is_by_price(self) -> bool:
        return self in {Sort.CHEAPEST, Sort.DEAREST}


class Key(NamedTuple):
    """Where a product stands among the newest."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.published_at - _EPOCH) // _MICROSECOND}-{self.id}"

    @classmethod
    def read(cls, text: str) -> Key | None:
        """None for what is no key."""
        moment, _, number = text.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 17 for part in (moment, number)):
            return None
        if int(moment) > _MOST_MICROSECONDS:
            return None
        return cls(_EPOCH + int(moment) * _MICROSECOND, int(number))


@dataclass(frozen=True)
class Place:
    """Where a page begins: after a product or before it, so that a product more on top moves nothing; else by its number."""

    page: int = 1
    after: Key | None = None
    before: Key | None = None

    @classmethod
    def asked(cls, said: Mapping[str, str]) -> Place:
        """As an address says it: `after` or `before` a key, or `page`. What is no place is the beginning."""
        after, before = Key.read(said.get("after", "")), Key.read(said.get("before", ""))
        if after or before:
            return cls(after=after, before=None if after else before)
        page = said.get("page", "")
        return cls(max(1, int(page))) if page.isascii() and page.isdigit() and len(page) < 6 else cls()

    @property
    def number(self) -> int | str:
        """For an address; the first page needs none."""
        return self.page if self.page > 1 else ""


FIRST = Place()


def can_be_keyed(products: QuerySet[Product]) -> bool:
    """They stand newest first and in no other order."""
    return not products.query.extra_order_by and (products.query.order_by or NEWEST_FIRST) == NEWEST_FIRST


@dataclass(frozen=True)
class Stretch:
    """What to read for a page: in this order, and one more than the page holds; turned around when read backwards."""

    products: QuerySet[Product]
    is_backwards: bool


def stretch_at(products: QuerySet[Product], place: Place, per_page: int) -> Stretch:
    """Of the newest first, the products of the page that begins there."""
    if place.before is not None:
        newer = products.filter(_newer_than(place.before)).order_by(*OLDEST_FIRST)
        return Stretch(newer[: per_page + 1], is_backwards=True)
    older = products if place.after is None else products.filter(_older_than(place.after))
    return Stretch(older[: per_page + 1], is_backwards=False)


def around(place: Place, keys: Sequence[Key], *, has_more: bool) -> tuple[Place | None, Place | None]:
    """Where the pages before and after these keys begin; `has_more`: there was more in the direction it was read."""
    if not keys:
        return None if place == FIRST else FIRST, None
    newer, older = Place(before=keys[0]), Place(after=keys[-1])
    if place.before is not None:
        return newer if has_more else None, older
    return None if place.after is None else newer, older if has_more else None


def _older_than(key: Key) -> Q:
    # The first half is what the index on both reads by.
    return Q(published_at__lte=key.published_at) & (Q(published_at__lt=key.published_at) | Q(pk__lt=key.id))


def _newer_than(key: Key) -> Q:
    return Q(published_at__gte=key.published_at) & (Q(published_at__gt=key.published_at) | Q(pk__gt=key.id))
