"""Baskets and orders, whatever is done in whatever order: the parts make the whole, to the centime and to the jar."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import count_stock
from twiza.domain.orders.models import Cart, Coupon, Order, OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    CouponTerms,
    accept_order,
    agree_to_coupon,
    begin_checkout,
    decline_order,
    drop_coupon,
    join_baskets,
    mark_order_ready,
    offer_coupon,
    place_order,
    put_in_cart,
    record_delivery,
    set_quantities,
    start_cart,
    use_coupon,
)
from twiza.domain.payments.models import Payment
from twiza.kit.errors import DomainError

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 2)


@contextmanager
def refused_or_done():
    """A refusal leaves nothing behind: what follows sees the same as before."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                yield
        except DomainError:
            pass


class Shop(RuleBasedStateMachine):
    """Two buyers, three cooperatives, and whatever they come to do."""

    market = None

    @initialize()
    def open(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.variants = (self.market.saffron, self.market.argan, self.market.honey)
        self.owners = (self.market.fatima, self.market.hajja, self.market.mina)
        honey = self.market.honey_cooperative
        offer_coupon("TWIZA", CouponTerms(percent_off=13), by=None, cooperative_percent=0)
        offer_coupon("MIEL", CouponTerms(centimes_off=777, most_uses=1), by=self.market.mina, cooperative=honey)
        offer_coupon("ENSEMBLE", CouponTerms(percent_off=33), by=None, cooperative=honey, cooperative_percent=37)
        agree_to_coupon(Coupon.objects.get(code="ENSEMBLE"), by=self.market.mina)
        self.carts = [self.market.basket(self.market.honey), self.market.basket(self.market.argan, self.market.saffron)]

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def cart(self, which: int) -> Cart:
        """The first or the second buyer's basket; a new one with an address once it was ordered."""
        cart = Cart.objects.filter(pk=self.carts[which % 2].pk, completed_at__isnull=True).first()
        if cart is None:
            cart = self.carts[which % 2] = self.market.basket(self.variants[which])
        return cart

    @rule(who=WHICH, what=WHICH, quantity=st.integers(1, 8))
    def put_in(self, who: int, what: int, quantity: int) -> None:
        with refused_or_done():
            put_in_cart(self.cart(who), self.variants[what].pk, quantity, self.market.national)

    @rule(who=WHICH, what=WHICH, quantity=st.integers(0, 8))
    def change(self, who: int, what: int, quantity: int) -> None:
        with refused_or_done():
            set_quantities(self.cart(who), {self.variants[what].pk: quantity})

    @rule(who=WHICH, code=st.sampled_from(["TWIZA", "MIEL", "ENSEMBLE", ""]))
    def use_a_coupon(self, who: int, code: str) -> None:
        with refused_or_done():
            use_coupon(self.cart(who), code) if code else drop_coupon(self.cart(who))

    @rule(who=WHICH)
    def go_to_the_checkout(self, who: int) -> None:
        with refused_or_done():
            begin_checkout(self.cart(who))

    @rule(who=WHICH)
    def sign_in(self, who: int) -> None:
        """Somebody whose other basket is still open."""
        cart = self.cart(who)
        if cart.buyer_id is None:
            put_in_cart(start_cart(language="fr", buyer=self.market.salma), self.market.honey.pk, 1, self.market.national)
            kept = join_baskets(self.market.salma, cart)
            kept.buyer = None
            kept.save(update_fields=["buyer"])
            self.carts[who % 2] = kept

    @rule(who=WHICH, twice=st.booleans())
    def order(self, who: int, twice: bool) -> None:
        cart = self.cart(who)
        with refused_or_done():
            total = basket_of(cart).total_centimes
            group = place_order(cart, expected_total_centimes=total)
            assert group.total_centimes == total
            if twice:
                assert place_order(cart, expected_total_centimes=0) == group

    @rule(what=WHICH, price=st.integers(3000, 14000))
    def price_anew(self, what: int, price: int) -> None:
        with refused_or_done():
            set_price(self.variants[what], price, by=self.owners[what])

    @rule(what=WHICH, on_hand=st.integers(0, 12))
    def count(self, what: int, on_hand: int) -> None:
        with refused_or_done():
            count_stock(self.variants[what].pk, on_hand, by=self.owners[what])

    @rule(
        what=WHICH, which=st.integers(0, 5), act=st.sampled_from([accept_order, decline_order, mark_order_ready, record_delivery])
    )
    def answer(self, what: int, which: int, act) -> None:
        orders = list(Order.objects.filter(cooperative=self.variants[what].product.cooperative))
        if orders:
            with refused_or_done():
                act(orders[which % len(orders)], by=self.owners[what])

    @invariant()
    def the_parts_make_the_whole(self) -> None:
        if self.market is None or not hasattr(self, "outer"):
            return
        assert OrderGroup.objects.filter(coupon__code="MIEL").exclude(status="cancelled").count() <= 1
        for group in OrderGroup.objects.prefetch_related("orders__lines"):
            orders = group.orders.all()
            payment = Payment.objects.get(reference=f"group:{group.pk}")
            live = [order for order in orders if order.status != "declined"]
            assert group.items_centimes == sum(order.items_centimes for order in orders)
            assert group.delivery_centimes == sum(order.delivery_centimes for order in orders)
            assert group.discount_centimes == sum(order.discount_centimes for order in orders)
            assert all(o.discount_centimes == sum(line.discount_centimes for line in o.lines.all()) for o in orders)
            assert group.total_centimes == sum(order.total_centimes for order in orders)
            assert group.due_centimes == payment.amount_centimes == sum(order.total_centimes for order in live)
            assert all(order.items_centimes == sum(line.total_centimes for line in order.lines.all()) for order in orders)
            parts = payment.allocations.filter(cancelled_at__isnull=True)
            assert {part.reference: part.due_centimes for part in parts} == {f"order:{o.pk}": o.total_centimes for o in live}

    @invariant()
    def what_is_promised_is_what_is_ordered(self) -> None:
        if not hasattr(self, "outer"):
            return
        assert stock_faults() == (3, [])
        waiting = OrderLine.objects.filter(order__status__in=["placed", "accepted"], order__fulfilment__handed_over_at=None)
        promised = dict(waiting.order_by().values_list("variant").annotate(Sum("quantity")))
        levels = {level.variant_id: level.allocated for level in StockLevel.objects.filter(allocated__gt=0)}
        assert levels == promised


def test_no_order_of_acts_loses_a_centime_or_a_jar(market):
    Shop.market = market
    run_state_machine_as_test(
        Shop,
        settings=settings(
            max_examples=10, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), database=None
        ),
    )
