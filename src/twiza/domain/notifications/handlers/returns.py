"""Who is told of what a buyer sends back, and of money that should be back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from twiza.domain.aftersales.events import RefundLate, ReturnApproved, ReturnAsked, ReturnRefunded, ReturnRejected
from twiza.domain.aftersales.models import Return
from twiza.domain.aftersales.rules import is_given_back_by_the_market
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import people_receiving_texts, register_keepers
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import script_of, tell_buyer, tell_person
from twiza.foundation.accounts.models import User
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain


@on(ReturnAsked)
def tell_cooperative_of_a_return(event: ReturnAsked) -> None:
    returned = _return(event.return_id)
    for person in people_receiving_texts(returned.order.cooperative):
        _tell(person, f"return_asked{_paid(returned)}.cooperative", "return-asked", returned)


@on(ReturnApproved)
def tell_buyer_where_to_send_it(event: ReturnApproved) -> None:
    _tell_buyer(event.return_id, "return_approved.buyer", "return-approved")


@on(ReturnRejected)
def tell_buyer_why_not(event: ReturnRejected) -> None:
    _tell_buyer(event.return_id, "return_rejected.buyer", "return-rejected")


@on(ReturnRefunded)
def tell_buyer_of_the_refund(event: ReturnRefunded) -> None:
    """So that a buyer who has received nothing can say so."""
    _tell_buyer(event.return_id, "return_refunded.buyer", "return-refunded")


@on(RefundLate)
def ask_for_a_late_refund(event: RefundLate) -> None:
    """The cooperative, and whoever runs the storefront the goods were chosen in; of what came through a bank and is to go back
    there, whoever gives it back. Unless it was settled meanwhile."""
    returned = _return(event.return_id)
    if returned.state in {Return.State.REFUNDED, Return.State.REJECTED}:
        return
    paid = _paid(returned)
    if paid and returned.state == Return.State.RECEIVED:
        for person in register_keepers():
            _tell(person, "refund_late.keeper", "refund-late-on-card", returned)
        return
    for person in people_receiving_texts(returned.order.cooperative):
        _tell(person, f"refund_late{paid}.cooperative", "refund-late", returned)
    storefronts = returned.order.lines.values("storefront_id")
    for operator in Organisation.objects.filter(storefronts__in=storefronts).distinct():
        for person in people_receiving_texts(operator):
            _tell(person, f"refund_late{paid}.operator", "refund-late", returned)


def _return(return_id: int) -> Return:
    known = ("order__group", "order__cooperative__published_revision")
    return Return.objects.select_related(*known).get(pk=return_id)


def _paid(returned: Return) -> str:
    return "_paid" if is_given_back_by_the_market(returned.order) else ""


def _tell(person: User, text: str, key: str, returned: Return) -> None:
    tell_person(person, text, f"{key}:{returned.pk}", **_facts(returned, person.language))


def _tell_buyer(return_id: int, text: str, key: str) -> None:
    returned = _return(return_id)
    group = returned.order.group
    tell_buyer(group, text, f"{key}:{return_id}", group=group.number, **_facts(returned, group.language))


def _facts(returned: Return, language: str) -> dict[str, Any]:
    order = returned.order
    with override(script_of(language)):
        reason = shortened(str(returned.get_reason_display()), 40)
        place = shortened(order.seller_place, 60)
    return {
        "number": order.number,
        "cooperative": shortened(order.cooperative.name_in(script_of(language)), 40),
        "total": plain(returned.refund_centimes),
        "day": f"{returned.refund_due_on:%d/%m}",
        "reason": reason,
        "place": place,
    }
