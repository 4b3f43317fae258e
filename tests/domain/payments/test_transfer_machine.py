"""Any sequence of transfers, decisions and lapses keeps every centime that came: paid, waiting for its rest, or owed back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bank_account import ACCOUNT
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.payments.models import Allocation, BankStatement, Payment, PaymentAttempt, Refund, StatementLine, TransferShare
from twiza.domain.payments.selectors import missing_of
from twiza.domain.payments.services import (
    cancel_part,
    cancel_unpaid,
    match_new_lines,
    open_payment,
    set_line_aside,
    settle_line,
    take_line_up_again,
)
from twiza.kit.errors import DomainError

ACTS = st.tuples(
    st.sampled_from(["exact", "rest", "bare", "settle", "settle", "split", "back", "aside", "again", "lapse", "decline"]),
    st.integers(0, 3),
    st.integers(1, 9_000),
)


class Story:
    def __init__(self, amounts: list[int], keeper) -> None:
        self.keeper = keeper
        for place, amount in enumerate(amounts):
            open_payment(provider="bank_transfer", reference=f"deposit:{place}", parts={f"a:{place}": amount, f"b:{place}": 100})
        self.payments = list(Payment.objects.order_by("pk"))
        self.statement = BankStatement.objects.create(
            file_name="x", sha256="x", rib=ACCOUNT["TRANSFER_RIB"], imported_by=keeper, credits=0, news=0
        )

    def act(self, what: str, which: int, centimes: int) -> None:
        payment = self.payments[which % len(self.payments)]
        with suppress(DomainError), transaction.atomic():
            getattr(self, f"_{what}")(payment, centimes)

    def _came(self, words: str, centimes: int) -> None:
        place = StatementLine.objects.count()
        StatementLine.objects.create(
            statement=self.statement, fingerprint=str(place), on=date(2026, 11, 23), words=words, amount_centimes=centimes
        )
        match_new_lines()

    def _exact(self, payment: Payment, centimes: int) -> None:
        self._came(PaymentAttempt.objects.get(payment=payment).reference, payment.amount_centimes)

    def _rest(self, payment: Payment, centimes: int) -> None:
        self._came(PaymentAttempt.objects.get(payment=payment).reference, missing_of(payment) or 1)

    def _bare(self, payment: Payment, centimes: int) -> None:
        self._came("VIR", centimes)

    def _settle(self, payment: Payment, centimes: int) -> None:
        line = self._waiting()
        settle_line(line.pk, [(payment.pk, min(centimes, line.amount_centimes, missing_of(payment)))], by=self.keeper)

    def _split(self, payment: Payment, centimes: int) -> None:
        line = self._waiting()
        shares = [(one.pk, min(missing_of(one), line.amount_centimes // len(self.payments))) for one in self.payments]
        settle_line(line.pk, shares, by=self.keeper)

    def _back(self, payment: Payment, centimes: int) -> None:
        settle_line(self._waiting().pk, [], by=self.keeper)

    def _aside(self, payment: Payment, centimes: int) -> None:
        set_line_aside(self._waiting().pk, by=self.keeper)

    def _again(self, payment: Payment, centimes: int) -> None:
        line = StatementLine.objects.filter(state="aside").first()
        if line:
            take_line_up_again(line.pk, by=self.keeper)

    def _lapse(self, payment: Payment, centimes: int) -> None:
        cancel_unpaid(payment.reference)

    def _decline(self, payment: Payment, centimes: int) -> None:
        if Payment.objects.get(pk=payment.pk).state == "captured":
            cancel_part(f"a:{payment.reference.partition(':')[2]}")

    def _waiting(self) -> StatementLine:
        line = StatementLine.objects.filter(state="waiting").order_by("pk").first()
        if line is None:
            raise DomainError
        return line

    def holds(self) -> None:
        for line in StatementLine.objects.prefetch_related("shares"):
            shared = sum(share.amount_centimes for share in line.shares.all())
            assert shared == (line.amount_centimes if line.state in {"matched", "settled"} else 0)
        came = _sum(StatementLine.objects.filter(state__in=["matched", "settled"]), "amount_centimes")
        waits = TransferShare.objects.filter(payment__state="pending", goes_back=False)
        assert came == _sum(Allocation.objects.all(), "captured_centimes") + _sum(waits, "amount_centimes")
        for payment in Payment.objects.filter(pk__in=[one.pk for one in self.payments]):
            assert missing_of(payment) >= 0 or payment.state == "cancelled"
            assert (payment.state == "captured") == (payment.state != "cancelled" and missing_of(payment) == 0)
        for part in Allocation.objects.prefetch_related("refunds"):
            assert sum(refund.amount_centimes for refund in part.refunds.all()) <= part.captured_centimes
        nobodys = Payment.objects.filter(state="captured").exclude(pk__in=[one.pk for one in self.payments])
        assert _sum(Refund.objects.filter(allocation__payment__in=nobodys), "amount_centimes") == _sum(nobodys, "amount_centimes")


def _sum(rows, field: str) -> int:
    return rows.aggregate(all=Sum(field))["all"] or 0


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(1, 9_000), min_size=1, max_size=3), acts=st.lists(ACTS, max_size=10))
def test_no_centime_that_came_is_lost_or_counted_twice(market, amounts, acts):
    with override_settings(**ACCOUNT), transaction.atomic():
        entrust_register(market.operator, by=None)
        story = Story(amounts, market.youssef)
        for act in acts:
            story.act(*act)
            story.holds()
        transaction.set_rollback(True)
