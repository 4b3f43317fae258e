"""One print for everything that is packed: what to take, and a label for each parcel."""

from __future__ import annotations

from twiza.domain.orders.services import accept_order, hand_over_order, mark_order_ready


def test_mina_prints_what_she_accepted_and_nobody_elses_address(market, signed_in):
    to_pack, also, packed, sent, waiting = (market.order(market.honey, quantity=2).orders.get() for _ in range(5))
    for order in (to_pack, also, packed, sent):
        accept_order(order, by=market.mina)
    mark_order_ready(packed, by=market.mina)
    hand_over_order(sent, by=market.mina)
    where = f"/fr/workspace/{market.honey_cooperative.slug}/orders/"
    mina = signed_in(market.mina)
    assert f"{where}packing/" in mina.get(where).content.decode()

    page = mina.get(f"{where}packing/").content.decode()

    assert '<bdi dir="ltr">4 ×</bdi></b> <span>Miel de thym' in page
    for order in (to_pack, also, packed):
        assert page.count(f'<b class="parcel-number"><bdi>{order.number}</bdi></b>') == 1
    for order in (sent, waiting):
        assert order.number not in page
    assert page.count('class="label-qr"') == 3
    assert page.count("Maârif, près de la mosquée Al Amal") == 3
    assert page.count("À encaisser") == 3
    assert page.split("parcel-labels")[1].count("DH") == 3  # what is collected, and no price
