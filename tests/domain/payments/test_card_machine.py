"""Any sequence of attempts, notices, refusals and refunds keeps the money exact."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bank import SHOP
from twiza.domain.payments.errors import NotWaitingForMoney, PaidAlready, RefundAboveReceived
from twiza.domain.payments.models import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.provider import PaymentNotice, Verdict
from twiza.domain.payments.services import (
    begin_payment,
    cancel_part,
    cancel_unpaid,
    change_part,
    hear_of_payment,
    open_payment,
    owe_refund,
    record_refund,
)
from twiza.kit import clock

ACTS = st.tuples(
    st.sampled_from(["begin", "approve", "approve", "fail", "wrong", "decline", "lapse", "change", "owe", "refund"]),
    st.integers(0, 3),
    st.integers(1, 9_000),
)


class Story:
    """One payment of some parts, and everything that may be told of it."""

    def __init__(self, parts: list[int]) -> None:
        self.parts = [f"order:{place}" for place, _ in enumerate(parts)]
        self.payment = open_payment(provider="cmi", reference="group:1", parts=dict(zip(self.parts, parts, strict=True)))
        self.verdicts: dict[str, set[Verdict]] = {}

    def act(self, what: str, which: int, centimes: int) -> None:
        with suppress(NotWaitingForMoney, PaidAlready, RefundAboveReceived), transaction.atomic():
            getattr(self, f"_{what}")(which, centimes)

    def _begin(self, which: int, centimes: int) -> None:
        begin_payment("group:1", language="fr")

    def _notice(self, which: int, outcome: str, more: int = 0) -> None:
        attempts = list(PaymentAttempt.objects.all())
        if not attempts:
            return
        attempt = attempts[which % len(attempts)]
        reference = f"{outcome}{attempt.pk}"
        amount = attempt.amount_centimes + more
        verdict = hear_of_payment("cmi", PaymentNotice(attempt.reference, outcome, amount, "MAD", reference))
        if not more:
            self.verdicts.setdefault(reference, set()).add(verdict)
        else:
            assert verdict == Verdict.REFUSED

    def _approve(self, which: int, centimes: int) -> None:
        self._notice(which, "approved")

    def _fail(self, which: int, centimes: int) -> None:
        self._notice(which, "failed")

    def _wrong(self, which: int, centimes: int) -> None:
        self._notice(which, "approved", centimes)

    def _decline(self, which: int, centimes: int) -> None:
        cancel_part(self.parts[which % len(self.parts)])

    def _lapse(self, which: int, centimes: int) -> None:
        cancel_unpaid("group:1")

    def _change(self, which: int, centimes: int) -> None:
        change_part(self.parts[which % len(self.parts)], centimes)

    def _owe(self, which: int, centimes: int) -> None:
        count = Refund.objects.count()
        part = self.parts[which % len(self.parts)]
        owe_refund(part, reference=f"return:{count}", amount_centimes=centimes, due_on=clock.today())

    def _refund(self, which: int, centimes: int) -> None:
        refund = Refund.objects.filter(paid_at__isnull=True).first()
        if refund:
            record_refund(refund.reference, how="card", told={})

    def holds(self) -> None:
        for payment in Payment.objects.prefetch_related("allocations__refunds"):
            live = [part for part in payment.allocations.all() if part.cancelled_at is None]
            assert sum(part.due_centimes for part in live) == payment.amount_centimes
            for part in payment.allocations.all():
                assert sum(refund.amount_centimes for refund in part.refunds.all()) <= part.captured_centimes
        taken = PaymentEvent.objects.filter(kind__in=["captured", "surplus"])
        captured = sum(Allocation.objects.values_list("captured_centimes", flat=True))
        assert sum(event.amount_centimes for event in taken) == captured
        assert all(len(verdicts) == 1 for verdicts in self.verdicts.values())
        assert taken.filter(kind="captured").count() <= 1
        for surplus in Payment.objects.filter(surplus_of__isnull=False):
            assert surplus.allocations.get().refunds.get().amount_centimes == surplus.amount_centimes


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(st.integers(1, 9_000), min_size=1, max_size=4), acts=st.lists(ACTS, max_size=14))
def test_whatever_is_told_in_whatever_order_the_money_is_exact(parts, acts):
    with override_settings(**SHOP), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
        story = Story(parts)
        for act in acts:
            story.act(*act)
            story.holds()
        transaction.set_rollback(True)
    assert "cmi" not in django_settings.PAYMENT_PROVIDERS
