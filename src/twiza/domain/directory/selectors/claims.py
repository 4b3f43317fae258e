"""What may be claimed, by which number, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from twiza.domain.directory.models import Claim, ClaimPaper, Organisation
from twiza.domain.directory.models.claims import OBJECTION
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.rules import belongs_to, contacts_for_codes
from twiza.domain.directory.states import MAY_BE_CLAIMED, ClaimState
from twiza.foundation.accounts.models import User
from twiza.kit.clock import now
from twiza.kit.errors import NotFound
from twiza.kit.phone import masked_phone


@dataclass(frozen=True)
class NumberOnFile:
    """A number of the directory to which a code can go. Never shown whole."""

    contact_id: int
    masked: str


def get_claimable(slug: str) -> Organisation:
    """The cooperative with this address when somebody may say that it is theirs (else NotFound)."""
    claimable = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, state__in=MAY_BE_CLAIMED)
    found = claimable.select_related("published_revision").filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def numbers_on_file(organisation: Organisation) -> list[NumberOnFile]:
    """The mobile numbers the directory holds of the cooperative, each once, hidden but for their ends."""
    return [NumberOnFile(contact.pk, masked_phone(contact.value)) for contact in contacts_for_codes(organisation)]


def open_claim_of(person: User, organisation: Organisation) -> Claim | None:
    """What the person asked and nobody decided yet."""
    return Claim.objects.filter(person=person, organisation=organisation, state=ClaimState.ASKED).first()


def code_sent_to(person: User, organisation: Organisation) -> str:
    """The number, hidden but for its ends, to which the code went that can still be typed; empty when there is none."""
    claim = open_claim_of(person, organisation)
    code = claim.waiting_code if claim else None
    return masked_phone(code.phone) if code else ""


def claims_waiting_for_a_keeper() -> QuerySet[Claim]:
    """Claims with papers, the oldest first."""
    waiting = Claim.objects.filter(state=ClaimState.ASKED, how=Claim.How.PAPERS)
    return waiting.select_related("organisation__published_revision", "person").order_by("asked_at", "pk")


def get_claim_with_papers(claim_id: int) -> Claim:
    """A claim with papers, whatever its state (else NotFound)."""
    places = ("organisation__published_revision__commune", "organisation__published_revision__province__region")
    found = Claim.objects.filter(pk=claim_id, how=Claim.How.PAPERS).select_related(*places, "person", "decided_by").first()
    if found is None:
        raise NotFound
    return found


def papers_of(claim: Claim) -> Sequence[ClaimPaper]:
    """Its papers without their contents."""
    return list(claim.papers.defer("content"))


def get_paper(claim_id: int, paper_id: int) -> ClaimPaper:
    """One paper of this claim (else NotFound)."""
    found = ClaimPaper.objects.filter(pk=paper_id, claim_id=claim_id).first()
    if found is None:
        raise NotFound
    return found


def claim_to_object_to(person: User, number: str) -> Claim:
    """The claim that joined one of the person's own cooperatives under this number; not the person's own (else NotFound)."""
    accepted = Claim.objects.filter(state__in=[ClaimState.ACCEPTED, ClaimState.REFUSED], decided_at__isnull=False)
    own = accepted.filter(organisation__memberships__user=person, organisation__memberships__until=None).exclude(person=person)
    for claim in own.select_related("organisation__published_revision", "person").order_by("-pk").distinct():
        if claim.number == number and belongs_to(person, claim.organisation):
            return claim
    raise NotFound


def get_claim_of(organisation: Organisation, claim_id: int) -> Claim:
    """A claim on this cooperative (else NotFound)."""
    found = Claim.objects.filter(organisation=organisation, pk=claim_id).first()
    if found is None:
        raise NotFound
    return found


def joined_lately(organisation: Organisation, viewer: User) -> list[Claim]:
    """Who joined by a claim so lately that the viewer may still object."""
    lately = Claim.objects.filter(organisation=organisation, state=ClaimState.ACCEPTED, decided_at__gt=now() - OBJECTION)
    return list(lately.exclude(person=viewer).select_related("person").order_by("decided_at"))
