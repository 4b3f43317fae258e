"""A storefront is prepared, opened and closed by those who manage its operator, and by nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.people import SOUK
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.storefronts.errors import (
    AddressIsKnown,
    AddressTaken,
    AlreadyOpened,
    ClosesBeforeItOpens,
    NoPhoneToCall,
    NothingToShow,
    NotOpened,
    PagesNotRead,
    StorefrontClosed,
)
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import (
    cooperatives_shown_in,
    open_storefronts,
    storefront_with,
    storefronts_showing,
)
from twiza.domain.storefronts.services import (
    begin_storefront,
    choose_dates,
    close_storefront,
    describe_storefront,
    keep_templates,
    leave_out_cooperative,
    open_storefront,
    show_cooperative,
)
from twiza.foundation.audit.models import Entry
from twiza.kit import clock
from twiza.kit.errors import NotFound

FAIR = replace(SOUK, slug="foire", name_fr="Foire du safran", name_ar="معرض الزعفران")


@pytest.fixture
def fair(market) -> Storefront:
    return begin_storefront(market.operator, FAIR, by=market.youssef)


def test_nobody_but_its_people_knows_of_a_storefront_being_prepared(market, fair):
    show_cooperative(fair, market.saffron_cooperative.pk, by=market.youssef)

    with pytest.raises(NotFound):
        storefront_with("foire")
    assert open_storefronts() == [market.souk]
    assert storefronts_showing(market.saffron_cooperative) == []


def test_an_address_is_of_one_storefront(market, fair):
    for slug in ("foire", "new"):
        with pytest.raises(AddressTaken):
            begin_storefront(market.operator, replace(FAIR, slug=slug), by=market.youssef)
    with pytest.raises(AddressTaken):
        describe_storefront(fair, replace(FAIR, slug="souk-khouribga"), by=market.youssef)

    assert set(Storefront.objects.values_list("slug", flat=True)) == {"twiza", "souk-khouribga", "foire"}


def test_it_opens_once_there_is_something_to_show_and_its_pages_were_read(market, fair):
    describe_storefront(fair, replace(FAIR, phone=""), by=market.youssef)
    for refusal, mend in (
        (NoPhoneToCall, lambda: describe_storefront(fair, FAIR, by=market.youssef)),
        (PagesNotRead, lambda: keep_templates(fair, by=market.youssef)),
        (NothingToShow, lambda: None),
    ):
        with pytest.raises(refusal):
            open_storefront(fair, by=market.youssef)
        mend()
    assert Storefront.objects.get(pk=fair.pk).state == "draft"
    show_cooperative(fair, market.saffron_cooperative.pk, by=market.youssef)

    open_storefront(fair, by=market.youssef)

    assert storefront_with("foire") == fair
    assert storefronts_showing(market.saffron_cooperative) == [fair]
    assert Entry.objects.get(action="storefronts.open", subject=f"storefront:{fair.pk}").actor == market.youssef
    with pytest.raises(AlreadyOpened):
        open_storefront(fair, by=market.youssef)
    with pytest.raises(AddressIsKnown):
        describe_storefront(fair, replace(FAIR, slug="autre"), by=market.youssef)


def test_a_closed_one_is_not_visited_until_it_opens_again(market):
    close_storefront(market.souk, by=market.youssef)

    with pytest.raises(StorefrontClosed):
        storefront_with("souk-khouribga")
    assert open_storefronts() == []
    with pytest.raises(NotOpened):
        close_storefront(market.souk, by=market.youssef)
    open_storefront(market.souk, by=market.youssef)
    assert storefront_with("souk-khouribga") == market.souk


def test_a_fair_is_open_from_its_first_moment_until_its_last(market):
    now = clock.now()
    choose_dates(market.souk, now + timedelta(days=2), now + timedelta(days=5), by=market.youssef)
    with pytest.raises(StorefrontClosed):
        storefront_with("souk-khouribga")

    for opens_at, closes_at in ((now + timedelta(days=5), now + timedelta(days=5)), (None, now - timedelta(days=1))):
        with pytest.raises(ClosesBeforeItOpens):
            choose_dates(market.souk, opens_at, closes_at, by=market.youssef)
    kept = Storefront.objects.get(pk=market.souk.pk)
    assert (kept.opens_at, kept.closes_at) == (now + timedelta(days=2), now + timedelta(days=5))

    choose_dates(market.souk, None, None, by=market.youssef)
    assert storefront_with("souk-khouribga").closes_at is None


def test_cooperatives_are_added_after_the_others_once_and_taken_out(market, fair):
    for cooperative in (market.saffron_cooperative, market.argan_cooperative, market.saffron_cooperative):
        show_cooperative(fair, cooperative.pk, by=market.youssef)
    assert list(cooperatives_shown_in(fair)) == [market.saffron_cooperative, market.argan_cooperative]

    leave_out_cooperative(fair, market.saffron_cooperative.pk, by=market.youssef)
    assert list(cooperatives_shown_in(fair)) == [market.argan_cooperative]
    with pytest.raises(NotFound):
        show_cooperative(fair, market.operator.pk, by=market.youssef)


def test_strangers_and_agents_of_the_operator_change_nothing(market, fair):
    add_member(market.operator, market.karim, "operator_agent", None)
    before = list(Storefront.objects.order_by("pk").values())
    for person in (market.karim, market.mina):
        for act in (open_storefront, close_storefront):
            with pytest.raises(NotFound):
                act(market.souk, by=person)
        with pytest.raises(NotFound):
            begin_storefront(market.operator, replace(FAIR, slug="autre"), by=person)
        with pytest.raises(NotFound):
            show_cooperative(fair, market.saffron_cooperative.pk, by=person)

    assert list(Storefront.objects.order_by("pk").values()) == before
    assert fair.chosen.count() == 0
