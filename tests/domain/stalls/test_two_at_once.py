"""Two taps at the same moment sell once; sellers and phones at the same moment never sell the same jar twice."""

from __future__ import annotations

import uuid
from functools import partial

import pytest

from tests.domain.inventory.test_lot_races import together
from tests.people import build_market
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.stalls.models import StallSale
from twiza.domain.stalls.selectors import shortages_of
from twiza.domain.stalls.services import Sold, record_till_sale, sell_at_stall
from twiza.kit import clock


@pytest.mark.django_db(transaction=True)
def test_the_last_jars_are_sold_once_and_what_happened_elsewhere_is_kept():
    """Ten jars. The same tap four times, four sellers of three each, and a phone that sold four and sends them twice."""
    market = build_market()
    hers, tap, brought = market.honey_cooperative, uuid.uuid4(), uuid.uuid4()
    four, three = [Sold(market.honey.pk, 4)], [Sold(market.honey.pk, 3)]
    taps = [partial(sell_at_stall, hers, tap, three, by=market.mina) for _tap in range(4)]
    sellers = [partial(sell_at_stall, hers, uuid.uuid4(), three, by=market.mina) for _seller in range(4)]
    phones = [partial(record_till_sale, hers, brought, four, clock.now(), by=market.mina) for _time in range(2)]

    ends = together([*taps, *sellers, *phones])

    assert set(ends) <= {"done", "out_of_stock"}
    sold = {sale.key: sum(line.pieces for line in sale.lines.all()) for sale in StallSale.objects.prefetch_related("lines")}
    missing = sum(one.missing_pieces for one in shortages_of(hers.pk))
    assert sold[brought] == 4
    assert sum(sold.values()) - missing + StockLevel.objects.get(variant=market.honey).on_hand == 10
    assert stock_faults()[1] == []
