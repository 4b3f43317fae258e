"""Every file in adapters/delivery keeps the port's promises."""

from pathlib import Path

import pytest

import twiza.adapters.delivery
from twiza.domain.delivery.carrier import DeliveryOption, ParcelFacts, PointRow, TariffRow
from twiza.domain.delivery.models import Zone
from twiza.kit.loading import load_class

CODES = sorted(path.stem for path in Path(twiza.adapters.delivery.__file__).parent.glob("*.py") if path.stem != "__init__")
TARIFF = TariffRow(
    base_centimes=3500,
    included_grams=2000,
    extra_kilogram_centimes=500,
    cash_fee_centimes=1000,
    days_at_least=2,
    days_at_most=4,
)
POINTS = [PointRow(id=7, name="Workshop", commune="Taliouine", landmark="", opening="")]


@pytest.fixture(params=CODES)
def carrier(request):
    return load_class("twiza.adapters.delivery", request.param, "Carrier")()


def offers(carrier, *, zone=Zone.NATIONAL, weight_grams=2500, is_paid_on_delivery=True) -> list[DeliveryOption]:
    parcel = ParcelFacts(zone=zone, weight_grams=weight_grams, is_paid_on_delivery=is_paid_on_delivery)
    return carrier.quote(parcel, TARIFF, POINTS)


def test_an_operator_who_chooses_reads_its_name(carrier):
    assert str(carrier.name).strip()


def test_its_code_is_the_name_of_its_file(carrier):
    assert type(carrier).__module__ == f"twiza.adapters.delivery.{carrier.code}"


def test_only_who_is_fetched_from_has_points(carrier):
    assert {option.point is not None for option in offers(carrier)} <= {carrier.is_fetched}


def test_what_is_fetched_is_paid_where_it_is_fetched(carrier):
    assert not (carrier.is_fetched and carrier.keeps_cash)


def test_its_options_say_who_brings_it_and_can_be_told_apart(carrier):
    options = offers(carrier)

    assert {option.carrier for option in options} == {carrier.code}
    assert len({option.code for option in options}) == len(options)
    assert all(option.code.split(":")[0] == carrier.code for option in options)


@pytest.mark.parametrize("zone", Zone.values)
@pytest.mark.parametrize("weight_grams", [0, 1, 2000, 2001, 300_000])
def test_no_price_is_below_zero_and_days_are_in_order(carrier, zone, weight_grams):
    for option in offers(carrier, zone=zone, weight_grams=weight_grams):
        assert option.price_centimes >= 0
        assert option.cash_fee_centimes >= 0
        assert 0 <= option.days_at_least <= option.days_at_most


def test_the_same_question_has_the_same_answer(carrier):
    assert offers(carrier) == offers(carrier)


def test_a_parcel_that_is_paid_already_costs_no_fee_for_cash(carrier):
    assert {option.cash_fee_centimes for option in offers(carrier, is_paid_on_delivery=False)} <= {0}


def test_without_a_table_and_without_points_nothing_is_promised(carrier):
    parcel = ParcelFacts(zone=Zone.NATIONAL, weight_grams=500, is_paid_on_delivery=True)

    assert carrier.quote(parcel, None, []) == []
