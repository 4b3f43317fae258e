"""Addresses that nobody else has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.kit.slugs import slug_of

# Pages of ours, which stand where a cooperative's would: in the directory, and in the workspace.
OWN_PAGES = frozenset({"map", "mandates", "money", "open-data", "register", "stores"})


def wanted_slug(details: OrganisationDetails) -> str:
    slug = slug_of(details.name_fr or details.name_ar or details.name_zgh) or "organisation"
    return f"{slug}-1" if slug in OWN_PAGES else slug


def free_slug(wanted: str, also_taken: Collection[str] = ()) -> str:
    """`wanted`, or with the first number that makes it free."""
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in _numbered(wanted) if slug not in taken and slug not in also_taken)


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    for number in count(2):
        yield f"{wanted}-{number}"
