"""What a cooperative says of itself that differs from its page, and how the register's office settles it.

Nobody disappears by a slip of the finger: a closing is asked about once more, and shown only when the office confirmed it.
"""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.errors import ReportSettled, SayWhatChanged
from twiza.domain.directory.locking import lock_change_report
from twiza.domain.directory.models import ChangeReport, FreshnessQuestion, Organisation
from twiza.domain.directory.rules import belongs_to, keeps_register
from twiza.domain.directory.services.freshness import answer_question, confirm_still_true, waiting_question
from twiza.domain.directory.services.registering import change_state
from twiza.domain.directory.states import OrganisationState, may_become
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.clock import now
from twiza.kit.errors import NotAllowed

Asked = FreshnessQuestion.State
Kind = ChangeReport.Kind
State = ChangeReport.State


@transaction.atomic
def answer_changed(question: FreshnessQuestion, words: str, by: User | None) -> ChangeReport:
    """`2 …`: the register's office has a task. Without words the question waits a little longer for them.

    The words of a second answer join the first's. Refuses a question that waits no longer (QuestionAnswered).
    """
    current = waiting_question(question)
    report = ChangeReport.objects.filter(question=current).first()
    if report is None:
        report = _report(current.organisation, Kind.CHANGED, words, by=by, phone=current.phone, question=current)
    else:
        report.kind, report.words = Kind.CHANGED, _kept(words)
        report.save(update_fields=["kind", "words"])
    answer_question(current, Asked.CHANGED if words.strip() else Asked.CHANGING)
    return report


@transaction.atomic
def answer_closed(question: FreshnessQuestion, by: User | None, *, is_sure: bool) -> ChangeReport | None:
    """`3` asks once more and gives back None; `3 OUI` after that is a task for the office, and the page stays until then."""
    current = waiting_question(question)
    if not (is_sure and current.state == Asked.CLOSING):
        answer_question(current, Asked.CLOSING)
        return None
    answer_question(current, Asked.CLOSED)
    return _closing(current.organisation, by=by, phone=current.phone, question=current)


@transaction.atomic
def report_change(organisation: Organisation, words: str, by: User) -> ChangeReport:
    """A member wrote what changed. Refuses a stranger (NotAllowed) and silence (SayWhatChanged)."""
    if not belongs_to(by, organisation):
        raise NotAllowed
    if not words.strip():
        raise SayWhatChanged
    return _report(organisation, Kind.CHANGED, words, by=by, phone=by.phone or "")


@transaction.atomic
def report_closed(organisation: Organisation, by: User) -> ChangeReport:
    """A member says that the cooperative closed. Said twice, it is one task. Refuses a stranger (NotAllowed)."""
    if not belongs_to(by, organisation):
        raise NotAllowed
    return _closing(organisation, by=by, phone=by.phone or "")


@transaction.atomic
def settle_report(report: ChangeReport, by: User) -> ChangeReport:
    """The page says it now, and the task is done; a closing that is confirmed closes the page.

    Refuses whoever does not keep the register (NotAllowed) and what is settled already (ReportSettled).
    """
    current = _waiting(report, by)
    if current.kind == Kind.CLOSED and may_become(current.organisation.state, OrganisationState.CLOSED):
        change_state(current.organisation, OrganisationState.CLOSED, by, reason="said by the cooperative")
    return _settle(current, State.DONE, by)


@transaction.atomic
def dismiss_report(report: ChangeReport, by: User) -> ChangeReport:
    """Looked at, and nothing is to be done. Refuses as `settle_report` does."""
    return _settle(_waiting(report, by), State.DISMISSED, by)


@transaction.atomic
def confirm_despite_report(report: ChangeReport, by: User) -> ChangeReport:
    """Whoever called knows that all is still true: the report is set aside, and the page confirmed today by the office."""
    dismissed = dismiss_report(report, by)
    confirm_still_true(dismissed.organisation, by)
    return dismissed


def _closing(
    organisation: Organisation, *, by: User | None, phone: str, question: FreshnessQuestion | None = None
) -> ChangeReport:
    waiting = ChangeReport.objects.filter(organisation=organisation, kind=Kind.CLOSED, state=State.WAITING).first()
    earlier = ChangeReport.objects.filter(question=question).first() if question else None
    if waiting is not None:
        return waiting
    if earlier is not None:  # "2", then "3 OUI": one task, the graver one
        earlier.kind = Kind.CLOSED
        earlier.save(update_fields=["kind"])
        return earlier
    return _report(organisation, Kind.CLOSED, "", by=by, phone=phone, question=question)


def _report(
    organisation: Organisation,
    kind: str,
    words: str,
    *,
    by: User | None,
    phone: str,
    question: FreshnessQuestion | None = None,
) -> ChangeReport:
    report = ChangeReport.objects.create(
        organisation=organisation,
        kind=kind,
        words=_kept(words),
        question=question,
        reported_by=by,
        phone=phone,
        reported_at=now(),
    )
    _remember("directory.report_change", report, by)
    return report


def _waiting(report: ChangeReport, by: User) -> ChangeReport:
    if not keeps_register(by):
        raise NotAllowed
    current = lock_change_report(report.pk)
    if current.state != State.WAITING:
        raise ReportSettled
    return current


def _settle(report: ChangeReport, state: str, by: User) -> ChangeReport:
    report.state, report.settled_by, report.settled_at = state, by, now()
    report.save(update_fields=["state", "settled_by", "settled_at"])
    _remember("directory.settle_report", report, by)
    return report


def _kept(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())[: ChangeReport.LONGEST_WORDS]


def _remember(action: str, report: ChangeReport, by: User | None) -> None:
    details = {"report": report.pk, "kind": report.kind, "state": report.state}
    record(action, subject=f"organisation:{report.organisation_id}", by=by, details=details)
