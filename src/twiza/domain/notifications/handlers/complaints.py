"""Who is told of something wrong with a parcel. Neither side reads the other's number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from twiza.domain.aftersales.events import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintDecided,
    ComplaintEscalated,
    ComplaintOpened,
    ComplaintRefunded,
    ComplaintRefundLate,
    ReplacementDelivered,
    ReplacementSent,
)
from twiza.domain.aftersales.models import Complaint, Replacement
from twiza.domain.aftersales.rules import is_given_back_by_the_market
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import people_receiving_texts, register_keepers
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import link_to, script_of, tell_buyer, tell_person
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain
from twiza.kit.translations import translated


@on(ComplaintOpened)
def tell_cooperative_what_is_wrong(event: ComplaintOpened) -> None:
    """Unless it answered meanwhile."""
    complaint = _complaint(event.complaint_id)
    if complaint.state == Complaint.State.OPEN:
        _tell_cooperative(complaint, "complaint_opened.cooperative", "complaint-opened")


@on(ComplaintAnswered)
def tell_buyer_what_is_offered(event: ComplaintAnswered) -> None:
    """With the address of the order's page, where the answer stands and can be refused."""
    complaint = _complaint(event.complaint_id)
    if complaint.state == Complaint.State.OFFERED:
        _tell_buyer(complaint, "complaint_answered.buyer", "complaint-answered")


@on(ComplaintAccepted)
def tell_cooperative_it_is_agreed(event: ComplaintAccepted) -> None:
    complaint = _complaint(event.complaint_id)
    is_the_markets = complaint.settled_by == Complaint.Answer.REFUND and is_given_back_by_the_market(complaint.line.order)
    text = "complaint_accepted_paid.cooperative" if is_the_markets else "complaint_accepted.cooperative"
    _tell_cooperative(complaint, text, "complaint-accepted")


@on(ComplaintEscalated)
def tell_operator_to_decide(event: ComplaintEscalated) -> None:
    """Unless it was decided meanwhile."""
    complaint = _complaint(event.complaint_id)
    if complaint.state == Complaint.State.ESCALATED:
        _tell_who_decides(complaint, "complaint_escalated.operator", "complaint-escalated")


@on(ComplaintDecided)
def tell_both_what_was_decided(event: ComplaintDecided) -> None:
    complaint = _complaint(event.complaint_id)
    _tell_buyer(complaint, "complaint_decided.buyer", "complaint-decided")
    _tell_cooperative(complaint, "complaint_decided.cooperative", "complaint-decided-told")


@on(ComplaintRefunded)
def tell_buyer_of_the_money(event: ComplaintRefunded) -> None:
    """So that a buyer who has received nothing can say so."""
    _tell_buyer(_complaint(event.complaint_id), "return_refunded.buyer", "complaint-refunded")


@on(ComplaintRefundLate)
def ask_for_late_money(event: ComplaintRefundLate) -> None:
    """The cooperative, and whoever runs the storefront; of what came through a bank, whoever gives it back there. Unless it was
    given back meanwhile."""
    complaint = _complaint(event.complaint_id)
    if complaint.state != Complaint.State.ACCEPTED:
        return
    if is_given_back_by_the_market(complaint.line.order):
        for person in register_keepers():
            tell_person(
                person, "refund_late.keeper", f"complaint-refund-late:{complaint.pk}", **_facts(complaint, person.language)
            )
        return
    _tell_cooperative(complaint, "refund_late.cooperative", "complaint-refund-late")
    _tell_who_decides(complaint, "refund_late.operator", "complaint-refund-late")


@on(ReplacementSent)
def tell_buyer_it_is_sent_again(event: ReplacementSent) -> None:
    parcel = Replacement.objects.get(pk=event.replacement_id)
    tracking = f" ({parcel.tracking})" if parcel.tracking else ""
    _tell_buyer(_complaint(parcel.complaint_id), "replacement_sent.buyer", f"replacement-sent:{parcel.pk}", tracking=tracking)


@on(ReplacementDelivered)
def tell_buyer_the_new_one_arrived(event: ReplacementDelivered) -> None:
    parcel = Replacement.objects.get(pk=event.replacement_id)
    _tell_buyer(_complaint(parcel.complaint_id), "fulfilment_delivered.buyer", f"replacement-delivered:{parcel.pk}")


def _complaint(complaint_id: int) -> Complaint:
    known = ("line__order__group", "line__order__cooperative__published_revision", "line__storefront__operator")
    return Complaint.objects.select_related(*known).get(pk=complaint_id)


def _tell_cooperative(complaint: Complaint, text: str, key: str) -> None:
    _tell(complaint.line.order.cooperative, complaint, text, key)


def _tell(organisation: Organisation, complaint: Complaint, text: str, key: str) -> None:
    for person in people_receiving_texts(organisation):
        tell_person(person, text, f"{key}:{complaint.pk}", **_facts(complaint, person.language))


def _tell_who_decides(complaint: Complaint, text: str, key: str) -> None:
    """The operator; of a storefront that has none, whoever keeps the register."""
    operator = complaint.line.storefront.operator
    for person in people_receiving_texts(operator) if operator is not None else register_keepers():
        tell_person(person, text, f"{key}:{complaint.pk}", **_facts(complaint, person.language))


def _tell_buyer(complaint: Complaint, text: str, key: str, tracking: str = "") -> None:
    group = complaint.line.order.group
    facts = _facts(complaint, group.language)
    tell_buyer(group, text, f"{key}:{complaint.pk}", group=group.number, link=link_to(group), tracking=tracking, **facts)


def _facts(complaint: Complaint, language: str) -> dict[str, Any]:
    order, script = complaint.line.order, script_of(language)
    with override(script):
        reason = shortened(str(complaint.get_kind_display()), 40)
    days = {Complaint.State.OFFERED: complaint.reply_due_on, Complaint.State.ACCEPTED: complaint.refund_due_on}
    day = days.get(Complaint.State(complaint.state), complaint.answer_due_on)
    return {
        "number": order.number,
        "cooperative": shortened(order.cooperative.name_in(script), 40),
        "product": shortened(translated(complaint.line, "name", script), 35),
        "shop": shortened(translated(complaint.line.storefront, "name", script), 24),
        "reason": reason,
        "total": plain(complaint.settled_centimes),
        "day": f"{day:%d/%m}" if day else "",
    }
