"""The same is told to many at once, and several things of one moment: committed rows, threads with connections of their own."""

from __future__ import annotations

from functools import partial

import pytest

from tests.domain.inventory.test_lot_races import together
from tests.jobs import run_jobs
from tests.people import build_market
from twiza.domain.ledger.models import Account, CommissionLine, JournalEntry, Posting
from twiza.domain.ledger.selectors import ledger_faults
from twiza.domain.ledger.services import RateTerms, keep_collection, keep_delivery, set_rate
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.payments.models import CashCollection


@pytest.mark.django_db(transaction=True)
def test_what_eight_hear_at_once_is_written_once_and_no_account_is_opened_twice():
    market = build_market()
    set_rate("all", RateTerms(500), reason="ouverture", by=None)
    orders = [market.order(market.saffron).orders.get() for _number in range(2)]
    for order in orders:
        accept_order(order, by=market.fatima)
        hand_over_order(order, by=market.fatima)
        record_delivery(order, by=market.fatima)
    deliveries = [partial(keep_delivery, order.pk) for order in orders]
    cash = [partial(keep_collection, pk) for pk in CashCollection.objects.values_list("pk", flat=True)]

    ends = together([*deliveries, *cash] * 2)

    assert ends == ["done"] * 8
    assert (JournalEntry.objects.count(), CommissionLine.objects.count(), Account.objects.count()) == (4, 2, 5)
    assert Posting.objects.count() == 12
    assert ledger_faults() == (4, [])
    run_jobs()  # nothing waits for the tests that follow
    assert ledger_faults() == (4, [])
