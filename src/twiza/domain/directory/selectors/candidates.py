"""Suspected copies as whoever keeps the register weighs them: the likeliest first, side by side; and what was merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from twiza.domain.directory.models import (
    ContactPoint,
    DuplicateCandidate,
    DuplicateSearch,
    Identifier,
    Membership,
    Merge,
    Organisation,
    Sector,
)
from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.directory.selectors.duplicates.records import COMPARED_STATES
from twiza.domain.directory.selectors.duplicates.weighing import AGAINST, reason_words
from twiza.domain.directory.states import SURENESS
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words
from twiza.kit.phone import shown_phone

PER_PAGE = 25
HIDDEN_SCHEMES = frozenset({"rib"})


@dataclass(frozen=True)
class Page:
    """One of the two: its values under the headings of `headings()`, in that order."""

    id: int
    slug: str
    name: str
    state: str
    people: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class ComparedRow:
    """`differs` when both say something, and not the same."""

    heading: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True)
class CandidatePair:
    """`percent` from 0 to 100; `keep` is the id of the page that is better kept."""

    id: int
    percent: int
    reasons: tuple[str, ...]
    reasons_against: tuple[str, ...]
    first: Page
    second: Page
    rows: tuple[ComparedRow, ...]
    keep: int


@dataclass(frozen=True)
class CandidateList:
    """`after` continues the list; empty at its end."""

    pairs: tuple[CandidatePair, ...]
    total: int
    after: str


def candidates_for(viewer: Viewer, after: str = "") -> CandidateList:
    """The likeliest pairs, 25 at a time. Those who do not keep the register see none (NotFound)."""
    waiting = _waiting(viewer)
    found = waiting
    if cursor := _cursor(after):
        score, pk = cursor
        found = waiting.filter(Q(score__lt=score) | Q(score=score, pk__gt=pk))
    some = list(found[: PER_PAGE + 1])
    last = some[PER_PAGE - 1] if len(some) > PER_PAGE else None
    return CandidateList(_pairs(some[:PER_PAGE]), waiting.count(), f"{last.score!r}_{last.pk}" if last else "")


def chosen_candidates(viewer: Viewer, ids: Collection[int]) -> tuple[CandidatePair, ...]:
    """These pairs, as far as they still wait. Raises NotFound for those who do not keep the register."""
    return _pairs(list(_waiting(viewer).filter(pk__in=list(ids))[:PER_PAGE]))


def count_candidates() -> int:
    """How many pairs wait for somebody to weigh them."""
    return _live_candidates().count()


def latest_search(viewer: Viewer) -> DuplicateSearch | None:
    """The newest look through the directory, finished or not. Raises NotFound for those who do not keep the register."""
    if not keeps_register(viewer):
        raise NotFound
    return DuplicateSearch.objects.first()


def merges_for(viewer: Viewer, before: int | None = None) -> Sequence[Merge]:
    """What was merged, the newest first, 25 at a time, those before the merge with this id. Raises NotFound for others."""
    if not keeps_register(viewer):
        raise NotFound
    merges = Merge.objects.select_related("kept__published_revision", "merged__published_revision", "by", "undone_by")
    return list((merges.filter(pk__lt=before) if before else merges)[:PER_PAGE])


def get_merge_for(viewer: Viewer, merge_id: int) -> Merge:
    """Raises NotFound when there is none, or for those who do not keep the register."""
    merge = Merge.objects.filter(pk=merge_id).first() if keeps_register(viewer) else None
    if merge is None:
        raise NotFound
    return merge


def _waiting(viewer: Viewer) -> QuerySet[DuplicateCandidate]:
    if not keeps_register(viewer):
        raise NotFound
    return _live_candidates()


def _live_candidates() -> QuerySet[DuplicateCandidate]:
    return DuplicateCandidate.objects.filter(first__state__in=COMPARED_STATES, second__state__in=COMPARED_STATES)


def _cursor(after: str) -> tuple[float, int] | None:
    score, _sign, pk = after.partition("_")
    try:
        return float(score), int(pk)
    except ValueError:
        return None


def _pairs(candidates: Sequence[DuplicateCandidate]) -> tuple[CandidatePair, ...]:
    ids = {one for candidate in candidates for one in (candidate.first_id, candidate.second_id)}
    pages, sureness = _pages(ids)
    return tuple(_pair(candidate, pages, sureness) for candidate in candidates)


def _pair(candidate: DuplicateCandidate, pages: dict[int, Page], sureness: dict[int, tuple[int, int, int]]) -> CandidatePair:
    first, second = pages[candidate.first_id], pages[candidate.second_id]
    rows = (
        ComparedRow(heading, one, other, bool(one and other and fold_words(one) != fold_words(other)))
        for heading, one, other in zip(_headings(), first.values, second.values, strict=True)
        if one or other
    )
    return CandidatePair(
        id=candidate.pk,
        percent=min(99, round(candidate.score * 100)),
        reasons=tuple(reason_words([code for code in candidate.reasons if code not in AGAINST])),
        reasons_against=tuple(reason_words([code for code in candidate.reasons if code in AGAINST])),
        first=first,
        second=second,
        rows=tuple(rows),
        keep=max((first.id, second.id), key=lambda one: sureness[one]),
    )


def _headings() -> list[str]:
    return [
        _("Name in French"), _("Name in Arabic"), _("Place"), _("Numbers"), _("Contacts"), _("Founded on"), _("Members"),
        _("Sectors"), _("State"), _("People who act for it"),
    ]  # fmt: skip


def _pages(ids: Collection[int]) -> tuple[dict[int, Page], dict[int, tuple[int, int, int]]]:
    places = ("published_revision__commune", "published_revision__province")
    organisations = Organisation.objects.filter(pk__in=ids).select_related(*places)
    numbers, contacts, people = _numbers_of(ids), _contacts_of(ids), _people_of(ids)
    pages, sureness = {}, {}
    for one in organisations:
        pages[one.pk] = _page(one, numbers[one.pk], contacts[one.pk], people[one.pk])
        # Who answers for it first, then what is known of it, then the older one.
        sureness[one.pk] = (SURENESS.index(one.state), len(numbers[one.pk]) + people[one.pk], -one.pk)
    return pages, sureness


def _page(organisation: Organisation, numbers: list[str], contacts: list[str], people: int) -> Page:
    revision = organisation.published_revision
    assert revision is not None  # noqa: S101 -- only what says something is ever compared
    place = [found.name for found in (revision.commune, revision.province) if found]
    return Page(
        id=organisation.pk,
        slug=organisation.slug,
        name=organisation.name,
        state=organisation.get_state_display(),
        people=people,
        values=(
            revision.name_fr,
            revision.name_ar,
            ", ".join(dict.fromkeys(place)),
            " · ".join(numbers),
            " · ".join(contacts),
            date_format(revision.founded_on) if revision.founded_on else "",
            str(revision.members_total or ""),
            ", ".join(str(Sector(code).label) for code in revision.sectors),
            str(organisation.get_state_display()),
            str(people or ""),
        ),
    )


def _numbers_of(ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in Identifier.objects.filter(organisation__in=ids, retired_at=None).order_by("scheme", "pk"):
        shown = f"…{one.value[-4:]}" if one.scheme in HIDDEN_SCHEMES else one.value
        found[one.organisation_id].append(" ".join(part for part in (str(one.get_scheme_display()), shown, one.court) if part))
    return found


def _contacts_of(ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, kind, value in _contact_rows(ids):
        found[pk].append(value if kind == "email" else shown_phone(value))
    return found


def _contact_rows(ids: Collection[int]) -> Iterable[tuple[int, str, str]]:
    return ContactPoint.objects.filter(organisation__in=ids).order_by("pk").values_list("organisation_id", "kind", "value")


def _people_of(ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for pk in Membership.objects.filter(organisation__in=ids, until=None).values_list("organisation_id", flat=True):
        found[pk] += 1
    return found
