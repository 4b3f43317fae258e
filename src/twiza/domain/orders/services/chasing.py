"""A cooperative that does not answer is asked again, then called; in the end the buyer is free. Each step once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from twiza.domain.directory.models import OpeningTimes
from twiza.domain.directory.selectors import is_open_at, opening_times_of
from twiza.domain.orders.errors import AlreadyAnswered, StillTimeToAnswer
from twiza.domain.orders.events import AnswerChased
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Chase, Order, Step
from twiza.domain.orders.rules import WAIT_FOR_AGENT, WAIT_FOR_ANSWER, follows_up, moment_after
from twiza.domain.orders.services.answering import end_unprepared
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.quiet_hours import waking_moment

AT_ONCE = 200
STEPS = tuple(Chase.Step.values)
# Nobody there reads a text while they are closed; whatever follows is for others.
FOR_ITS_PEOPLE = frozenset({Chase.Step.REMINDED, Chase.Step.REMINDED_AGAIN})


def chase_answers() -> int:
    """By day, every order whose next step is due takes it. Answers how many steps were taken; run twice, each is taken once."""
    now = clock.now()
    if waking_moment(now) > now:
        return 0
    due = Order.objects.filter(status=Order.Status.PLACED, chase_at__lte=now).order_by("chase_at", "pk")
    return sum(chase_answer(order_id) for order_id in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def chase_answer(order_id: int) -> bool:
    """The order took its next step, and whom it concerns is told (AnswerChased); without an answer at the last limit it is
    cancelled as `decline_unanswered` does. Says False when it was answered meanwhile, or when it is not time."""
    order = lock_order(order_id)
    now = clock.now()
    if order.status != Order.Status.PLACED or order.chase_at > now:
        return False
    times = opening_times_of(order.cooperative)
    step = _next_step(order, now)
    if step in FOR_ITS_PEOPLE and not is_open_at(times, now):
        _wait(order, step, times, now)
        return False
    if step == Chase.Step.GIVEN_UP:
        _give_up(order, by=None, reason="")
        return True
    Chase.objects.create(order=order, step=step)
    publish(AnswerChased(order_id=order.pk, step=step))
    _wait(order, _next_step(order, now), times, now)
    return True


@transaction.atomic
def decline_unanswered(order: Order, *, by: User, reason: str) -> Order:
    """An operator cancels, for the buyer, what nobody answered in time: the stock may be sold again, nothing is owed, the
    buyer reads the reason and the cooperative is told.

    Raises AlreadyAnswered, StillTimeToAnswer; NotFound when nothing in it was chosen in a storefront of `by`.
    """
    if not follows_up(by, order):
        raise NotFound
    order = lock_order(order.pk)
    if order.status != Order.Status.PLACED:
        raise AlreadyAnswered(number=order.number, status=order.get_status_display())
    if order.answer_before > clock.now():
        raise StillTimeToAnswer(number=order.number)
    return _give_up(order, by=by, reason=reason)


def _give_up(order: Order, *, by: User | None, reason: str) -> Order:
    Chase.objects.create(order=order, step=Chase.Step.GIVEN_UP)
    with override("ar" if order.group.language == "ary" else order.group.language):
        reason = reason or _("no answer in time")
    order.status = Order.Status.DECLINED
    order.save(update_fields=["status"])
    end_unprepared(order, Step.What.UNANSWERED, reason=reason, by=by)
    publish(AnswerChased(order_id=order.pk, step=Chase.Step.GIVEN_UP))
    return order


def _next_step(order: Order, now: datetime) -> str:
    """Once it is late, its people are asked by telephone, and no more by text."""
    past = set(Chase.objects.filter(order=order).values_list("step", flat=True))
    if order.answer_before <= now:
        past |= FOR_ITS_PEOPLE
    return next(step for step in STEPS if step not in past)


def _wait(order: Order, step: str, times: OpeningTimes | None, now: datetime) -> None:
    """The step is taken when its time comes; one that came late leaves the next its time all the same."""
    if step in FOR_ITS_PEOPLE:
        order.chase_at = min(moment_after(times, now, WAIT_FOR_ANSWER), order.answer_before)
    elif step == Chase.Step.LATE:
        order.chase_at = order.answer_before
    else:
        soonest = moment_after(None, now, WAIT_FOR_AGENT)
        order.chase_at = soonest if step == Chase.Step.AGENT else max(order.give_up_at, soonest)
    order.save(update_fields=["chase_at"])
