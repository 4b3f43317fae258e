"""Whose organisation it is. What belongs to somebody is only reachable through the viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from twiza.domain.directory.models import ContactPoint, Membership, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.rules import (
    AGENT_ROLES,
    COOPERATIVE_ROLES,
    OPERATOR_ROLES,
    SPEAKING_ROLES,
    Viewer,
    live_mandates,
    people_deciding,
)
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


def organisations_of(viewer: Viewer, roles: Iterable[str] | None = None) -> QuerySet[Organisation]:
    """The organisations the viewer acts for now: as one of their people, in any role or in these, or under a mandate.

    Roles leave mandates out.
    """
    if roles is not None:
        return _organisations(viewer, roles, under_mandate=False)
    return _organisations(viewer, SPEAKING_ROLES | AGENT_ROLES, under_mandate=True)


def cooperatives_run_by(viewer: Viewer) -> QuerySet[Organisation]:
    """The cooperatives, unions and groups whose stock, prices and orders the viewer looks after, mandates included."""
    return _organisations(viewer, COOPERATIVE_ROLES, under_mandate=True).filter(kind__in=COOPERATIVE_KINDS)


def get_organisation_for(viewer: Viewer, slug: str) -> Organisation:
    """The viewer's own organisation with this slug. Another's does not exist for them (NotFound)."""
    organisation = _organisations(viewer, SPEAKING_ROLES, under_mandate=True).filter(slug=slug).first()
    if organisation is None:
        raise NotFound
    return organisation


def get_cooperative_for(viewer: Viewer, slug: str) -> Organisation:
    """The viewer's own cooperative with this slug; of a merged page the one that took it in, whose slug then differs.

    Another's does not exist for them (NotFound).
    """
    cooperative = cooperatives_run_by(viewer).filter(Q(slug=slug) | Q(merged_from__slug=slug)).first()
    if cooperative is None:
        raise NotFound
    return cooperative


def get_seller_for(viewer: Viewer, slug: str) -> Organisation:
    """The viewer's own cooperative with this slug, or the page with this slug that became part of one: orders stay where
    they were placed. Another's does not exist for them (NotFound).
    """
    run = cooperatives_run_by(viewer).order_by().values("pk")
    seller = Organisation.objects.select_related("published_revision").filter(slug=slug)
    found = seller.filter(Q(pk__in=run) | Q(merged_into__in=run)).first()
    if found is None:
        raise NotFound
    return found


def register_keepers() -> list[User]:
    """Those who look after the national register and can be written to: the staff, and whoever an organisation entrusted with it
    has for it."""
    entrusted = Q(
        memberships__organisation__keeps_register=True,
        memberships__until=None,
        memberships__role__in=OPERATOR_ROLES,
        memberships__receives_texts=True,
    )
    reached = User.objects.filter(is_active=True, phone__isnull=False)
    return list(reached.filter(Q(is_staff=True) | entrusted).distinct().order_by("pk"))


def people_receiving_texts(organisation: Organisation) -> list[User]:
    """Those whom a text message about the organisation, or about the page it was merged into, reaches.

    The longest-standing first.
    """
    return list(
        User.objects.filter(
            memberships__organisation=organisation.merged_into_id or organisation.pk,
            memberships__until=None,
            memberships__receives_texts=True,
            is_active=True,
            phone__isnull=False,
        ).order_by("memberships__since", "pk")
    )


@dataclass(frozen=True)
class Reached:
    """Somebody to call; of a number on the public page nobody's name is known."""

    phone: str
    name: str = ""


def people_to_call(organisation_ids: Collection[int]) -> dict[int, list[Reached]]:
    """By organisation, its people who are written to about orders, then the numbers it shows to everybody."""
    found: dict[int, list[Reached]] = {pk: [] for pk in organisation_ids}
    live = Membership.objects.filter(organisation__in=found, until=None, receives_texts=True, user__is_active=True)
    people = live.filter(user__phone__isnull=False).order_by("since", "pk")
    rows = [*people.values_list("organisation_id", "user__phone", "user__name")]
    public = ContactPoint.objects.filter(organisation__in=found, kind="phone", visibility="public")
    rows += [(pk, phone, "") for pk, phone in public.values_list("organisation_id", "value")]
    for pk, phone, name in rows:
        if phone and all(known.phone != phone for known in found[pk]):
            found[pk].append(Reached(phone, name))
    return found


def members_with_a_phone(organisation: Organisation) -> list[User]:
    """Everybody inside the cooperative whom a text can warn, also those who hear of no orders. The longest-standing first."""
    return list(
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__until=None,
            memberships__role__in=COOPERATIVE_ROLES,
            is_active=True,
            phone__isnull=False,
        ).order_by("memberships__since", "pk")
    )


def managers_with_a_phone(operator_id: int | None) -> list[User]:
    """Those who decide for an operator and whom a text can warn, also those who hear of no orders. The longest-standing first."""
    return list(
        User.objects.filter(
            memberships__organisation=operator_id,
            memberships__until=None,
            memberships__role=Membership.Role.OPERATOR_MANAGER,
            is_active=True,
            phone__isnull=False,
        ).order_by("memberships__since", "pk")
    )


def people_to_ask(organisation: Organisation) -> list[User]:
    """Those who decide for the cooperative and can be written to by text."""
    deciding = User.objects.filter(pk__in=people_deciding(organisation), phone__isnull=False)
    return list(deciding.order_by("pk"))


def live_memberships(organisation: Organisation) -> list[Membership]:
    """Who belongs to the cooperative now, the longest-standing first."""
    live = Membership.objects.filter(organisation=organisation, until=None, role__in=COOPERATIVE_ROLES)
    return list(live.select_related("user").order_by("since", "pk"))


def _organisations(viewer: Viewer, roles: Iterable[str], *, under_mandate: bool) -> QuerySet[Organisation]:
    organisations = Organisation.objects.select_related("published_revision").order_by("slug")
    if not isinstance(viewer, User) or not viewer.is_active:
        return organisations.none()
    wanted = Q(Exists(Membership.objects.filter(organisation=OuterRef("pk"), user=viewer, until=None, role__in=list(roles))))
    if under_mandate:
        wanted |= Q(Exists(live_mandates().filter(organisation=OuterRef("pk"), agent=viewer)))
    return organisations.filter(wanted)
