"""What buyers do until an order is placed, and what happens on the shelves meanwhile."""

from __future__ import annotations

import uuid
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.domain.orders.acts import attempt, pick
from twiza.domain.aftersales.services import settle_unheard_complaints
from twiza.domain.catalogue.services import SaleTerms, set_price, set_sale_terms
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.services import allow_reservations, count_stock, recall_lot, receive_lot, throw_away_lot
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    ask_cooperatives,
    begin_checkout,
    chase_answers,
    choose_payment,
    drop_coupon,
    join_baskets,
    lapse_offers,
    look_after_unpaid,
    pay_at_the_door_instead,
    place_order,
    put_gift_basket_in_cart,
    put_in_cart,
    set_gift_baskets,
    set_quantities,
    start_cart,
    use_coupon,
)
from twiza.domain.payments.models import PaymentAttempt
from twiza.domain.payments.provider import PaymentNotice
from twiza.domain.payments.services import begin_payment, hear_of_payment
from twiza.domain.stalls.models import StallSale
from twiza.domain.stalls.services import Sold, count_after_shortage, record_till_sale, sell_at_stall, take_back_sale
from twiza.kit import clock

WHO, WHAT, WHICH = st.integers(0, 1), st.integers(0, 3), st.integers(0, 11)
CODES = st.sampled_from(["TWIZA", "MIEL", "ENSEMBLE", ""])
AHEAD = st.sampled_from([{"reserved": 40}, {"reserved": 40}, {"made": 5}, {}])
LEAPS = st.sampled_from([timedelta(minutes=10), timedelta(minutes=20), timedelta(hours=9), timedelta(days=1), timedelta(days=6)])


class Buying:
    """Two baskets, four things to buy in two storefronts, and a gift basket."""

    def cart(self, who: int) -> Cart:
        """The first or the second basket; a new one with an address once it was ordered."""
        cart = Cart.objects.filter(pk=self.carts[who].pk, completed_at__isnull=True).first()
        if cart is None:
            cart = self.carts[who] = self.market.basket(*self.variants[:3])
        return cart

    @rule(who=WHO, what=WHAT, quantity=st.integers(1, 5), in_souk=st.booleans())
    def put_in(self, who: int, what: int, quantity: int, in_souk: bool) -> None:
        storefront = self.market.souk if in_souk else self.market.national
        attempt(put_in_cart, self.cart(who), self.variants[what].pk, quantity, storefront)

    @rule(who=WHO, quantity=st.integers(1, 2))
    def put_in_a_gift_basket(self, who: int, quantity: int) -> None:
        attempt(put_gift_basket_in_cart, self.cart(who), self.market.souk, self.gift.slug, quantity)

    @rule(who=WHO, what=WHAT, quantity=st.integers(0, 8), gifts=st.integers(0, 3))
    def change(self, who: int, what: int, quantity: int, gifts: int) -> None:
        cart = self.cart(who)
        attempt(set_quantities, cart, {self.variants[what].pk: quantity})
        attempt(set_gift_baskets, cart, {self.gift.pk: gifts}, {})

    @rule(who=WHO, code=CODES)
    def use_a_coupon(self, who: int, code: str) -> None:
        cart = self.cart(who)
        if code:
            attempt(use_coupon, cart, code)
        else:
            attempt(drop_coupon, cart)

    @rule(who=WHO)
    def go_to_the_checkout(self, who: int) -> None:
        attempt(begin_checkout, self.cart(who))

    @rule(who=WHO)
    def sign_in_on_another_phone(self, who: int) -> None:
        cart = self.cart(who)
        if cart.buyer_id is None:
            attempt(put_in_cart, start_cart(language="fr", buyer=self.market.salma), self.variants[2].pk, 1, self.market.souk)
            kept = join_baskets(self.market.salma, cart)
            kept.buyer = None
            kept.save(update_fields=["buyer"])
            self.carts[who] = kept

    @rule(who=WHO, how=st.sampled_from(["", "", "", "twice", "stale", "card", "card"]))
    def order(self, who: int, how: str) -> None:
        cart = self.cart(who)
        if how == "card":
            attempt(choose_payment, cart, "cmi")
            cart.refresh_from_db()
        total = basket_of(cart).total_centimes
        group = attempt(place_order, cart, expected_total_centimes=total + (how == "stale"))
        assert how != "stale" or group is None
        if group is None:
            attempt(choose_payment, cart, "cash_on_delivery")
            return
        assert group.total_centimes == total
        if how == "twice":
            assert place_order(cart, expected_total_centimes=0) == group

    @rule(which=WHICH, outcome=st.sampled_from(["approved", "approved", "failed", "door"]), more=st.sampled_from([0, 0, 0, 1]))
    def go_to_the_bank(self, which: int, outcome: str, more: int) -> None:
        group = pick(OrderGroup.objects.filter(pay_before__isnull=False).order_by("-pk"), which)
        if group is None:
            return
        if outcome == "door":
            attempt(pay_at_the_door_instead, group, start_cart(language="fr"))
            return
        self.pay(group, which, outcome, more)

    def pay(self, group: OrderGroup, which: int = 0, outcome: str = "approved", more: int = 0) -> None:
        """The bank says it of this attempt or another, and says it twice."""
        attempt(begin_payment, group.payment_reference, language="fr")
        tried = pick(PaymentAttempt.objects.filter(payment__reference=group.payment_reference).order_by("-pk"), which)
        if tried is not None:
            said = PaymentNotice(tried.reference, outcome, tried.amount_centimes + more, "MAD", f"{outcome}{tried.pk}")
            assert hear_of_payment("cmi", said) == hear_of_payment("cmi", said)
        attempt(ask_cooperatives, group.pk)

    @rule(leap=LEAPS)
    def time_passes(self, leap: timedelta) -> None:
        self.traveller.shift(leap)
        for watch in (look_after_unpaid, chase_answers, lapse_offers, settle_unheard_complaints):
            attempt(watch)

    @rule(what=WHAT, price=st.integers(3000, 14000))
    def price_anew(self, what: int, price: int) -> None:
        attempt(set_price, self.variants[what], price, by=self.owners[what])

    @rule(what=WHAT, on_hand=st.integers(0, 25), is_after_shortage=st.booleans())
    def count(self, what: int, on_hand: int, is_after_shortage: bool) -> None:
        variant, by = self.variants[what], self.owners[what]
        if is_after_shortage:
            attempt(count_after_shortage, variant.product.cooperative, variant, on_hand, by=by)
        else:
            attempt(count_stock, variant.pk, on_hand, by=by)

    @rule(what=WHAT, quantity=st.integers(1, 9), days=st.sampled_from([None, -1, 0, 3, 40]))
    def make_more(self, what: int, quantity: int, days: int | None) -> None:
        today = clock.today()
        until = None if days is None else today + timedelta(days=days)
        attempt(receive_lot, self.variants[what].pk, quantity, produced_on=today, best_before=until, by=self.owners[what])

    @rule(what=WHAT, terms=AHEAD, how_many=st.integers(0, 8))
    def sell_what_is_not_there_yet(self, what: int, terms: dict[str, int], how_many: int) -> None:
        """Reserved until a day, made to order, or from the shelf alone: what was promised before stays promised as it was."""
        day = {"preorder_ships_by": clock.today() + timedelta(terms["reserved"])} if "reserved" in terms else {}
        made = {"made_to_order_days": terms["made"]} if "made" in terms else {}
        attempt(set_sale_terms, self.variants[what].product, SaleTerms(**day, **made), by=self.owners[what])
        attempt(allow_reservations, [self.variants[what].pk], how_many, by=self.owners[what])

    @rule(which=WHICH, is_recalled=st.booleans())
    def lose_a_lot(self, which: int, is_recalled: bool) -> None:
        lot = pick(Lot.objects.order_by("pk"), which)
        if lot is not None:
            by = self.owner_of(lot.variant)
            attempt(recall_lot, lot, "spoilt", by=by) if is_recalled else attempt(throw_away_lot, lot, by=by)

    @rule(what=WHAT, pieces=st.integers(1, 6), how=st.sampled_from(["stall", "till", "back"]))
    def sell_at_the_souk(self, what: int, pieces: int, how: str) -> None:
        variant, by = self.variants[what], self.owners[what]
        cooperative, key = variant.product.cooperative, uuid.uuid4()
        if how == "back":
            sale = pick(StallSale.objects.filter(cooperative=cooperative).order_by("-pk"), pieces)
            if sale is not None:
                attempt(take_back_sale, sale, by=by)
            return
        sold = [Sold(variant.pk, pieces, grams=pieces * 500 if variant.is_weighed else None)]
        moment = [clock.now()] if how == "till" else []
        for _each in range(2):  # a phone sends again what it is not sure of
            attempt(record_till_sale if moment else sell_at_stall, cooperative, key, sold, *moment, by=by)
        assert StallSale.objects.filter(key=key).count() <= 1
