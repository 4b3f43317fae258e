"""What the directory knows of each cooperative, as little of it as comparing needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from twiza.domain.directory.models import ContactPoint, Identifier, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.kit.folding import fold_words

AT_ONCE = 5_000
# Nobody merges what is suspended; a closed page may be the copy of one that lives.
COMPARED_STATES = (*sorted(SHOWN_TO_ALL), "closed")
_FIELDS = ("name_fr", "name_ar", "name_zgh", "commune_id", "province_id", "founded_on", "members_total", "sectors")
COMPARED_NUMBERS = ("ice", "registration", "rib", "tax_if", "cnss", "onssa")


@dataclass(frozen=True, slots=True)
class Record:
    """`numbers` are (scheme, value, folded court, whether its key is right)."""

    id: int
    slug: str
    kind: str
    name_fr: str
    name_ar: str
    commune: str = ""
    province: str = ""
    founded_on: date | None = None
    members: int | None = None
    sectors: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, str, str, bool], ...] = ()
    contacts: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.name_fr or self.name_ar


def compared_organisations() -> QuerySet[Organisation]:
    """Those of which one may be another's copy."""
    return Organisation.objects.filter(
        kind__in=COOPERATIVE_KINDS, state__in=COMPARED_STATES, published_revision__isnull=False
    ).order_by("pk")


def read_records() -> Iterator[Record]:
    """Every cooperative that may have a copy, some thousands in memory at a time."""
    last = 0
    said = [f"published_revision__{field}" for field in _FIELDS]
    while some := list(compared_organisations().filter(pk__gt=last).values_list("pk", "slug", "kind", *said)[:AT_ONCE]):
        first, last = some[0][0], some[-1][0]
        numbers, contacts = _numbers(first, last), _contacts(first, last)
        for pk, slug, kind, fr, ar, zgh, commune, province, founded, members, sectors in some:
            yield Record(
                id=pk,
                slug=slug,
                kind=kind,
                name_fr=fr or zgh,
                name_ar=ar,
                commune=commune or "",
                province=province or "",
                founded_on=founded,
                members=members,
                sectors=frozenset(sectors),
                numbers=tuple(numbers.get(pk, ())),
                contacts=frozenset(contacts.get(pk, ())),
            )


def _numbers(first: int, last: int) -> dict[int, list[tuple[str, str, str, bool]]]:
    found: dict[int, list[tuple[str, str, str, bool]]] = defaultdict(list)
    rows = Identifier.objects.filter(
        organisation__gte=first, organisation__lte=last, scheme__in=COMPARED_NUMBERS, retired_at=None
    )
    for pk, scheme, value, court, is_right in rows.values_list("organisation_id", "scheme", "value", "court", "is_key_valid"):
        found[pk].append((scheme, value, fold_words(court), is_right))
    return found


def _contacts(first: int, last: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = ContactPoint.objects.filter(organisation__gte=first, organisation__lte=last)
    for pk, value in rows.values_list("organisation_id", "value"):
        found[pk].append(value)
    return found
