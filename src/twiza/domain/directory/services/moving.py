"""What hangs on a page goes to another one, and back: numbers, contacts, certificates, people, photos, claims, mandates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from twiza.domain.directory.errors import NumbersDisagree
from twiza.domain.directory.models import (
    Accreditation,
    Claim,
    ContactPoint,
    Identifier,
    Mandate,
    Membership,
    OpeningTimes,
    Organisation,
    PagePhoto,
    StoryRecording,
)
from twiza.kit.clock import now

# Two valid ones of these are two cooperatives.
DECIDING = ("ice", "registration")
# A cooperative may hold several of these.
MANY_ALLOWED = frozenset({"onssa"})
ENTERPRISE_DIGITS = 9
# Of one agent a page has one of these at a time.
LIVE = ("asked", "granted")


@dataclass
class Moved:
    """Keys of the rows that changed. `retired` numbers and `hearing` members are the kept page's own."""

    identifiers: list[int] = field(default_factory=list)
    retired: list[int] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    accreditations: list[int] = field(default_factory=list)
    memberships: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    hearing: list[int] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    mandates: list[int] = field(default_factory=list)
    photos: list[int] = field(default_factory=list)
    recordings: list[int] = field(default_factory=list)
    opening_times: list[int] = field(default_factory=list)


def check_numbers_agree(kept: Organisation, merged: Organisation) -> None:
    """Raises NumbersDisagree when both carry a valid ICE, or registration number, and they differ."""
    for scheme in DECIDING:
        mine, theirs = _valid(kept, scheme), _valid(merged, scheme)
        if mine and theirs and not {_compared(one) for one in mine} & {_compared(one) for one in theirs}:
            raise NumbersDisagree(scheme=mine[0].get_scheme_display(), first=mine[0].value, second=theirs[0].value)


def move_particulars(kept: Organisation, merged: Organisation) -> dict[str, list[int]]:
    """What the merged page has and the kept one lacks is the kept one's; says which rows changed.

    A bank account goes along only to a page with neither account nor people: where money goes is not decided in passing.
    """
    moved = Moved()
    _move_identifiers(kept, merged, moved)
    _move_contacts(kept, merged, moved)
    _move_accreditations(kept, merged, moved)
    _move_people(kept, merged, moved)
    _move_claims_and_mandates(kept, merged, moved)
    _move_what_is_shown(kept, merged, moved)
    return asdict(moved)


def move_back(kept: Organisation, merged: Organisation, rows: dict[str, Any]) -> None:
    """Each row that moved and is still the kept page's goes back, as it is now."""
    moved = Moved(**rows)
    for table, keys in (
        (Identifier, moved.identifiers),
        (ContactPoint, moved.contacts),
        (Accreditation, moved.accreditations),
        (Membership, moved.memberships),
        (Claim, moved.claims),
        (Mandate, moved.mandates),
        (PagePhoto, moved.photos),
        (StoryRecording, moved.recordings),
        (OpeningTimes, moved.opening_times),
    ):
        _rows(table, keys).filter(organisation=kept).update(organisation=merged)
    _carry_again(moved.retired)
    present = Membership.objects.filter(organisation=merged, until=None).values("user")
    _rows(Membership, moved.ended).exclude(user__in=present).update(until=None)
    _rows(Membership, moved.hearing).filter(organisation=kept).update(receives_texts=False)


def _rows(table: Any, keys: Iterable[int]) -> QuerySet[Any]:
    found: QuerySet[Model] = table.objects.filter(pk__in=list(keys))
    return found


def _move_identifiers(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    has_people = Membership.objects.filter(organisation=kept, until=None).exists()
    for one in Identifier.objects.filter(organisation=merged, retired_at=None).order_by("pk"):
        if one.scheme == "rib" and has_people:
            continue
        own = list(Identifier.objects.filter(organisation=kept, scheme=one.scheme, retired_at=None))
        worse = [other for other in own if _is_better(one, other)]
        if own and not worse and one.scheme not in MANY_ALLOWED:
            continue
        moved.retired += [other.pk for other in worse]
        Identifier.objects.filter(pk__in=[other.pk for other in worse]).update(retired_at=now())
        moved.identifiers.append(one.pk)
    _rows(Identifier, moved.identifiers).update(organisation=kept)


def _is_better(one: Identifier, other: Identifier) -> bool:
    """A right key replaces a wrong one; a registration with its court the same without."""
    if one.scheme not in DECIDING:
        return False
    is_completed = one.value == other.value and bool(one.court) and not other.court
    return is_completed or (one.is_key_valid and not other.is_key_valid)


def _carry_again(keys: Iterable[int]) -> None:
    """Unless somebody else carries the number meanwhile."""
    for one in _rows(Identifier, keys):
        same = Identifier.objects.filter(scheme=one.scheme, value=one.value, court=one.court, retired_at=None)
        if not same.exists():
            _rows(Identifier, [one.pk]).update(retired_at=None)


def _move_contacts(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    own = set(ContactPoint.objects.filter(organisation=kept).values_list("kind", "value"))
    theirs = ContactPoint.objects.filter(organisation=merged)
    moved.contacts = [one.pk for one in theirs if (one.kind, one.value) not in own]
    _rows(ContactPoint, moved.contacts).update(organisation=kept)


def _move_accreditations(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    own = set(Accreditation.objects.filter(organisation=kept).values_list("scheme", "number"))
    theirs = Accreditation.objects.filter(organisation=merged)
    moved.accreditations = [one.pk for one in theirs if (one.scheme, one.number) not in own]
    _rows(Accreditation, moved.accreditations).update(organisation=kept)


def _move_people(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    """Who already belongs to the kept page does so once; whoever heard of orders by text still does."""
    own = {one.user_id: one for one in Membership.objects.filter(organisation=kept, until=None)}
    for one in Membership.objects.filter(organisation=merged, until=None):
        already = own.get(one.user_id)
        if already is None:
            moved.memberships.append(one.pk)
            continue
        moved.ended.append(one.pk)
        if one.receives_texts and not already.receives_texts:
            moved.hearing.append(already.pk)
    _rows(Membership, moved.memberships).update(organisation=kept)
    _rows(Membership, moved.ended).update(until=now())
    _rows(Membership, moved.hearing).update(receives_texts=True)


def _move_claims_and_mandates(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    """They follow the people who asked and granted them; what is open or in force at the kept page already stays behind."""
    claimants = Claim.objects.filter(organisation=kept, state="asked").values("person")
    claims = Claim.objects.filter(organisation=merged).exclude(state="asked", person__in=claimants)
    agents = Mandate.objects.filter(organisation=kept, state__in=LIVE).values("agent")
    mandates = Mandate.objects.filter(organisation=merged).exclude(state__in=LIVE, agent__in=agents)
    moved.claims, moved.mandates = [list(rows.values_list("pk", flat=True)) for rows in (claims, mandates)]
    _rows(Claim, moved.claims).update(organisation=kept)
    _rows(Mandate, moved.mandates).update(organisation=kept)


def _move_what_is_shown(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    """Photos, voice and opening times, each where the kept page has none of its own."""
    for table, keys in ((PagePhoto, moved.photos), (StoryRecording, moved.recordings), (OpeningTimes, moved.opening_times)):
        rows: QuerySet[Any] = table.objects.all()
        if not rows.filter(organisation=kept).exists():
            keys.extend(rows.filter(organisation=merged).values_list("pk", flat=True))
            rows.filter(pk__in=keys).update(organisation=kept)


def _valid(organisation: Organisation, scheme: str) -> list[Identifier]:
    rows = Identifier.objects.filter(organisation=organisation, scheme=scheme, retired_at=None, is_key_valid=True)
    return list(rows.order_by("pk"))


def _compared(one: Identifier) -> str:
    """An ICE names the enterprise first, then one of its establishments."""
    return one.value[:ENTERPRISE_DIGITS] if one.scheme == "ice" else one.value
