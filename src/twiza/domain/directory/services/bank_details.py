"""Being paid on another bank account: asked by one person, approved by a second, not before 72 hours.

Every member is told at once and may stop it by text or button. Of the account, only the last four figures leave the row.
The first account of a cooperative goes the same way.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from twiza.domain.directory.errors import (
    BankAccountKnown,
    BankAccountTaken,
    BankChangeEnded,
    BankChangeWaiting,
    BankNumberWrong,
    MayNotApprove,
    SecondPersonNeeded,
)
from twiza.domain.directory.events import BankChangeApplied, BankChangeAsked, BankChangeStopped
from twiza.domain.directory.forms import IdentifierDetails
from twiza.domain.directory.locking import lock_bank_change, lock_organisation
from twiza.domain.directory.models import BankDetailsChange, Identifier, Membership, Organisation
from twiza.domain.directory.models.bank_details import WAITING
from twiza.domain.directory.rules import COOPERATIVE_ROLES, belongs_to, may_approve_bank_change, may_stop_bank_change
from twiza.domain.directory.services.particulars import retire_identifier, unsaved_identifier
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotAllowed
from twiza.kit.folding import fold
from twiza.kit.identifiers import digits_of, is_rib

State = BankDetailsChange.State
# A wish that nobody approved in this time is forgotten: approved much later, it would take everybody by surprise.
FORGOTTEN_AFTER = timedelta(days=30)


@transaction.atomic
def ask_for_bank_change(organisation: Organisation, rib: str, by: User) -> BankDetailsChange:
    """A change to this account waits for a second person and 72 hours; BankChangeAsked tells every member.

    `rib` as it is written on paper: 24 digits, or an IBAN that begins with MA64. Refuses who is not of the cooperative
    (NotAllowed), a wrong key (BankNumberWrong), the account in use (BankAccountKnown), another's (BankAccountTaken), and a
    second wish beside one that waits (BankChangeWaiting).
    """
    if not belongs_to(by, organisation):
        raise NotAllowed
    number = read_rib(rib)
    lock_organisation(organisation.pk)
    if BankDetailsChange.objects.filter(organisation=organisation, state__in=BankDetailsChange.OPEN).exists():
        raise BankChangeWaiting
    _refuse_known(organisation, number)
    moment = now()
    change = BankDetailsChange.objects.create(
        organisation=organisation, rib=number, asked_by=by, asked_at=moment, not_before=moment + WAITING
    )
    _remember("directory.ask_for_bank_change", change, by)
    publish(BankChangeAsked(change_id=change.pk))
    return change


@transaction.atomic
def approve_bank_change(change: BankDetailsChange, by: User) -> BankDetailsChange:
    """The change is applied once its 72 hours are over, if nobody stops it.

    Refuses the person who asked (SecondPersonNeeded), whoever may not (MayNotApprove), and what is no longer waiting for
    approval (BankChangeEnded). Approved twice by the same person is approved once.
    """
    current = lock_bank_change(change.pk)
    if current.state == State.APPROVED and current.approved_by_id == by.pk:
        return current
    if current.state != State.ASKED:
        raise BankChangeEnded
    if current.asked_by_id == by.pk:
        raise SecondPersonNeeded
    if not may_approve_bank_change(by, current):
        raise MayNotApprove
    current.state, current.approved_by, current.approved_at = State.APPROVED, by, now()
    current.save(update_fields=["state", "approved_by", "approved_at"])
    _remember("directory.approve_bank_change", current, by)
    return current


@transaction.atomic
def stop_bank_change(change: BankDetailsChange, by: User) -> BankDetailsChange:
    """The account stays as it was, whoever asked and whoever approved; BankChangeStopped tells every member.

    Said by the second person instead of approving, it is refused; by any other member, cancelled. Refuses a
    stranger (NotAllowed) and what already ended (BankChangeEnded).
    """
    current = lock_bank_change(change.pk)
    if not may_stop_bank_change(by, current):
        raise NotAllowed
    if not current.is_open:
        raise BankChangeEnded
    is_refusal = current.state == State.ASKED and may_approve_bank_change(by, current)
    return _end(current, State.REFUSED if is_refusal else State.CANCELLED, "directory.stop_bank_change", by)


@transaction.atomic
def stop_bank_changes_of(person: User) -> list[BankDetailsChange]:
    """Every waiting change of the cooperatives this person belongs to is stopped; none when none waits."""
    mine = BankDetailsChange.objects.filter(
        organisation__in=Membership.objects.filter(user=person, until=None, role__in=COOPERATIVE_ROLES).values("organisation"),
        state__in=BankDetailsChange.OPEN,
    )
    locked = [lock_bank_change(pk) for pk in mine.order_by("pk").values_list("pk", flat=True)]
    return [_end(change, State.CANCELLED, "directory.stop_bank_change", person) for change in locked if change.is_open]


def apply_due_bank_changes() -> int:
    """What was approved and has waited is in use; what nobody approved for a month is forgotten. Says how many are in use.

    Each in a transaction of its own, so that one in trouble keeps no other waiting. A second run finds nothing.
    """
    open_ones = BankDetailsChange.objects.filter(state__in=BankDetailsChange.OPEN)
    for pk in list(open_ones.filter(state=State.ASKED, asked_at__lt=now() - FORGOTTEN_AFTER).values_list("pk", flat=True)):
        _forget(pk)
    due = open_ones.filter(state=State.APPROVED, not_before__lte=now()).order_by("pk")
    return sum(_apply(pk) for pk in list(due.values_list("pk", flat=True)))


def read_rib(text: str) -> str:
    """The 24 digits of a RIB, however they are grouped, also as an IBAN. Raises BankNumberWrong, which does not repeat them."""
    digits = digits_of(text)
    if fold(text).replace(" ", "").lower().startswith("ma") and digits.startswith("64"):
        digits = digits[2:]
    if not is_rib(digits):
        raise BankNumberWrong
    return digits


@transaction.atomic
def _apply(change_id: int) -> bool:
    organisation_id = BankDetailsChange.objects.values_list("organisation_id", flat=True).get(pk=change_id)
    organisation = lock_organisation(organisation_id)
    change = lock_bank_change(change_id)
    if change.state != State.APPROVED or change.not_before > now():
        return False
    if not _use_account(organisation, change):
        _end(change, State.REFUSED, "directory.refuse_bank_change", None)
        return False
    change.state, change.ended_at = State.APPLIED, now()
    change.save(update_fields=["state", "ended_at"])
    _remember("directory.apply_bank_change", change, None)
    publish(BankChangeApplied(change_id=change.pk))
    return True


def _use_account(organisation: Organisation, change: BankDetailsChange) -> bool:
    """The old account is retired and the new one kept. False when another organisation carries it by now."""
    try:
        with transaction.atomic():
            for old in _accounts(organisation_id=organisation.pk):
                retire_identifier(old, None)
            unsaved_identifier(organisation, IdentifierDetails("rib", change.rib)).save()
    except IntegrityError:  # its words would say the whole number: they are not passed on
        return False
    return True


@transaction.atomic
def _forget(change_id: int) -> None:
    change = lock_bank_change(change_id)
    if change.state == State.ASKED:
        _end(change, State.CANCELLED, "directory.forget_bank_change", None)


def _end(change: BankDetailsChange, state: State, action: str, by: User | None) -> BankDetailsChange:
    change.state, change.ended_by, change.ended_at = state, by, now()
    change.save(update_fields=["state", "ended_by", "ended_at"])
    _remember(action, change, by)
    publish(BankChangeStopped(change_id=change.pk))
    return change


def _refuse_known(organisation: Organisation, rib: str) -> None:
    carrier = _accounts(value=rib).first()
    if carrier is not None:
        raise BankAccountKnown if carrier.organisation_id == organisation.pk else BankAccountTaken


def _accounts(**which: object) -> QuerySet[Identifier]:
    return Identifier.objects.filter(scheme=Identifier.Scheme.RIB, retired_at=None, **which)


def _remember(action: str, change: BankDetailsChange, by: User | None) -> None:
    details = {"change": change.pk, "last_four": change.last_four}
    record(action, subject=f"organisation:{change.organisation_id}", by=by, details=details)
