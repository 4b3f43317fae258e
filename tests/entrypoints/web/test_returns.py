"""Salma changes her mind over plain HTTP, and the cooperative takes it back."""

from __future__ import annotations

from django.test import Client

from twiza.domain.aftersales.models import Return
from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery


def delivered(market, *variants):
    group = market.order(*variants)
    people = {
        market.saffron_cooperative: market.fatima,
        market.argan_cooperative: market.hajja,
        market.honey_cooperative: market.mina,
    }
    for order in group.orders.order_by("pk"):
        by = people[order.cooperative]
        record_delivery(hand_over_order(accept_order(order, by=by), by=by), by=by)
    return group


def test_a_buyer_sends_back_with_one_tap_and_reads_until_when_the_money_comes(market):
    group = delivered(market, market.saffron)
    address = f"/fr/orders/{group.token}/"
    page = Client().get(address).content.decode()
    form_address = f"{address}{market.saffron_cooperative.slug}/return/"
    assert form_address in page
    form = Client().get(form_address).content.decode()
    line = OrderLine.objects.get()
    assert f'name="line-{line.pk}" value="1"' in form
    assert "Choisissez au moins une chose" in Client().post(form_address, {f"line-{line.pk}": 0}).content.decode()

    answer = Client().post(form_address, {f"line-{line.pk}": 1})

    assert answer.headers["Location"] == address
    page = Client().get(address).content.decode()
    assert "Vous renvoyez" in page
    assert "vous sont rendus avant le" in page
    assert form_address not in page
    assert Client().get(form_address).status_code == 302


def test_a_page_with_several_parcels_offers_each_what_may_go_back(market):
    group = delivered(market)
    OrderLine.objects.filter(variant=market.honey).update(withdrawal="perishable")

    page = Client().get(f"/fr/orders/{group.token}/").content.decode()

    assert [f"{one.slug}/return/" in page for one in (market.saffron_cooperative, market.argan_cooperative)] == [True, True]
    assert f"{market.honey_cooperative.slug}/return/" not in page
    assert Client().get("/fr/orders/nobody/x/return/").status_code == 404
    assert not Return.objects.exists()


def test_a_cooperative_takes_it_back_and_gives_the_money_back(market):
    group = delivered(market, market.saffron)
    line = OrderLine.objects.get()
    Client().post(f"/fr/orders/{group.token}/{market.saffron_cooperative.slug}/return/", {f"line-{line.pk}": 1})
    returned = Return.objects.get()
    fatima = Client()
    fatima.force_login(market.fatima)
    work = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    assert f"{work}returns/{returned.pk}/" in fatima.get(f"{work}returns/").content.decode()
    assert "1 retour à regarder" in fatima.get(f"{work}orders/").content.decode()

    for step, typed in (("approve", {}), ("receive", {f"line-{line.pk}": 1, "reason": ""}), ("refunded", {"how": "cash"})):
        assert fatima.get(f"{work}returns/{returned.pk}/").status_code == 200
        assert fatima.post(f"{work}returns/{returned.pk}/{step}/", typed).status_code == 302

    returned.refresh_from_db()
    assert returned.state == "refunded"
    assert "rendus le" in Client().get(f"/fr/orders/{group.token}/").content.decode()


def test_an_operator_reads_who_waits_for_their_money(market):
    group = delivered(market, market.honey)
    OrderLine.objects.update(storefront=market.souk, withdrawal="standard")
    order = group.orders.get()
    Return.objects.create(order=order, refund_centimes=15500, asked_at=order.answered_at, refund_due_on="2020-01-02")
    youssef = Client()
    youssef.force_login(market.youssef)

    page = youssef.get("/fr/workspace/stores/souk-khouribga/returns/").content.decode()

    assert 'class="is-late"' in page
    assert market.honey_cooperative.name in page
