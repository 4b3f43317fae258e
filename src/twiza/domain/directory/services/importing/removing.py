"""Organisations that only an undone import knew of."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import PROTECT, RESTRICT, ManyToOneRel, Model, QuerySet

from twiza.domain.directory.models import ContactPoint, Identifier, ImportBatch, Membership, Organisation, Revision
from twiza.domain.directory.states import OrganisationState
from twiza.foundation.search.services import note_changes

# What an organisation is made of: it goes with it, and is no reason to stay.
OWN = (Revision, Identifier, ContactPoint)


def reasons_to_stay(organisations: Iterable[Organisation], batch: ImportBatch) -> dict[int, str]:
    """Which of them somebody has touched since the import founded them, and how: the first reason of those in Kept."""
    states = {one.pk: one.state for one in organisations}
    ids = list(states)
    reasons: dict[int, str] = {}
    claimed = [one for one, state in states.items() if state != OrganisationState.LISTED]
    others = Revision.objects.filter(organisation__in=ids).exclude(import_batch=batch)
    for reason, found in (
        ("claimed", claimed),
        ("members", Membership.objects.filter(organisation__in=ids).values_list("organisation_id", flat=True)),
        ("edited", others.filter(import_batch=None).values_list("organisation_id", flat=True)),
        ("other_register", others.values_list("organisation_id", flat=True)),
        ("in_use", _in_use(ids)),
        ("edited", _with_particulars_of_others(ids, batch)),
    ):
        for one in found:
            reasons.setdefault(one, reason)
    return reasons


def remove_organisations(ids: Collection[int]) -> None:
    """They and all that was said of them are gone, and search hears of it. Nothing may refer to them."""
    Organisation.objects.filter(pk__in=ids).update(published_revision=None)
    for model in OWN:
        QuerySet(model).filter(organisation__in=ids).delete()
    Organisation.objects.filter(pk__in=ids).delete()
    note_changes("cooperative", ids)


def _with_particulars_of_others(ids: list[int], batch: ImportBatch) -> set[int]:
    """Numbers and contacts that somebody added, confirmed or took away."""
    identifiers = Identifier.objects.filter(organisation__in=ids)
    contacts = ContactPoint.objects.filter(organisation__in=ids)
    return {
        *identifiers.exclude(import_batch=batch).values_list("organisation_id", flat=True),
        *identifiers.exclude(retired_at=None).exclude(retired_by_batch=batch).values_list("organisation_id", flat=True),
        *contacts.exclude(import_batch=batch).values_list("organisation_id", flat=True),
        *contacts.exclude(verified_at=None).values_list("organisation_id", flat=True),
    }


def _in_use(ids: list[int]) -> set[int]:
    """Those that a row of any room refers to and would not let go. No room needs to tell us: the tables know."""
    used = _referred_to(Organisation, {one: one for one in ids})
    for model in OWN:
        owners = dict(QuerySet(model).filter(organisation__in=ids).values_list("pk", "organisation_id"))
        used |= _referred_to(model, owners)
    return used


def _referred_to(model: type[Model], owners: dict[int, int]) -> set[int]:
    used: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 -- Django's own way of asking
        if not isinstance(relation, ManyToOneRel) or relation.on_delete not in (PROTECT, RESTRICT):
            continue
        other, name = relation.field.model, relation.field.attname
        if other in OWN or (other is Organisation and relation.field.name == "published_revision"):
            continue
        referring: QuerySet[Model] = QuerySet(other).filter(**{f"{name}__in": list(owners)})
        used |= {owners[one] for one in referring.values_list(name, flat=True)}
    return used
