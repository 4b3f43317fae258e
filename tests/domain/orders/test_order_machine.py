"""From the basket to the complaint, whatever is done in whatever order: no centime and no jar is lost or doubled.

`TWIZA_MACHINE=100x60` plays a hundred stories of sixty acts, and lets everybody be told of everything.
"""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test

from tests.bank import SHOP
from tests.domain.orders.acts import attempt
from tests.domain.orders.buying_acts import Buying
from tests.domain.orders.paying_acts import Paying, everybody_is_paid_once
from tests.domain.orders.sending_acts import ONWARD, Sending
from tests.domain.orders.what_holds import every_centime_is_written_down, every_paper_says_what_was_paid, everything_holds
from tests.domain.payouts.paying import keepers
from tests.gift_baskets import compose_agreed
from tests.jobs import run_jobs
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import SaleTerms, VariantDetails, add_variant, set_sale_terms
from twiza.domain.inventory.services import allow_reservations, count_stock, receive_stock
from twiza.domain.invoicing.services import say_regime
from twiza.domain.ledger.services import RateTerms, set_rate
from twiza.domain.orders.models import Coupon, Order, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    CouponTerms,
    agree_to_coupon,
    choose_payment,
    offer_coupon,
    place_order,
    put_in_cart,
)
from twiza.domain.storefronts.models import FreeDelivery, Storefront
from twiza.foundation.accounts.models import User
from twiza.kit import clock

EFFORT = os.environ.get("TWIZA_MACHINE", "")
STORIES, ACTS = (int(part) for part in (EFFORT or "5x24").split("x"))

# What was bought, how many, how far its parcel came, and whether by card.
BEGUN = st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from([0, 0, 2, 4, 4]), st.sampled_from([False, False, True]))


class Life(Buying, Sending, Paying, RuleBasedStateMachine):
    """Two buyers, three cooperatives, an operator, a bank, a carrier, and whatever they come to do."""

    market = None
    gift = None
    comb = None
    began_at = None

    @initialize(begun=st.lists(BEGUN, min_size=2, max_size=4))
    def open(self, begun: list[tuple[int, int, int, bool]]) -> None:
        self.travel = time_machine.travel(self.began_at, tick=False)
        self.traveller = self.travel.start()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        market = self.market
        of_market = (market.saffron, market.argan, market.honey, self.comb)
        self.variants = [Variant.objects.select_related("product").get(pk=one.pk) for one in of_market]
        self.owners = (market.fatima, market.hajja, market.mina, market.mina)
        self.carts = [market.basket(market.honey), market.basket(market.argan, market.saffron)]
        for what, quantity, steps, is_card in begun:
            self.begin(what, quantity, steps, is_card)

    def begin(self, what: int, quantity: int, steps: int, is_card: bool) -> None:
        """Something was ordered in the souk before, and went some way; its saffron goes no further than the table."""
        cart = self.market.basket(self.market.saffron)
        attempt(put_in_cart, cart, self.variants[what].pk, quantity, self.market.souk)
        choose_payment(cart, "cmi" if is_card else "cash_on_delivery")
        cart.refresh_from_db()
        group = attempt(place_order, cart, expected_total_centimes=basket_of(cart).total_centimes)
        if group is None:
            return
        if is_card and steps:
            self.pay(group)
        order = group.orders.get(cooperative=self.variants[what].product.cooperative)
        for act in ONWARD[:steps]:
            attempt(act, order, by=self.owners[what])

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            try:
                if not connection.needs_rollback:
                    every_centime_is_written_down()
                    every_paper_says_what_was_paid()
                    everybody_is_paid_once()
                if EFFORT and not connection.needs_rollback:
                    run_jobs(5000)
                    everything_holds()
                    every_centime_is_written_down()
                    every_paper_says_what_was_paid()
                    everybody_is_paid_once()
            finally:
                transaction.set_rollback(True)
                self.outer.__exit__(None, None, None)
                self.travel.stop()

    def owner_of(self, variant: Variant) -> User:
        return self.owners[[one.pk for one in self.variants].index(variant.pk)]

    def speaker_of(self, order: Order) -> User:
        return {variant.product.cooperative_id: by for variant, by in zip(self.variants, self.owners, strict=True)}[
            order.cooperative_id
        ]

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "outer"):
            everything_holds()
            assert OrderGroup.objects.filter(coupon__code="MIEL").exclude(status="cancelled").count() <= 1


@pytest.fixture
def busy_market(market, monkeypatch):
    """A weighed honey, a gift basket, three coupons, free delivery above an amount, and a bank."""
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
    Life.began_at = clock.now()
    with time_machine.travel(Life.began_at, tick=False), override_settings(**SHOP):
        set_rate("all", RateTerms(700, floor_centimes=150), reason="every sale", by=None)
        say_regime(market.argan_cooperative, "vat", clock.today(), by=market.hajja)
        details = VariantDetails(Decimal(500), "g", 4500, name_fr="en rayon", sale_mode="weighed")
        Life.comb = add_variant(market.honey.product, details, by=market.mina)
        receive_stock(Life.comb.pk, 12, by=market.mina)
        Life.gift = compose_agreed(market)
        set_sale_terms(market.argan.product, SaleTerms(preorder_ships_by=clock.today() + timedelta(40)), by=market.hajja)
        allow_reservations([market.argan.pk], 9, by=market.hajja)
        count_stock(market.argan.pk, 2, by=market.hajja)
        honey = market.honey_cooperative
        offer_coupon("TWIZA", CouponTerms(percent_off=13), by=None, cooperative_percent=0)
        offer_coupon("MIEL", CouponTerms(centimes_off=777, most_uses=1), by=market.mina, cooperative=honey)
        offer_coupon("ENSEMBLE", CouponTerms(percent_off=33), by=None, cooperative=honey, cooperative_percent=37)
        agree_to_coupon(Coupon.objects.get(code="ENSEMBLE"), by=market.mina)
        Storefront.objects.filter(pk=market.souk.pk).update(announces_free_delivery=True)
        market.souk.refresh_from_db()
        FreeDelivery.objects.create(storefront=market.souk, valid_from=clock.today(), least_centimes=20000, cooperative_percent=0)
        Life.keepers = keepers(market)
        Life.market = market
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("busy_market")
@pytest.mark.timeout(0 if EFFORT else 120)
def test_no_order_of_acts_loses_a_centime_or_a_jar():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            print_blob=False,
            # To make a failing story shorter takes minutes: whoever looks into one asks for it by TWIZA_MACHINE.
            phases=list(Phase) if EFFORT else [Phase.generate],
        ),
    )
