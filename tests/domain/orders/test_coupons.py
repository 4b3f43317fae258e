"""Coupons: who bears them is said beforehand, every centime is somebody's, and a declined part takes back its own share alone."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.orders import errors
from twiza.domain.orders.models import Cart, Coupon, OrderGroup, OrderLine
from twiza.domain.orders.rules import Discount, discounts, within
from twiza.domain.orders.selectors import basket_of, borne_by_twiza, coupons_of
from twiza.domain.orders.selectors.coupons import coupons_in, coupons_to_agree_to
from twiza.domain.orders.services import (
    Address,
    CouponTerms,
    accept_order,
    agree_to_coupon,
    decline_order,
    drop_coupon,
    hand_over_order,
    keep_address,
    offer_coupon,
    place_order,
    put_in_cart,
    record_delivery,
    start_cart,
    stop_coupon,
    use_coupon,
)
from twiza.domain.orders.services.coupons import offer_store_coupon
from twiza.domain.payments.models import Allocation
from twiza.foundation.accounts.models import User
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound


def of_twiza(code: str = "TWIZA10", share: int = 0, cooperative=None, **terms) -> Coupon:
    limits = CouponTerms(**{"percent_off": 10, **terms})
    return offer_coupon(code, limits, by=None, cooperative=cooperative, cooperative_percent=share)


def of_mina(market, code: str = "MIEL", **terms) -> Coupon:
    return offer_coupon(
        code, CouponTerms(**{"centimes_off": 2000, **terms}), by=market.mina, cooperative=market.honey_cooperative
    )


def place(cart: Cart) -> OrderGroup:
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def trouble(cart: Cart) -> str:
    found = basket_of(Cart.objects.get(pk=cart.pk)).coupon_trouble
    return found.code if found else ""


def test_a_coupon_is_frozen_on_every_line_with_who_bears_it(market):
    cart = market.basket()
    of_twiza(percent_off=15)
    use_coupon(cart, " twiza 10 ")

    group = place(Cart.objects.get(pk=cart.pk))

    off = {line.name_fr: (line.discount_centimes, line.cooperative_discount_centimes) for line in OrderLine.objects.all()}
    assert off == {"Safran pur": (570, 0), "Huile d'argan": (1425, 0), "Miel de thym": (1800, 0)}
    assert (group.discount_centimes, group.total_centimes, group.due_centimes) == (3795, 37300 - 3795, 37300 - 3795)
    assert sum(Allocation.objects.values_list("due_centimes", flat=True)) == 37300 - 3795
    assert group.coupon.code == "TWIZA10"
    assert stock_faults() == (3, [])


def test_a_cooperatives_coupon_takes_off_what_it_sells_and_nothing_else(market):
    cart = market.basket()
    of_mina(market)
    use_coupon(cart, "miel")

    group = place(Cart.objects.get(pk=cart.pk))

    parts = {order.cooperative: (order.discount_centimes, order.cooperative_discount_centimes) for order in group.orders.all()}
    assert parts == {
        market.honey_cooperative: (2000, 2000),
        market.argan_cooperative: (0, 0),
        market.saffron_cooperative: (0, 0),
    }


def test_a_declined_part_takes_back_its_share_alone(market):
    cart = market.basket()
    of_twiza()
    use_coupon(cart, "TWIZA10")
    group = place(Cart.objects.get(pk=cart.pk))
    frozen = dict(OrderLine.objects.values_list("pk", "discount_centimes"))

    decline_order(group.orders.get(cooperative=market.honey_cooperative), by=market.mina)

    group.refresh_from_db()
    assert group.due_centimes == group.total_centimes - (12000 + 4000 - 1200)
    assert dict(OrderLine.objects.values_list("pk", "discount_centimes")) == frozen
    live = Allocation.objects.filter(cancelled_at__isnull=True)
    assert sum(live.values_list("due_centimes", flat=True)) == group.due_centimes


def test_a_shared_coupon_waits_for_the_cooperatives_yes(market):
    coupon = of_twiza(share=40, cooperative=market.honey_cooperative)
    cart = market.basket(market.honey)
    with pytest.raises(errors.CouponUnknown):
        use_coupon(cart, "TWIZA10")
    with pytest.raises(NotFound):
        agree_to_coupon(coupon, by=market.hajja)

    agree_to_coupon(coupon, by=market.mina)
    use_coupon(cart, "TWIZA10")

    line = place(Cart.objects.get(pk=cart.pk)).orders.get().lines.get()
    assert (line.discount_centimes, line.cooperative_discount_centimes) == (1200, 480)
    with pytest.raises(errors.CouponNotWaiting):
        agree_to_coupon(coupon, by=market.mina)
    assert [(one.code, one.uses) for one in coupons_of(market.honey_cooperative)] == [("TWIZA10", 1)]


def test_what_twiza_bears_is_owed_to_the_cooperative_once_the_buyer_has_the_parcel(market, client):
    agree_to_coupon(of_twiza(share=40, cooperative=market.honey_cooperative), by=market.mina)
    cart = market.basket(market.honey)
    use_coupon(cart, "TWIZA10")
    order = place(Cart.objects.get(pk=cart.pk)).orders.get()
    accept_order(order, by=market.mina)
    hand_over_order(order, by=market.mina)
    assert borne_by_twiza(market.honey_cooperative) == 0

    record_delivery(order, by=market.mina)

    assert borne_by_twiza(market.honey_cooperative) == 720
    assert borne_by_twiza(market.argan_cooperative) == 0
    client.force_login(market.mina)
    assert "7,20" in client.get(f"/fr/workspace/{market.honey_cooperative.slug}/earnings/").content.decode()


def test_nobody_offers_what_another_bears(market):
    staff = User.objects.create_superuser("noura@example.ma", "a long enough secret", "Noura")
    for by, cooperative, share in (
        (market.hajja, market.honey_cooperative, 100),
        (market.mina, market.honey_cooperative, 50),
        (market.mina, None, 0),
        (staff, market.honey_cooperative, 100),
    ):
        with pytest.raises(NotFound):
            offer_coupon("GRATIS", CouponTerms(percent_off=5), by=by, cooperative=cooperative, cooperative_percent=share)

    with pytest.raises(NotFound):
        stop_coupon(of_mina(market), by=market.hajja)
    with pytest.raises(IntegrityError, match="coupon_borne_by_somebody_known"), transaction.atomic():
        of_twiza("PERSONNE", share=10)
    assert Coupon.objects.get().stopped_at is None


def test_every_limit_is_said_and_takes_nothing_off(market):
    cart, day = market.basket(market.honey), timedelta(days=1)
    tomorrow, yesterday = clock.today() + day, clock.today() - day
    of_twiza("DEMAIN", valid_from=tomorrow)
    of_twiza("HIER", valid_from=yesterday - day, valid_until=yesterday)
    of_twiza("GROS", least_centimes=13200)
    stop_coupon(of_mina(market), by=market.mina)

    for code, refusal in (("DEMAIN", errors.CouponNotYet), ("hier", errors.CouponOver), ("MIEL", errors.CouponOver)):
        with pytest.raises(refusal):
            use_coupon(cart, code)
    with pytest.raises(errors.CouponUnknown):
        use_coupon(cart, "؟؟")
    use_coupon(cart, "GROS")

    basket = basket_of(Cart.objects.get(pk=cart.pk))
    assert str(basket.coupon_trouble) == "Pour le bon GROS, il manque 12 DH de produits concernés."
    assert basket.discount_centimes == 0
    group = place(Cart.objects.get(pk=cart.pk))
    assert (group.discount_centimes, group.coupon) == (0, None)


def test_a_coupon_is_used_no_oftener_than_it_may_be(market):
    of_twiza("UNE", most_uses=2, most_uses_per_phone=1)
    first, second = market.basket(market.honey), market.basket(market.honey)
    for cart in (first, second):
        use_coupon(cart, "UNE")
    total = basket_of(Cart.objects.get(pk=second.pk)).total_centimes
    group = place(Cart.objects.get(pk=first.pk))

    assert trouble(second) == "coupon_used_by_you"
    with pytest.raises(errors.TotalChanged):
        place_order(second, expected_total_centimes=total)
    Cart.objects.filter(pk=second.pk).update(buyer_phone="+212683005009")
    place(Cart.objects.get(pk=second.pk))
    third = market.basket(market.argan)
    with pytest.raises(errors.CouponUsedUp):
        use_coupon(third, "UNE")

    decline_order(group.orders.get(), by=market.mina)
    use_coupon(third, "UNE")
    assert trouble(third) == ""


def test_what_it_is_for_is_said_when_nothing_of_it_is_there_and_it_can_be_taken_out(market):
    cart = market.basket(market.argan)
    of_mina(market)
    use_coupon(cart, "MIEL")

    assert "Coopérative Nahlat" in str(basket_of(Cart.objects.get(pk=cart.pk)).coupon_trouble)
    drop_coupon(cart)
    assert trouble(cart) == ""
    with pytest.raises(errors.CouponTaken):
        of_mina(market, "m-i-e-l")
    with pytest.raises(errors.CouponCodeUnreadable):
        of_mina(market, "a!")


def test_the_command_offers_what_twiza_bears(market):
    said = StringIO()
    call_command("offer_coupon", "ramadan", "--dirhams", "12,50", "--most-uses", "3", stdout=said)

    coupon = Coupon.objects.get()
    assert (coupon.code, coupon.centimes_off, coupon.cooperative_percent, coupon.most_uses) == ("RAMADAN", 1250, 0, 3)
    assert said.getvalue() == "✓ RAMADAN\n"


TOTALS = st.lists(st.integers(0, 10**7), min_size=1, max_size=12)


@given(totals=TOTALS, percent=st.integers(1, 100), share=st.integers(0, 100))
def test_a_percentage_is_split_to_the_centime(totals, percent, share):
    parts = discounts(Coupon(percent_off=percent, cooperative_percent=share), totals)

    assert sum(part.centimes for part in parts) == (sum(totals) * percent + 50) // 100
    assert all(0 <= part.cooperative_centimes <= part.centimes <= total for part, total in zip(parts, totals, strict=True))
    assert sum(part.cooperative_centimes for part in parts) == (sum(part.centimes for part in parts) * share + 50) // 100


@given(totals=TOTALS, off=st.integers(1, 10**7), share=st.integers(0, 100), becomes=st.integers(0, 10**7))
def test_an_amount_never_takes_off_more_than_there_is(totals, off, share, becomes):
    parts = discounts(Coupon(centimes_off=off, cooperative_percent=share), totals)

    assert sum(part.centimes for part in parts) == min(off, sum(totals))
    for part, total in zip(parts, totals, strict=True):
        assert 0 <= part.cooperative_centimes <= part.centimes <= total
        lighter = within(part, becomes)
        assert lighter.centimes == min(part.centimes, becomes)
        assert 0 <= lighter.cooperative_centimes <= lighter.centimes
    assert within(Discount(10, 4), 5) == Discount(5, 2)


def test_an_operator_bears_its_coupon_and_each_side_says_yes_or_ends_it(market):
    terms = CouponTerms(percent_off=10)
    with pytest.raises(NotFound):
        offer_store_coupon(market.souk, "SOUK", terms, by=market.mina)
    with pytest.raises(NotFound):  # the storefront shows nothing of it
        offer_store_coupon(market.souk, "SOUK", terms, by=market.youssef, cooperative=market.argan_cooperative)
    assert not Coupon.objects.exists()

    coupon = offer_store_coupon(
        market.souk, "SOUK", terms, by=market.youssef, cooperative=market.honey_cooperative, cooperative_percent=30
    )
    assert (coupon.borne_by, coupon.agreed_at, coupons_to_agree_to(market.honey_cooperative)) == (market.operator, None, 1)
    with pytest.raises(NotFound):
        agree_to_coupon(coupon, by=market.youssef)
    agree_to_coupon(coupon, by=market.mina)
    assert coupons_to_agree_to(market.honey_cooperative) == 0

    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, 1, market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    use_coupon(cart, "SOUK")
    order = place(Cart.objects.get(pk=cart.pk)).orders.get()
    (row,) = coupons_in(market.souk)
    assert (row.uses, row.operator_centimes, row.cooperative_centimes) == (1, 0, 0)
    record_delivery(hand_over_order(accept_order(order, by=market.mina), by=market.mina), by=market.mina)
    (row,) = coupons_in(market.souk)
    assert (row.operator_centimes, row.cooperative_centimes) == (840, 360)

    with pytest.raises(NotFound):
        stop_coupon(coupon, by=market.hajja)
    stop_coupon(coupon, by=market.youssef)
    assert coupons_in(market.souk)[0].is_over


def test_what_an_operator_asks_no_share_of_holds_at_once(market):
    coupon = offer_store_coupon(market.souk, "SOUK", CouponTerms(percent_off=10), by=market.youssef, cooperative_percent=30)

    assert (coupon.cooperative_percent, coupon.agreed_at is not None, coupons_of(market.honey_cooperative)) == (0, True, [])
