"""One print for everything that is packed: what to take, and a label for each parcel."""

from __future__ import annotations

from twiza.domain.aftersales.services import Settlement, accept_answer, answer_complaint, open_complaint, send_replacement
from twiza.domain.orders.services import accept_order, hand_over_order, mark_order_ready, record_delivery


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


def test_what_is_sent_again_is_packed_with_the_others(market, signed_in):
    arrived, to_pack = (market.order(market.honey, quantity=2).orders.get() for _ in range(2))
    for order in (arrived, to_pack):
        accept_order(order, by=market.mina)
    record_delivery(hand_over_order(arrived, by=market.mina), by=market.mina)
    complaint = open_complaint(arrived, arrived.lines.get().pk, kind="damaged", pieces=1, words="Cassé.")
    answer_complaint(complaint, Settlement("replace", 0, "Pardon."), by=market.mina)
    accept_answer(complaint)
    mina, where = signed_in(market.mina), f"/fr/workspace/{market.honey_cooperative.slug}/orders/packing/"

    page = mina.get(where).content.decode()
    assert '<bdi dir="ltr">3 ×</bdi></b> <span>Miel de thym' in page
    assert page.count(f'<b class="parcel-number"><bdi>{arrived.number}</bdi></b>') == 1
    assert page.count("Déjà payé") == 1

    send_replacement(complaint, tracking="", by=market.mina)
    assert arrived.number not in mina.get(where).content.decode()
