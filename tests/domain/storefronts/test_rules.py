"""A rule shows every cooperative that fits, also one that comes later; what is left out stays out."""

from __future__ import annotations

import pytest

from tests.people import cooperative, product
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.services.registering import publish_revision, revise
from twiza.domain.storefronts.errors import RuleSaysNothing
from twiza.domain.storefronts.forms import RuleDetails
from twiza.domain.storefronts.selectors import (
    assortment_of,
    cooperatives_shown_in,
    product_counts_by_rule,
    products_shown_in,
    rules_of,
    storefronts_showing,
)
from twiza.domain.storefronts.services import add_rule, drop_rule, leave_out_cooperative, show_cooperative
from twiza.kit import clock
from twiza.kit.errors import NotFound

SOUSS = RuleDetails(region="09")


def shown(market) -> list[str]:
    return [one.slug for one in cooperatives_shown_in(market.souk)]


def test_a_region_is_shown_after_the_chosen_ones_also_whoever_comes_later(market):
    add_rule(market.souk, SOUSS, by=market.youssef)
    honey, saffron, argan = market.honey_cooperative, market.saffron_cooperative, market.argan_cooperative
    assert shown(market) == [honey.slug, saffron.slug, argan.slug]

    later = cooperative("Coopérative Tamounte", "تعاونية تامونت", "09.541.01.11", market.karim, "9/2/2019")
    sold = product(later, market.karim, "saffron", "Safran neuf", "زعفران جديد", "1", "g", 4000, 3)

    assert shown(market)[-1] == later.slug
    assert sold.product in products_shown_in(market.souk)
    assert assortment_of(market.souk).cooperatives == (saffron.pk, argan.pk, honey.pk, later.pk)
    assert storefronts_showing(later) == [market.souk]


@pytest.mark.parametrize(
    ("details", "fits"),
    [
        (RuleDetails(province="09.541"), ["saffron"]),
        (RuleDetails(sector="AGRI"), ["saffron", "argan"]),
        (RuleDetails(sector="PECH"), []),
        (RuleDetails(label="igp"), ["saffron"]),
        (RuleDetails(region="09", label="bio"), []),
        (RuleDetails(is_womens=True), ["argan"]),
        (RuleDetails(region="05", is_womens=True), []),
    ],
)
def test_all_that_a_rule_says_must_hold(market, details, fits):
    Accreditation.objects.create(organisation=market.saffron_cooperative, scheme="igp", verified_at=clock.now())
    said = OrganisationDetails(
        name_fr="Taghart", commune_code="09.581.01.05", sectors=("AGRI",), legal_form="coop", is_womens=True
    )
    publish_revision(revise(market.argan_cooperative, said, by=None), by=None)
    leave_out_cooperative(market.souk, market.honey_cooperative.pk, by=market.youssef)
    rule = add_rule(market.souk, details, by=market.youssef)

    fitting = [getattr(market, f"{name}_cooperative") for name in fits]
    if details.sector == "AGRI":
        fitting.append(market.honey_cooperative)
    assert list(cooperatives_shown_in(market.souk)) == fitting
    assert product_counts_by_rule(rules_of(market.souk)) == [(rule, len(fitting))]
    for name in ("saffron", "argan"):
        expected = [market.souk] if name in fits else []
        one = getattr(market, f"{name}_cooperative")
        one.refresh_from_db()
        assert storefronts_showing(one) == expected


def test_whoever_is_left_out_stays_out_until_chosen_again(market):
    add_rule(market.souk, SOUSS, by=market.youssef)

    leave_out_cooperative(market.souk, market.saffron_cooperative.pk, by=market.youssef)
    assert market.saffron_cooperative.slug not in shown(market)
    assert market.saffron.product not in products_shown_in(market.souk)
    assert storefronts_showing(market.saffron_cooperative) == []

    show_cooperative(market.souk, market.saffron_cooperative.pk, by=market.youssef)
    assert market.saffron_cooperative.slug in shown(market)


def test_a_rule_is_there_once_and_goes_when_dropped(market):
    first = add_rule(market.souk, SOUSS, by=market.youssef)
    assert add_rule(market.souk, SOUSS, by=market.youssef) == first
    with pytest.raises(RuleSaysNothing):
        add_rule(market.souk, RuleDetails(), by=market.youssef)
    for stranger in (market.karim, market.mina):
        with pytest.raises(NotFound):
            add_rule(market.souk, RuleDetails(sector="AGRI"), by=stranger)
        with pytest.raises(NotFound):
            drop_rule(market.souk, first.pk, by=stranger)
    assert rules_of(market.souk) == [first]

    drop_rule(market.souk, first.pk, by=market.youssef)
    assert shown(market) == [market.honey_cooperative.slug]


def test_many_rules_ask_no_more_questions(market, django_assert_num_queries):
    for details in (SOUSS, RuleDetails(sector="AGRI"), RuleDetails(label="igp"), RuleDetails(is_womens=True)):
        add_rule(market.souk, details, by=market.youssef)

    with django_assert_num_queries(3):
        assert products_shown_in(market.souk).count() == 3
