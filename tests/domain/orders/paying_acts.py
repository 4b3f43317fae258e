"""What those who look after the market's money do: refunds through the bank, payouts, and what the bank sends back."""

from __future__ import annotations

from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.domain.orders.acts import attempt, pick
from twiza.domain.directory.models import Organisation
from twiza.domain.ledger.selectors import balance_of
from twiza.domain.ledger.services import catch_up
from twiza.domain.payments.models import Refund
from twiza.domain.payments.services import record_card_refund
from twiza.domain.payouts.models import Payout, PayoutBatch, PayoutFile
from twiza.domain.payouts.selectors.plan import unsettled
from twiza.domain.payouts.services import (
    OnStatement,
    approve_batch,
    approve_retry,
    ask_to_retry,
    confirm_paid,
    draft_batch,
    drop_batch,
    export_batch,
    record_return,
)
from twiza.kit import clock

LATEST = st.integers(0, 3)


class Paying:
    """Two people who look after the market's money."""

    keepers = None

    @rule(least=st.sampled_from([1, 1, 5000]))
    def draft(self, least: int) -> None:
        catch_up()
        attempt(draft_batch, clock.today(), by=self.keepers[0], least_centimes=least)

    @rule(which=LATEST, same=st.sampled_from([False, False, False, True]))
    def approve(self, which: int, same: bool) -> None:
        batch = pick(PayoutBatch.objects.order_by("-pk"), which)
        if batch is not None:
            attempt(approve_batch, batch, by=self.keepers[0 if same else 1])

    @rule(which=LATEST)
    def send(self, which: int) -> None:
        batch = pick(PayoutBatch.objects.order_by("-pk"), which)
        if batch is not None:
            attempt(export_batch, batch, layout="mandates", way="post", by=self.keepers[1])

    @rule(which=LATEST)
    def drop(self, which: int) -> None:
        batch = pick(PayoutBatch.objects.filter(state="draft"), which)
        if batch is not None:
            attempt(drop_batch, batch, reason="autre jour", by=self.keepers[0])

    @rule(which=LATEST)
    def confirm(self, which: int) -> None:
        file = pick(PayoutFile.objects.order_by("-pk"), which)
        if file is not None:
            attempt(confirm_paid, file, OnStatement("M-1", clock.today()), by=self.keepers[1])

    @rule(which=LATEST, again=st.booleans())
    def comes_back(self, which: int, again: bool) -> None:
        payout = pick(Payout.objects.order_by("-pk"), which)
        if payout is None:
            return
        attempt(record_return, payout, reason="absente", on=clock.today(), by=self.keepers[1])
        if again:
            attempt(ask_to_retry, payout, by=self.keepers[0])
            attempt(approve_retry, payout, by=self.keepers[1])

    @rule(which=LATEST)
    def give_back_by_the_bank(self, which: int) -> None:
        refund = pick(Refund.objects.filter(paid_at__isnull=True).order_by("pk"), which)
        if refund is not None:
            attempt(record_card_refund, refund.pk, by=self.keepers[0])


def everybody_is_paid_once() -> None:
    """A payout is what it is made of, and what is owed is in one payout or waits for one."""
    for payout in Payout.objects.annotate(items_centimes=Sum("items__amount_centimes")):
        assert payout.items_centimes == payout.amount_centimes, payout
    open_ones = Payout.objects.filter(state__in=["waiting", "sent", "returned"])
    for cooperative in Organisation.objects.filter(kind="cooperative", merged_into=None).order_by("pk"):
        loose = unsettled().filter(account__organisation=cooperative).aggregate(all=Sum("amount_centimes"))["all"] or 0
        to_come = open_ones.filter(cooperative=cooperative).aggregate(all=Sum("amount_centimes"))["all"] or 0
        assert balance_of(cooperative.pk) == to_come - loose
