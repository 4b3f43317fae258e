"""Saying that a page is one's own cooperative's, proved by a code that goes to the number on file."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from twiza.domain.directory.errors import AlreadyMember, CodeTooOld, NotClaimable, TooManyCodes, WrongClaimCode
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Claim, ClaimCode, ContactPoint, Organisation
from twiza.domain.directory.models.claims import MOST_WRONG_TRIES
from twiza.domain.directory.rules import belongs_to, contacts_for_codes
from twiza.domain.directory.services.welcoming import welcome_claimant
from twiza.domain.directory.states import MAY_BE_CLAIMED, ClaimState
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.selectors import person_reached_at, screen_language
from twiza.foundation.audit.services import record
from twiza.foundation.messaging.services import queue_text
from twiza.kit.clock import now
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold

# Texts cost, and a telephone that rings all day is a nuisance: per number, per organisation and per person.
CODES_IN_TEN_MINUTES, CODES_A_DAY = 3, 9
# Darija has no screens, so no catalogue: the one text that this room writes in it stands here.
DARIJA_CODE_TEXT = "Twiza: %(code)s houwa l-code dyal saf7at %(cooperative)s. 3tiwh ghir l wa7ed mn t3awniya."
LONGEST_NAME = 40


@transaction.atomic
def send_claim_code(organisation: Organisation, person: User, *, contact_id: int, role: str, language: str) -> Claim:
    """Six digits are on their way to the chosen number on file, and the claim waits for them; older codes count no more.

    `language` is the page's, for a number that is nobody's we know. Raises NotClaimable, AlreadyMember, NotFound for a
    number that is not on file, TooManyCodes.
    """
    current = lock_organisation(organisation.pk)
    check_claimable(current, person)
    contact = next((one for one in contacts_for_codes(current) if one.pk == contact_id), None)
    if contact is None:
        raise NotFound
    _check_limits(current, person, contact)
    claim = open_claim(current, person, role=role, how=Claim.How.CODE)
    claim.codes.filter(used_at=None).update(used_at=now())
    code = f"{secrets.randbelow(1_000_000):06d}"
    sent = ClaimCode.objects.create(claim=claim, phone=contact.value, imprint=_imprint(claim, code))
    _text_code(organisation, contact, code, language, key=f"claim-code:{sent.pk}")
    record("directory.send_claim_code", subject=f"organisation:{current.pk}", by=person, details={"contact": contact.pk})
    return claim


def enter_claim_code(organisation: Organisation, person: User, typed: str) -> Claim:
    """The right code makes the person one of the cooperative's own; the page is kept by its members from now on.

    Whoever belonged to it before hears of it and may object (ClaimAccepted). Entered again after that, nothing changes.
    Raises NotClaimable, CodeTooOld after ten minutes or three wrong tries, WrongClaimCode. A wrong try is remembered.
    """
    with transaction.atomic():
        lock_organisation(organisation.pk)
        claim = Claim.objects.filter(organisation=organisation, person=person, how=Claim.How.CODE).order_by("-pk").first()
        if claim is not None and claim.state == ClaimState.ACCEPTED and belongs_to(person, organisation):
            return claim
        code = claim.waiting_code if claim else None
        is_right = code is not None and constant_time_compare(code.imprint, _imprint(code.claim, fold(typed).replace(" ", "")))
        if code is not None and is_right:
            return _accept(code)
        if code is not None:
            ClaimCode.objects.filter(pk=code.pk).update(wrong_tries=F("wrong_tries") + 1)
    # Outside, so that the try stays counted.
    if code is None or code.wrong_tries + 1 >= MOST_WRONG_TRIES:
        raise CodeTooOld
    raise WrongClaimCode


def claim_from_telephone(organisation: Organisation, person: User, phone: str) -> Claim:
    """Whoever answered what only this number on file was told is one of the cooperative's own, as by a code: a member.

    Raises NotClaimable, AlreadyMember. The organisation must be locked.
    """
    check_claimable(organisation, person)
    return _welcome(open_claim(organisation, person, role=Claim.Role.MEMBER, how=Claim.How.CODE), phone)


@transaction.atomic
def withdraw_claim(claim: Claim, person: User) -> None:
    """The person asks for the page no more. Papers go with the claim. Somebody else's claim does not exist (NotFound)."""
    lock_organisation(claim.organisation_id)
    own = Claim.objects.filter(pk=claim.pk, person=person, state=ClaimState.ASKED)
    if not own.update(state=ClaimState.WITHDRAWN, decided_at=now(), decided_by=person):
        raise NotFound
    claim.papers.all().delete()
    record("directory.withdraw_claim", subject=f"organisation:{claim.organisation_id}", by=person)


def check_claimable(organisation: Organisation, person: User) -> None:
    """Raises NotClaimable, AlreadyMember. The organisation must be locked."""
    if not organisation.is_cooperative or organisation.state not in MAY_BE_CLAIMED:
        raise NotClaimable
    if belongs_to(person, organisation):
        raise AlreadyMember


def open_claim(organisation: Organisation, person: User, *, role: str, how: str) -> Claim:
    """The person's one open claim, asked in this way and for this role from now on. The organisation must be locked."""
    claim, _is_new = Claim.objects.update_or_create(
        organisation=organisation, person=person, state=ClaimState.ASKED, defaults={"role": role, "how": how}
    )
    return claim


def expire_claims() -> int:
    """Claims by code that nobody finished for a day are over; how many."""
    stale = Claim.objects.filter(state=ClaimState.ASKED, how=Claim.How.CODE, asked_at__lt=now() - timedelta(days=1))
    fresh_code = ClaimCode.objects.filter(sent_at__gte=now() - timedelta(days=1)).values("claim")
    return stale.exclude(pk__in=fresh_code).update(state=ClaimState.EXPIRED, decided_at=now())


def _accept(code: ClaimCode) -> Claim:
    ClaimCode.objects.filter(pk=code.pk).update(used_at=now())
    check_claimable(code.claim.organisation, code.claim.person)
    return _welcome(code.claim, code.phone)


def _welcome(claim: Claim, phone: str) -> Claim:
    """The number on file is theirs, and so is the page."""
    ContactPoint.objects.filter(organisation=claim.organisation, value=phone).update(verified_at=now())
    return welcome_claimant(claim, role=claim.role, by=None)


def _check_limits(organisation: Organisation, person: User, contact: ContactPoint) -> None:
    for asked in (Q(phone=contact.value), Q(claim__organisation=organisation), Q(claim__person=person)):
        codes = ClaimCode.objects.filter(asked)
        if codes.filter(sent_at__gt=now() - timedelta(minutes=10)).count() >= CODES_IN_TEN_MINUTES:
            raise TooManyCodes
        if codes.filter(sent_at__gt=now() - timedelta(days=1)).count() >= CODES_A_DAY:
            raise TooManyCodes


def _imprint(claim: Claim, code: str) -> str:
    return salted_hmac("directory.claim-code", f"{claim.pk}:{code}", algorithm="sha256").hexdigest()


def _text_code(organisation: Organisation, contact: ContactPoint, code: str, language: str, *, key: str) -> None:
    """In the language of whoever holds the number, else in the page's."""
    holder = person_reached_at(phone=contact.value)
    written = str(holder.language) if holder else language
    screen = screen_language(holder) if holder else language
    facts = {"code": code, "cooperative": organisation.name_in("ar" if written == "ar" else "fr")[:LONGEST_NAME]}
    with override(screen):
        words = _("Twiza: %(code)s is the code for the page of %(cooperative)s. Give it only to somebody of the cooperative.")
    text = (DARIJA_CODE_TEXT if written == "ary" else words) % facts
    queue_text(to=contact.value, text=text, key=key, kind="security", language=written, person=holder)
