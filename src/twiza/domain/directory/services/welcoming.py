"""A claim is believed, or not; and what follows for the cooperative."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from twiza.domain.directory.errors import ClaimDecided, TooLateToObject
from twiza.domain.directory.events import ClaimAccepted, ClaimRefused
from twiza.domain.directory.locking import lock_claim, lock_organisation
from twiza.domain.directory.models import Claim, ClaimPaper, Membership
from twiza.domain.directory.models.claims import OBJECTION
from twiza.domain.directory.rules import COOPERATIVE_ROLES, keeps_register, people_who_may_object
from twiza.domain.directory.services.memberships import add_member, end_membership
from twiza.domain.directory.services.registering import change_state
from twiza.domain.directory.states import ClaimState, OrganisationState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

# Papers show people's names and numbers: they go this long after the decision (law 09-08).
PAPERS_KEPT = timedelta(days=90)


def welcome_claimant(claim: Claim, *, role: str, by: User | None) -> Claim:
    """The claimant belongs to the cooperative, which keeps its page itself. ClaimAccepted is published.

    Where somebody belongs to it already a code alone makes nobody president. `by` is who read the papers, nobody for a
    code. The organisation must be locked.
    """
    organisation = claim.organisation
    members = Membership.objects.filter(organisation=organisation, until=None, role__in=COOPERATIVE_ROLES)
    had_members = members.exists()
    given = "member" if by is None and had_members else role
    hears = not members.filter(receives_texts=True).exists()
    add_member(organisation, claim.person, given, by=by or claim.person, receives_texts=hears)
    _decide(claim, ClaimState.ACCEPTED, by)
    if organisation.state == OrganisationState.LISTED:
        change_state(organisation, OrganisationState.CLAIMED, by=by or claim.person, reason="claim")
    details = {"claim": claim.pk, "how": claim.how, "role": given}
    record("directory.accept_claim", subject=f"organisation:{organisation.pk}", by=by or claim.person, details=details)
    publish(ClaimAccepted(claim_id=claim.pk, had_members=had_members))
    return claim


@transaction.atomic
def accept_claim(claim: Claim, *, role: str, by: User) -> Claim:
    """Whoever keeps the register believes the papers: the claimant belongs to the cooperative in this role and is told.

    Raises NotFound for anybody else, ClaimDecided, AlreadyMember.
    """
    return welcome_claimant(_claim_for_keeper(claim, by), role=role, by=by)


@transaction.atomic
def refuse_claim(claim: Claim, *, reason: str, by: User) -> Claim:
    """The papers do not show it: nothing changes for the cooperative, and the claimant is told why (ClaimRefused).

    Raises NotFound for anybody else, ClaimDecided.
    """
    current = _claim_for_keeper(claim, by)
    _decide(current, ClaimState.REFUSED, by, reason)
    details = {"claim": current.pk, "reason": reason}
    record("directory.refuse_claim", subject=f"organisation:{current.organisation_id}", by=by, details=details)
    publish(ClaimRefused(claim_id=current.pk))
    return current


@transaction.atomic
def object_to_claim(claim: Claim, *, by: User) -> Claim:
    """Somebody who belonged to the cooperative before does not know the claimant, who belongs to it no more and is told.

    Objecting again changes nothing. Raises NotFound for anybody else, TooLateToObject after three days.
    """
    organisation = lock_organisation(claim.organisation_id)
    current = lock_claim(claim.pk)
    if not _may_object(current, by):
        raise NotFound
    if current.state == ClaimState.REFUSED:
        return current
    if current.decided_at is None or current.decided_at <= now() - OBJECTION:
        raise TooLateToObject
    if Membership.objects.filter(organisation=organisation, user=current.person, until=None).exists():
        end_membership(organisation, current.person, by=by)
    Claim.objects.filter(pk=current.pk).update(state=ClaimState.REFUSED, reason="objected")
    current.state = ClaimState.REFUSED
    record("directory.object_to_claim", subject=f"organisation:{organisation.pk}", by=by, details={"claim": current.pk})
    publish(ClaimRefused(claim_id=current.pk))
    return current


def forget_papers() -> int:
    """Papers of claims decided three months ago are deleted; how many."""
    old = ClaimPaper.objects.filter(claim__decided_at__lt=now() - PAPERS_KEPT)
    return old.delete()[0]


def _may_object(claim: Claim, by: User) -> bool:
    decided = claim.state in {ClaimState.ACCEPTED, ClaimState.REFUSED} and claim.decided_at is not None
    return decided and by in people_who_may_object(claim)


def _claim_for_keeper(claim: Claim, by: User) -> Claim:
    if not keeps_register(by) or by == claim.person:
        raise NotFound
    lock_organisation(claim.organisation_id)
    current = lock_claim(claim.pk)
    if current.how != Claim.How.PAPERS:
        raise NotFound
    if current.state != ClaimState.ASKED:
        raise ClaimDecided
    return current


def _decide(claim: Claim, state: ClaimState, by: User | None, reason: str = "") -> None:
    claim.state, claim.decided_at, claim.decided_by, claim.reason = state, now(), by, reason[:240]
    claim.save(update_fields=["state", "decided_at", "decided_by", "reason"])
