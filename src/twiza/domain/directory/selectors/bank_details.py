"""On which account a cooperative is paid, and who wants to change it. Nobody reads more than four figures here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from twiza.domain.directory.models import BankDetailsChange, Identifier, Organisation
from twiza.domain.directory.models.bank_details import WAITING
from twiza.domain.directory.rules import (
    Viewer,
    may_approve_bank_change,
    may_stop_bank_change,
    second_people_of,
)
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound

PAST_SHOWN = 10


@dataclass(frozen=True)
class BankChangeView:
    """A change as one viewer sees it: what they may do, and who else could approve."""

    change: BankDetailsChange
    may_approve: bool
    may_stop: bool
    second_people: tuple[str, ...]


@dataclass(frozen=True)
class AccountInUse:
    """An account on which a cooperative may be paid from a moment on. Its number stays in its row."""

    identifier_id: int
    usable_from: datetime


def accounts_in_use(organisation_ids: Collection[int]) -> Mapping[int, AccountInUse]:
    """By organisation, the account in use. One that two people changed to has waited its 72 hours; one that came with the
    register or the page waits as long from that day."""
    found: dict[int, AccountInUse] = {}
    changed = _moments_of_change(organisation_ids)
    accounts = Identifier.objects.filter(organisation__in=organisation_ids, scheme="rib", retired_at=None, is_key_valid=True)
    for account in accounts.select_related("organisation", "import_batch").order_by("pk"):
        came_at = account.import_batch.started_at if account.import_batch else account.organisation.created_at
        usable_from = changed.get((account.organisation_id, account.value), came_at + WAITING)
        found[account.organisation_id] = AccountInUse(account.pk, usable_from)
    return found


def _moments_of_change(organisation_ids: Collection[int]) -> Mapping[tuple[int, str], datetime]:
    applied = BankDetailsChange.objects.filter(organisation__in=organisation_ids, state=BankDetailsChange.State.APPLIED)
    return {(pk, rib): moment for pk, rib, moment in applied.order_by("pk").values_list("organisation_id", "rib", "not_before")}


def bank_account_ending_of(organisation: Organisation) -> str:
    """The last four figures of the account in use, or nothing."""
    account = Identifier.objects.filter(organisation=organisation, scheme="rib", retired_at=None).order_by("-pk").first()
    return account.value[-4:] if account else ""


def open_bank_change_of(organisation: Organisation, viewer: Viewer) -> BankChangeView | None:
    """The change that waits, if one does."""
    change = _with_people().filter(organisation=organisation, state__in=BankDetailsChange.OPEN).first()
    return _seen_by(viewer, change) if change else None


def has_open_bank_change(organisation: Organisation) -> bool:
    """Whether members should look at the bank screen now."""
    return BankDetailsChange.objects.filter(organisation=organisation, state__in=BankDetailsChange.OPEN).exists()


def past_bank_changes_of(organisation: Organisation) -> list[BankDetailsChange]:
    """What became of the latest, newest first."""
    ended = _with_people().filter(organisation=organisation).exclude(state__in=BankDetailsChange.OPEN)
    return list(ended[:PAST_SHOWN])


def bank_change_of(organisation: Organisation, change_id: int) -> BankDetailsChange:
    """This change of this organisation. Another's does not exist (NotFound)."""
    change = _with_people().filter(organisation=organisation, pk=change_id).first()
    if change is None:
        raise NotFound
    return change


def get_bank_change(change_id: int) -> BankDetailsChange:
    """For those who keep the register, and for whoever tells the members. Raises NotFound."""
    change = _with_people().filter(pk=change_id).first()
    if change is None:
        raise NotFound
    return change


def count_open_bank_changes() -> int:
    """How many changes wait in the whole country."""
    return BankDetailsChange.objects.filter(state__in=BankDetailsChange.OPEN).count()


def open_bank_changes(viewer: Viewer) -> list[BankChangeView]:
    """Every change that waits, those that only the viewer's office can approve first, then the oldest."""
    waiting = _with_people().filter(state__in=BankDetailsChange.OPEN).order_by("pk")
    seen = [_seen_by(viewer, change) for change in waiting]
    return sorted(seen, key=lambda one: not (one.may_approve and one.change.state == "asked"))


def _with_people() -> QuerySet[BankDetailsChange]:
    return BankDetailsChange.objects.select_related("organisation__published_revision", "asked_by", "approved_by", "ended_by")


def _seen_by(viewer: Viewer, change: BankDetailsChange) -> BankChangeView:
    names = User.objects.filter(pk__in=second_people_of(change)).order_by("pk").values_list("name", flat=True)
    return BankChangeView(
        change=change,
        may_approve=change.state == "asked" and may_approve_bank_change(viewer, change),
        may_stop=may_stop_bank_change(viewer, change),
        second_people=tuple(names),
    )
