"""Who is told that a cooperative does not answer, step by step. Whoever hears of it after the answer is not told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.timezone import localtime

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import live_mandates
from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import orders_with_facts, script_of, tell_buyer, tell_person
from twiza.domain.orders.events import AnswerChased
from twiza.domain.orders.models import Chase, Order
from twiza.domain.orders.selectors import short_content
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain


@on(AnswerChased)
def tell_of_an_awaited_answer(event: AnswerChased) -> None:
    """Its people are asked twice; then its buyer and the operators hear that it is late, and its agents are asked."""
    order = orders_with_facts(pk=event.order_id).get()
    if order.status == Order.Status.PLACED:
        TOLD[event.step](order)
    elif event.step == Chase.Step.GIVEN_UP:
        _tell_it_is_given_up(order)


def _ask_again(order: Order) -> None:
    for person in people_receiving_texts(order.cooperative):
        content = shortened(short_content(order, person.language), 40)
        facts = {"number": order.number, "content": content, "total": plain(order.total_centimes)}
        tell_person(person, "answer_awaited.cooperative", f"answer-awaited:{order.pk}", **facts)


def _ask_a_last_time(order: Order) -> None:
    day = f"{localtime(order.answer_before):%d/%m %H:%M}"
    for person in people_receiving_texts(order.cooperative):
        key = f"answer-awaited-last:{order.pk}"
        tell_person(person, "answer_awaited_last.cooperative", key, number=order.number, day=day)


def _tell_it_is_late(order: Order) -> None:
    cooperative = _name(order, order.group.language)
    key, group = f"answer-late:{order.pk}", order.group
    tell_buyer(group, "answer_late.buyer", key, group=group.number, cooperative=cooperative, day=_last_moment(order))
    storefronts = Storefront.objects.filter(pk__in=order.lines.values("storefront_id"), operator__isnull=False)
    for operator in Organisation.objects.filter(storefronts__in=storefronts).distinct():
        for person in people_receiving_texts(operator):
            name = _name(order, person.language)
            tell_person(person, "answer_late.operator", f"answer-late:{order.pk}", number=order.number, cooperative=name)


def _ask_its_agents(order: Order) -> None:
    own = order.cooperative.merged_into_id or order.cooperative_id
    agents = User.objects.filter(pk__in=live_mandates().filter(organisation=own).values("agent"))
    for agent in agents.order_by("pk"):
        facts = {"number": order.number, "cooperative": _name(order, agent.language), "day": _last_moment(order)}
        tell_person(agent, "answer_late.agent", f"answer-late-agent:{order.pk}", **facts)


def _tell_it_is_given_up(order: Order) -> None:
    for person in people_receiving_texts(order.cooperative):
        tell_person(person, "order_given_up.cooperative", f"order-given-up:{order.pk}", number=order.number)


def _name(order: Order, language: str) -> str:
    return shortened(order.cooperative.name_in(script_of(language)), 40)


def _last_moment(order: Order) -> str:
    return f"{localtime(order.give_up_at):%d/%m %H:%M}"


TOLD: Mapping[str, Callable[[Order], None]] = {
    Chase.Step.REMINDED: _ask_again,
    Chase.Step.REMINDED_AGAIN: _ask_a_last_time,
    Chase.Step.LATE: _tell_it_is_late,
    Chase.Step.AGENT: _ask_its_agents,
}
