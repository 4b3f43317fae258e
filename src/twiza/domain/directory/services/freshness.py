"""Asking whether what we say of a cooperative is still true, and writing down that it is.

Whom we ask: a member who agreed to be written to; else the telephone on file for the cooperative. The law on personal data
(09-08) wants data exact and kept up to date, and lets us write for that without being asked: this sells nothing. Every
question says how to be left in peace (STOP), and a telephone that wished so is not asked.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from twiza.domain.directory.errors import QuestionAnswered
from twiza.domain.directory.events import FreshnessAsked
from twiza.domain.directory.locking import lock_freshness_question, lock_freshness_questions, lock_organisation
from twiza.domain.directory.models import FreshnessQuestion, Organisation
from twiza.domain.directory.rules import belongs_to, keeps_register
from twiza.domain.directory.services.whom_to_ask import organisations_to_ask, telephone_to_ask
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import local_day, now, today
from twiza.kit.errors import NotAllowed

State = FreshnessQuestion.State
ANSWER_WITHIN = timedelta(days=14)
# In Morocco: when somebody may be near the telephone and nobody sleeps. Not on Sundays.
FIRST_HOUR, LAST_HOUR, SUNDAY = 9, 18, 6


def is_daytime() -> bool:
    """Whether one may write to people now, by the clock of Morocco."""
    here = localtime(now())
    return FIRST_HOUR <= here.hour < LAST_HOUR and here.weekday() != SUNDAY


def ask_due_questions() -> int:
    """An hour's share of the day's questions is asked, those confirmed longest ago first; says how many.

    Never more than FRESHNESS_TEXTS_A_DAY a day, never at night, and nobody twice within FRESHNESS_MONTHS. Questions that
    nobody answered in two weeks lapse first.
    """
    lapse_old_questions()
    if not is_daytime():
        return 0
    with transaction.atomic():
        lock_freshness_questions()
        share = min(_left_today(), -(-settings.FRESHNESS_TEXTS_A_DAY // (LAST_HOUR - FIRST_HOUR)))
        asked = [_ask(organisation) for organisation in organisations_to_ask(share)]
    return sum(asked)


def lapse_old_questions() -> int:
    """Questions whose time is over wait no longer; says how many."""
    old = FreshnessQuestion.objects.filter(state__in=FreshnessQuestion.WAITING, expires_at__lte=now())
    return old.update(state=State.LAPSED)


@transaction.atomic
def answer_still_true(question: FreshnessQuestion, by: User | None) -> Organisation:
    """`1`: the cooperative confirmed its page today. Refuses a question that waits no longer (QuestionAnswered)."""
    current = waiting_question(question)
    answer_question(current, State.CONFIRMED)
    return _confirm(current.organisation_id, Organisation.ConfirmedBy.COOPERATIVE, by)


@transaction.atomic
def confirm_still_true(organisation: Organisation, by: User) -> Organisation:
    """A member, or somebody who keeps the register, says that the page is still true today.

    A question that waits for the cooperative's answer is answered by it. Refuses a stranger (NotAllowed).
    """
    if belongs_to(by, organisation):
        who = Organisation.ConfirmedBy.COOPERATIVE
    elif keeps_register(by):
        who = Organisation.ConfirmedBy.KEEPER
    else:
        raise NotAllowed
    waiting = FreshnessQuestion.objects.filter(organisation=organisation, state__in=FreshnessQuestion.WAITING).first()
    if waiting is not None:
        answer_question(lock_freshness_question(waiting.pk), State.CONFIRMED)
    return _confirm(organisation.pk, who, by)


def waiting_question(question: FreshnessQuestion) -> FreshnessQuestion:
    """The question, locked. Refuses one that is answered or whose time is over (QuestionAnswered)."""
    current = lock_freshness_question(question.pk)
    if current.state not in FreshnessQuestion.WAITING or current.expires_at <= now():
        raise QuestionAnswered
    return current


def answer_question(question: FreshnessQuestion, state: str) -> None:
    """The locked question stands where the answer put it."""
    question.state, question.answered_at = state, now()
    question.save(update_fields=["state", "answered_at"])


def _confirm(organisation_id: int, who: str, by: User | None) -> Organisation:
    organisation = lock_organisation(organisation_id)
    organisation.last_confirmed_on, organisation.last_confirmed_by = today(), who
    organisation.save(update_fields=["last_confirmed_on", "last_confirmed_by"])
    record("directory.confirm", subject=f"organisation:{organisation.pk}", by=by, details={"as": who})
    return organisation


def _ask(organisation: Organisation) -> bool:
    telephone = telephone_to_ask(organisation)
    if telephone is None:  # its number has been asked about another cooperative a moment ago
        return False
    moment = now()
    question = FreshnessQuestion.objects.create(
        organisation=organisation,
        phone=telephone.phone,
        person=telephone.person,
        language=telephone.language,
        asked_at=moment,
        expires_at=moment + ANSWER_WITHIN,
    )
    record("directory.ask_freshness", subject=f"organisation:{organisation.pk}", by=None, details={"question": question.pk})
    publish(FreshnessAsked(question_id=question.pk))
    return True


def _left_today() -> int:
    day: date = today()
    yesterday = now() - timedelta(hours=36)
    moments = FreshnessQuestion.objects.filter(asked_at__gt=yesterday).values_list("asked_at", flat=True)
    return max(0, settings.FRESHNESS_TEXTS_A_DAY - sum(local_day(moment) == day for moment in moments))
