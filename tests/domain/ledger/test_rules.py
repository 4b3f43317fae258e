"""What is posted for each thing that happens, worked out by hand; and that nothing is lost, whatever the amounts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.ledger.models import CommissionRate
from twiza.domain.ledger.rules import (
    Back,
    Holder,
    OrderSums,
    captured,
    collected,
    commission_back,
    commission_on,
    delivered,
    given_back_by_cooperative,
    given_back_by_market,
    given_back_unsold,
    kept_for_bringing,
    rate_for,
    remitted,
    settled,
)

FIVE_PERCENT = CommissionRate(code="all", position=1, percent_basis_points=500, reason="x")
A, B = 1, 2
OF_A = OrderSums(91, A, items_centimes=24000, delivery_centimes=3500)
OF_B = OrderSums(92, B, items_centimes=15000, delivery_centimes=3500)


def said(lines) -> dict[str, int]:
    return {f"{one.owner.kind} {one.owner.organisation_id or one.owner.holder}".strip(): one.centimes for one in lines}


def kept_of(sums):
    return commission_on(FIVE_PERCENT, sums.base_centimes(includes_delivery=False))


def test_a_basket_of_two_cooperatives_paid_by_card():
    assert said(captured("cmi", 46000)) == {"psp_clearing cmi": 46000, "buyer_clearing": -46000}
    assert said(delivered(OF_A, kept_of(OF_A))) == {
        "buyer_clearing": 27500,
        "coop_payable 1": -26060,
        "platform_commission": -1200,
        "vat_on_commission": -240,
    }
    assert said(delivered(OF_B, kept_of(OF_B))) == {
        "buyer_clearing": 18500,
        "coop_payable 2": -17600,
        "platform_commission": -750,
        "vat_on_commission": -150,
    }


def test_cash_by_a_carrier_comes_with_what_it_kept_and_what_is_missing():
    carrier = Holder("carrier", "sendit")
    assert said(collected(carrier, 27500)) == {"carrier_cash sendit": 27500, "buyer_clearing": -27500}
    assert said(remitted(carrier, 27500)) == {"bank": 27500, "carrier_cash sendit": -27500}
    short = [*collected(carrier, 27500), *remitted(carrier, 23000), *kept_for_bringing(carrier, A, 3500)]
    assert said(kept_for_bringing(carrier, A, 3500)) == {"coop_payable 1": 3500, "carrier_cash sendit": -3500}
    assert sum(line.centimes for line in short if line.owner.kind == "carrier_cash") == 1000


def test_cash_at_another_cooperatives_point_comes_to_the_market_or_to_the_seller():
    point = Holder("pickup_point", "pickup:3")
    assert said(remitted(point, 27500)) == {"bank": 27500, "carrier_cash pickup:3": -27500}
    assert said(remitted(point, 27500, to_cooperative_id=A)) == {"coop_payable 1": 27500, "carrier_cash pickup:3": -27500}


def test_cash_that_the_cooperative_took_itself_leaves_it_owing_the_commission():
    itself = Holder("cooperative", cooperative_id=A)
    assert said(collected(itself, 27500)) == {"coop_cash_held 1": 27500, "buyer_clearing": -27500}
    assert said(settled(A, 27500)) == {"coop_payable 1": 27500, "coop_cash_held 1": -27500}
    owed = [*delivered(OF_A, kept_of(OF_A)), *settled(A, 27500)]
    assert sum(line.centimes for line in owed if line.owner.kind == "coop_payable") == 1440
    assert said(remitted(itself, 1440)) == {"bank": 1440, "coop_payable 1": -1440}


def test_one_of_two_jars_given_back_after_payout():
    kept = commission_back(kept_of(OF_A), 24000, before_centimes=0, back_centimes=12000)
    back = Back(A, 12000, 0, kept)
    assert said(given_back_by_market(back, "cmi")) == {
        "coop_payable 1": 11280,
        "platform_commission": 600,
        "vat_on_commission": 120,
        "psp_clearing cmi": -12000,
    }
    assert said(given_back_by_cooperative(back)) == {
        "coop_payable 1": -720,
        "platform_commission": 600,
        "vat_on_commission": 120,
    }


def test_who_bears_a_coupon_is_who_pays_for_it():
    by_market = OrderSums(91, A, 24000, 3500, discount_centimes=2400)
    assert said(delivered(by_market, kept_of(by_market))) == {
        "buyer_clearing": 25100,
        "promo_expense": 2400,
        "coop_payable 1": -26060,
        "platform_commission": -1200,
        "vat_on_commission": -240,
    }
    itself = OrderSums(91, A, 24000, 3500, discount_centimes=2400, cooperative_discount_centimes=2400)
    assert said(delivered(itself, kept_of(itself))) == {
        "buyer_clearing": 25100,
        "coop_payable 1": -(25100 - 1080 - 216),
        "platform_commission": -1080,
        "vat_on_commission": -216,
    }
    shared = OrderSums(91, A, 24000, 3500, discount_centimes=2400, cooperative_discount_centimes=800)
    assert said(delivered(shared, kept_of(shared)))["promo_expense"] == 1600
    assert said(delivered(shared, kept_of(shared)))["coop_payable 1"] == -(26700 - 1160 - 232)


def test_sending_that_was_free_for_the_buyer_is_borne_by_the_operator():
    free = OrderSums(91, A, 24000, 0, free_delivery_centimes=3500, operator_id=7)
    assert said(delivered(free, kept_of(free)))["promo_expense 7"] == 3500
    assert said(delivered(free, kept_of(free)))["coop_payable 1"] == -26060


def test_what_is_never_sent_goes_back_where_it_came_from():
    assert said(given_back_unsold("cmi", 18500)) == {"buyer_clearing": 18500, "psp_clearing cmi": -18500}
    assert said(captured("bank_transfer", 5000)) == {"bank": 5000, "buyer_clearing": -5000}


def test_a_floor_a_cap_and_never_more_than_there_is():
    rate = CommissionRate(percent_basis_points=500, floor_centimes=300, cap_centimes=1000)
    taken = {base: commission_on(rate, base) for base in (0, 200, 1000, 10000, 100000)}
    assert {base: kept.centimes for base, kept in taken.items()} == {0: 0, 200: 200, 1000: 300, 10000: 500, 100000: 1000}
    assert taken[10000].vat_centimes == 100
    assert commission_on(None, 10000).total_centimes == 0


def test_the_first_row_that_fits_holds_and_all_that_it_names_must_fit():
    here = {"cooperative_id": A, "storefront_ids": frozenset({5}), "pay_with": "cmi"}
    young = CommissionRate(code="young", cooperative_id=A, percent_basis_points=0)
    elsewhere = CommissionRate(code="elsewhere", cooperative_id=A, storefront_id=6, percent_basis_points=100)
    in_cash = CommissionRate(code="cash", pay_with="cash_on_delivery", percent_basis_points=700)
    assert rate_for([elsewhere, in_cash, young, FIVE_PERCENT], **here) is young
    assert rate_for([in_cash, FIVE_PERCENT, young], **here) is FIVE_PERCENT
    assert rate_for([elsewhere, in_cash], **here) is None
    mixed = {**here, "storefront_ids": frozenset({5, 6})}
    assert rate_for([elsewhere, FIVE_PERCENT], **mixed) is FIVE_PERCENT


AMOUNTS = st.integers(0, 3_000_000)


@given(
    items=AMOUNTS, delivery=st.integers(0, 20_000), off=AMOUNTS, own=AMOUNTS, free=st.integers(0, 20_000),
    percent=st.integers(0, 10_000), counts_delivery=st.booleans(), parts=st.lists(AMOUNTS, max_size=5),
)  # fmt: skip
def test_nothing_is_lost_whatever_is_sold_and_given_back(items, delivery, off, own, free, percent, counts_delivery, parts):
    off, own = min(off, items), min(own, off, items)
    sums = OrderSums(1, A, items, delivery, off, own, free, operator_id=7)
    rate = CommissionRate(percent_basis_points=percent, includes_delivery=counts_delivery, vat_basis_points=2000)
    base = sums.base_centimes(includes_delivery=counts_delivery)
    kept = commission_on(rate, base)
    sold = delivered(sums, kept)
    assert sum(line.centimes for line in sold) == 0
    assert 0 <= kept.centimes <= base

    before, went_back = 0, []
    for asked in parts:
        part = min(asked, base - before)
        back = Back(A, part, 0, commission_back(kept, base, before_centimes=before, back_centimes=part))
        assert sum(line.centimes for line in given_back_by_market(back, "cmi")) == 0
        assert sum(line.centimes for line in given_back_by_cooperative(back)) == 0
        went_back.append(back.kept)
        before += part
    assert sum(one.centimes for one in went_back) <= kept.centimes
    rest = commission_back(kept, base, before_centimes=before, back_centimes=base - before)
    if base:
        assert sum(one.centimes for one in went_back) + rest.centimes == kept.centimes
        assert sum(one.vat_centimes for one in went_back) + rest.vat_centimes == kept.vat_centimes
