"""Everything that a storefront's operator watches after the sale, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from twiza.domain.aftersales.models import Complaint, Replacement, Return
from twiza.domain.aftersales.rules import is_given_back_by_the_market
from twiza.domain.aftersales.selectors.complaints import complaints_over
from twiza.domain.aftersales.selectors.returns import returns_from
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import late_answers_in
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock

# What the operator does next; everything else is the cooperative's or the buyer's.
CALL, DECIDE = "call", "decide"
REFUND, REFUND_ON_CARD = "refund", "refund_on_card"
OF_RETURNS = {Return.State.REQUESTED: "reply", Return.State.APPROVED: "receive", Return.State.RECEIVED: REFUND}


@dataclass(frozen=True)
class Case:
    """`step` is what comes next: call, decide; answer, refund, send, arrive, reply (the cooperative); agree, receive (the buyer);
    refund_on_card (whoever gives back what came through a bank).

    `since` when somebody waits; `due_on` the last day for the step, None when there is none; amounts in centimes.
    """

    step: str
    order: Order
    since: datetime
    due_on: date | None = None
    centimes: int = 0
    complaint: Complaint | None = None
    returned: Return | None = None

    @property
    def is_the_operators(self) -> bool:
        return self.step in {CALL, DECIDE}

    @property
    def is_late(self) -> bool:
        """It waits for the operator, or somebody's last day has passed."""
        return self.is_the_operators or (self.due_on is not None and self.due_on < clock.today())


def cases_in(storefront: Storefront) -> Sequence[Case]:
    """Late answers, complaints, returns and refunds owed: what is late first, then the oldest.

    Ask for the storefront through the viewer first.
    """
    cases: list[Case] = [Case(CALL, order, order.answer_before) for order in late_answers_in(storefront)]
    cases += _of_complaints(complaints_over(storefront))
    cases += _of_returns(returns_from(storefront))
    return sorted(cases, key=lambda case: (not case.is_late, case.since))


def decisions_waiting_in(storefront: Storefront) -> int:
    """How many complaints wait for its operator. Ask for the storefront through the viewer first."""
    return Complaint.objects.filter(line__storefront=storefront, state=Complaint.State.ESCALATED).count()


def decisions_waiting_for_keepers() -> int:
    """How many complaints wait in storefronts without an operator: whoever keeps the register decides them."""
    return Complaint.objects.filter(line__storefront__operator__isnull=True, state=Complaint.State.ESCALATED).count()


def _of_complaints(complaints: Iterable[Complaint]) -> list[Case]:
    cases = []
    for complaint in complaints:
        step, due_on = _next_step(complaint)
        since = (complaint.escalated_at if step == DECIDE else None) or complaint.opened_at
        centimes = complaint.settled_centimes if step in {REFUND, REFUND_ON_CARD} else 0
        cases.append(Case(step, complaint.line.order, since, due_on, centimes, complaint=complaint))
    return cases


def _next_step(complaint: Complaint) -> tuple[str, date | None]:
    if complaint.state == Complaint.State.ESCALATED:
        return DECIDE, None
    if complaint.state == Complaint.State.OPEN:
        return "answer", complaint.answer_due_on
    if complaint.state == Complaint.State.OFFERED:
        return "agree", complaint.reply_due_on
    parcel = complaint.parcel
    if complaint.settled_by == Complaint.Answer.REFUND or parcel is None:
        return _giving_back(complaint.line.order), complaint.refund_due_on
    return ("send", parcel.send_due_on) if parcel.status == Replacement.Status.PENDING else ("arrive", None)


def _giving_back(order: Order) -> str:
    return REFUND_ON_CARD if is_given_back_by_the_market(order) else REFUND


def _next_step_of(returned: Return) -> str:
    step = OF_RETURNS[Return.State(returned.state)]
    return _giving_back(returned.order) if step == REFUND and returned.refund_centimes else step


def _of_returns(returns: Iterable[Return]) -> list[Case]:
    return [
        Case(
            _next_step_of(returned),
            returned.order,
            returned.asked_at,
            returned.refund_due_on,
            returned.refund_centimes,
            returned=returned,
        )
        for returned in returns
    ]
