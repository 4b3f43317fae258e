"""Many parcels leave at once from the same lots: committed rows, threads with connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import Sum

from tests.jobs import run_jobs
from tests.people import build_market
from twiza.domain.inventory.models import Lot, LotChange, StockLevel
from twiza.domain.inventory.selectors import pieces_sent_of, stock_faults
from twiza.domain.inventory.services import Want, allocate_stock, count_stock, dispatch_stock, recall_lot, receive_lot
from twiza.kit import clock
from twiza.kit.errors import DomainError

PARCELS = 8


def together(acts: list[Callable[[], object]]) -> list[str]:
    """Each act in a thread of its own; what each one came to. Anything but a refusal is raised."""

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_parcels_that_leave_at_once_never_send_more_than_there_is():
    """Half of them take honey first and half argan oil; a lot is called back in between."""
    market = build_market()
    today = clock.today()
    variants = [(market.honey, market.mina), (market.argan, market.hajja)]
    for variant, owner in variants:
        count_stock(variant.pk, 0, by=owner)
        for days in (10, 20, 30):
            receive_lot(variant.pk, 5, produced_on=today, best_before=today + timedelta(days=days), by=owner)
    wants = [
        [Want(variant.pk, 1 + parcel % 2, f"order-line:{parcel}{place}") for place, (variant, _owner) in enumerate(variants)]
        for parcel in range(PARCELS)
    ]
    for parcel, both in enumerate(wants):
        allocate_stock(f"cart:{parcel}", both)
    first = Lot.objects.filter(variant=market.honey).first()
    assert first is not None

    ends = together(
        [
            *(lambda both=both[:: -1 if parcel % 2 else 1]: dispatch_stock(both, by=None) for parcel, both in enumerate(wants)),
            lambda: recall_lot(first, "unsafe", by=market.mina),
        ]
    )

    assert ends == ["done"] * (PARCELS + 1)
    sent = sum(both[0].quantity for both in wants)
    for variant, _owner in variants:
        level = StockLevel.objects.get(variant=variant)
        assert (level.on_hand, level.allocated, level.in_lots) == (15 - sent, 0, 15 - sent)
        changes = LotChange.objects.filter(lot__variant=variant, movement__kind="dispatched")
        assert changes.aggregate(total=Sum("on_hand_change"))["total"] == -sent
    for lot in Lot.objects.all():
        assert 0 <= lot.on_hand == 5 - sum(pieces_sent_of(lot).values())
    assert stock_faults() == (3, [])
    run_jobs()  # nothing waits for the tests that follow
