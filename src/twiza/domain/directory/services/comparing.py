"""What a version says otherwise, thing by thing, in the smallest parts that make sense alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from twiza.domain.directory.forms import OrganisationDetails

# A commune decides the province, and parts of the members cannot be more than all: these are taken or left together.
THINGS: dict[str, tuple[str, ...]] = {
    "name_fr": ("name_fr",),
    "name_ar": ("name_ar",),
    "name_zgh": ("name_zgh",),
    "acronym": ("acronym",),
    "story_fr": ("story_fr",),
    "story_ar": ("story_ar",),
    "activities": ("activities",),
    "sectors": ("sectors",),
    "legal_form": ("legal_form",),
    "place": ("commune_code", "province_code"),
    "douar": ("douar",),
    "address": ("address",),
    "members": ("members_total", "members_women", "members_men", "members_youth"),
    "is_womens": ("is_womens",),
    "founded_on": ("founded_on",),
    "website": ("website",),
}


@dataclass(frozen=True)
class Difference:
    """A thing that would change, by its name in THINGS; its values now and then, by field."""

    thing: str
    now: dict[str, Any]
    then: dict[str, Any]


def differences(base: OrganisationDetails, now: OrganisationDetails, proposed: OrganisationDetails) -> tuple[Difference, ...]:
    """What `proposed` says otherwise than `base`, on which it was written, and than what is said `now`.

    What others changed since is not undone by it.
    """
    found = []
    for thing, fields in THINGS.items():
        said, was, is_now = (_values(details, fields) for details in (proposed, base, now))
        if said not in (was, is_now):
            found.append(Difference(thing, is_now, said))
    return tuple(found)


def with_taken(now: OrganisationDetails, taken: Iterable[Difference]) -> OrganisationDetails:
    """What is said now, with these things said anew."""
    return replace(now, **{field: value for difference in taken for field, value in difference.then.items()})


def _values(details: OrganisationDetails, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(details, field) for field in fields}
