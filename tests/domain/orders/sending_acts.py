"""What cooperatives, carriers and buyers do once an order is placed."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.domain.orders.acts import attempt, pick
from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    approve_return,
    ask_return,
    decide_complaint,
    dispute_answer,
    give_up_replacement,
    open_complaint,
    receive_return,
    record_refund_for,
    record_refund_of,
    record_replacement_delivered,
    reject_return,
    send_replacement,
)
from twiza.domain.inventory.services import LossReason
from twiza.domain.orders.models import Order, PartialOffer
from twiza.domain.orders.services import (
    News,
    accept_order,
    decline_order,
    hand_over_order,
    hear_of_parcel,
    leave_part,
    mark_order_ready,
    offer_part,
    record_delivery,
    record_loss,
    record_missed_delivery,
    record_refusal,
    take_back_parcel,
    take_back_unseen,
    take_part,
    weigh_order,
)
from twiza.kit import clock

WHICH, PIECES = st.integers(0, 11), st.integers(0, 6)
NEWS = st.sampled_from(["in_transit", "missed", "delivered", "refused", "lost", "returned"])
REASON = "no_answer"
PROMISED = [record_refund_for, send_replacement, record_replacement_delivered, give_up_replacement]
ONWARD = [accept_order, mark_order_ready, hand_over_order, record_delivery]


class Sending:
    """Three cooperatives with orders on the table, parcels on the way, and buyers who are not all content."""

    def an_order(self, which: int, *statuses: str) -> Order | None:
        """One of the newest, in one of these states when any is named."""
        orders = Order.objects.order_by("-pk")
        return pick(orders.filter(status__in=statuses) if statuses else orders, which)

    @rule(which=WHICH, act=st.sampled_from([accept_order, accept_order, decline_order]))
    def answer(self, which: int, act) -> None:
        order = self.an_order(which, "placed", "offered")
        if order is not None:
            attempt(act, order, by=self.speaker_of(order))

    @rule(which=WHICH, act=st.sampled_from([*ONWARD, decline_order, record_loss, take_back_unseen]), stranger=st.booleans())
    def do_anything(self, which: int, act, stranger: bool) -> None:
        order = self.an_order(which)
        if order is not None:
            by = self.market.karim if stranger else self.speaker_of(order)
            done = attempt(act, order, by=by)
            assert done is None or not stranger

    @rule(which=WHICH, steps=st.integers(1, 4))
    def go_onward(self, which: int, steps: int) -> None:
        order = self.an_order(which, "placed", "offered", "accepted")
        for act in ONWARD[:steps] if order is not None else []:
            attempt(act, order, by=self.speaker_of(order))

    @rule(
        which=WHICH,
        missing=st.lists(st.integers(0, 3), min_size=1, max_size=3),
        reply=st.sampled_from([take_part, take_part, leave_part, None]),
    )
    def offer_a_part(self, which: int, missing: list[int], reply) -> None:
        order = self.an_order(which, "placed")
        if order is None:
            return
        kept = {line.pk: line.quantity - missing[at % len(missing)] for at, line in enumerate(order.lines.all())}
        asked = attempt(offer_part, order, kept, by=self.speaker_of(order))
        if asked is not None and reply is not None:
            attempt(reply, asked)

    @rule(which=WHICH, act=st.sampled_from([take_part, take_part, leave_part]))
    def answer_about_a_part(self, which: int, act) -> None:
        asked = pick(PartialOffer.objects.order_by("-pk"), which)
        if asked is not None:
            attempt(act, asked)

    @rule(which=WHICH, percent=st.integers(40, 220))
    def weigh(self, which: int, percent: int) -> None:
        order = self.an_order(which, "accepted")
        if order is not None:
            grams = {line.pk: int(line.asked_grams) * percent // 100 for line in order.lines.all() if line.is_weighed}
            attempt(weigh_order, order, grams, by=self.speaker_of(order))

    @rule(which=WHICH, what=NEWS, number=st.integers(1, 3))
    def hear_of_it(self, which: int, what: str, number: int) -> None:
        order = self.an_order(which)
        if order is not None:
            news = News(what, clock.today(), "amana", f"{what}:{number}", REASON if what in {"missed", "refused"} else "")
            hear_of_parcel(order, news)
            assert not hear_of_parcel(order, news)

    @rule(which=WHICH, lost=PIECES, act=st.sampled_from(["missed", "refused", "back", "back", "unseen"]))
    def go_back(self, which: int, lost: int, act: str) -> None:
        order = self.an_order(which, "accepted", "undelivered")
        if order is None:
            return
        by, reason = self.speaker_of(order), LossReason.values[lost % 4]
        if act == "missed":
            attempt(record_missed_delivery, order, reason=REASON, on=clock.today(), by=by)
        elif act == "unseen":
            attempt(take_back_unseen, order, by=by)
        else:
            attempt(record_refusal, order, reason=REASON, by=by)
        if act == "back":
            sellable = {line.pk: line.quantity - lost for line in order.lines.all()}
            attempt(take_back_parcel, order, sellable, reason=reason, by=by)

    @rule(which=WHICH, pieces=st.lists(PIECES, min_size=1, max_size=3))
    def change_ones_mind(self, which: int, pieces: list[int]) -> None:
        order = self.an_order(which, "closed")
        if order is not None:
            attempt(ask_return, order, {line.pk: pieces[at % len(pieces)] for at, line in enumerate(order.lines.all())})

    @rule(which=WHICH, lost=PIECES, act=st.sampled_from(["approve", "reject", "receive", "receive", "refund", "refund"]))
    def answer_a_return(self, which: int, lost: int, act: str) -> None:
        returned = pick(Return.objects.order_by("-pk"), which)
        if returned is None:
            return
        by = self.speaker_of(returned.order)
        if act == "receive":
            kept = {one.line_id: max(one.quantity - lost, 0) for one in returned.lines.all()}
            attempt(receive_return, returned, kept, reason="opened", by=by)
        elif act == "reject":
            attempt(reject_return, returned, reason="used", by=by)
        else:
            attempt(approve_return, returned, by=by) if act == "approve" else attempt(
                record_refund_of, returned, how="cash", by=by
            )

    @rule(which=WHICH, pieces=st.integers(0, 6))
    def complain(self, which: int, pieces: int) -> None:
        order = self.an_order(which, "closed", "closed", "accepted")
        line = pick(order.lines.all(), pieces) if order is not None else None
        if line is not None:
            attempt(open_complaint, order, line.pk, kind="damaged", pieces=pieces, words="Cassé.")

    @rule(
        which=WHICH,
        kind=st.sampled_from(["refund", "refund", "replace", "refuse"]),
        centimes=st.one_of(st.integers(0, 4000), st.integers(0, 60000)),
        reply=st.sampled_from([accept_answer, accept_answer, dispute_answer, None]),
    )
    def settle(self, which: int, kind: str, centimes: int, reply) -> None:
        complaint = self.a_complaint(which)
        if complaint is None:
            return
        offer = Settlement(kind, centimes if kind == "refund" else 0, "Pardon.")
        if complaint.state == Complaint.State.ESCALATED:
            attempt(decide_complaint, complaint, offer, by=self.market.youssef)
            return
        attempt(answer_complaint, complaint, offer, by=self.speaker_of(complaint.line.order))
        if reply is not None:
            attempt(reply, complaint)

    @rule(
        which=WHICH, act=st.sampled_from([record_refund_for, send_replacement, record_replacement_delivered, give_up_replacement])
    )
    def keep_ones_word(self, which: int, act) -> None:
        complaint = self.a_complaint(which)
        if complaint is not None:
            how = {"how": "cash"} if act is record_refund_for else {}
            attempt(act, complaint, by=self.speaker_of(complaint.line.order), **how)

    @rule(which=WHICH, pieces=st.integers(1, 2), kind=st.sampled_from(["refund", "refund", "replace"]), lost=PIECES)
    def nothing_is_right(self, which: int, pieces: int, kind: str, lost: int) -> None:
        """Some pieces go back, of others it is said that they are broken, and everybody keeps their word."""
        self.change_ones_mind(which, [pieces])
        self.answer_a_return(0, lost, "receive")
        self.complain(which, pieces)
        self.settle(0, kind, 100 * pieces, accept_answer)
        for act in PROMISED[:1] if kind == "refund" else PROMISED[1:]:
            self.keep_ones_word(0, act)
        self.answer_a_return(0, lost, "refund")

    def a_complaint(self, which: int) -> Complaint | None:
        return pick(Complaint.objects.exclude(state="closed").order_by("-pk"), which)
