"""An agent acts for a cooperative while its mandate holds, and not a request longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory import rules, selectors
from twiza.domain.directory.errors import (
    AlreadyActsFor,
    AlreadyMember,
    CooperativeNotFound,
    LastToDecide,
    MandateAskedAlready,
    MandateNeeded,
    MandateOver,
    NobodyToAsk,
    TooManyMandatesAsked,
)
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Claim, Identifier, Mandate, Membership
from twiza.domain.directory.services import mandates
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate, revoke_mandate
from twiza.domain.directory.services.memberships import add_member, add_member_by_phone, end_membership, let_member_go
from twiza.domain.directory.services.merging import merge_organisations, undo_merge
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8001)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def asked(market, hamid):
    return ask_for_mandate(hamid, market.saffron_cooperative.slug)


def test_the_president_is_asked_in_her_language(market, hamid, asked):
    run_jobs()

    message = Message.objects.get(key=f"mandate-asked:{asked.pk}:{market.fatima.pk}")
    assert message.to == market.fatima.phone
    assert "Hamid (Souk Khouribga) bgha ykhdem" in message.text
    assert f"MANDAT OUI {asked.number}" in message.text
    assert f"MANDAT LA {asked.number}" in message.text
    assert not rules.speaks_for(hamid, market.saffron_cooperative), "asking gives nothing"


@pytest.mark.parametrize(
    "written", ["06 83 00 10 01", "/fr/cooperatives/{slug}/", "https://coop.example/ar/cooperatives/{slug}/?x=1", " {slug} "]
)
def test_a_cooperative_is_named_by_its_number_or_its_address(market, hamid, written):
    mandate = ask_for_mandate(hamid, written.format(slug=market.saffron_cooperative.slug))
    assert mandate.organisation == market.saffron_cooperative


def test_what_cannot_be_asked_is_refused_and_nobody_is_written_to(market, hamid):
    for written in ("nothing-like-it", "06 83 99 99 99", "", "souk-khouribga"):
        with pytest.raises(CooperativeNotFound):
            ask_for_mandate(hamid, written)
    alone = register_organisation(kind="cooperative", details=OrganisationDetails(name_fr="Seule"), by=None)
    with pytest.raises(NobodyToAsk):
        ask_for_mandate(hamid, alone.slug)
    for nobody in (market.karim, market.brahim):
        with pytest.raises(NotFound):
            ask_for_mandate(nobody, market.argan_cooperative.slug)
    assert not Mandate.objects.exists()
    assert not Message.objects.exists()


def test_granted_it_holds_for_a_year(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    grant_mandate(asked, by=market.fatima)
    run_jobs()

    assert rules.speaks_for(hamid, market.saffron_cooperative)
    assert not rules.belongs_to(hamid, market.saffron_cooperative)
    assert not rules.decides_for(hamid, market.saffron_cooperative)
    assert list(selectors.cooperatives_run_by(hamid)) == [market.saffron_cooperative]
    assert Message.objects.filter(to=hamid.phone, key__startswith="mandate-granted").count() == 1
    assert Entry.objects.filter(action="directory.grant_mandate", actor=market.fatima).count() == 1
    with pytest.raises(AlreadyActsFor):
        ask_for_mandate(hamid, market.saffron_cooperative.slug)

    Mandate.objects.update(ends_at=clock.now())
    assert not rules.speaks_for(hamid, market.saffron_cooperative)
    assert list(selectors.cooperatives_run_by(hamid)) == []
    with pytest.raises(MandateOver):
        grant_mandate(asked, by=market.fatima)
    again = ask_for_mandate(hamid, market.saffron_cooperative.slug)
    assert again != asked


def test_only_who_decides_grants_and_the_agent_never(market, hamid, asked):
    for nobody in (market.brahim, market.hajja, market.karim, hamid, market.youssef):
        with pytest.raises(NotFound):
            grant_mandate(asked, by=nobody)
    assert not rules.speaks_for(hamid, market.saffron_cooperative)


def test_every_member_revokes_and_nobody_else(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    for nobody in (market.hajja, market.karim, market.youssef):
        with pytest.raises(NotFound):
            revoke_mandate(asked, by=nobody)

    revoke_mandate(asked, by=market.brahim)
    revoke_mandate(asked, by=market.fatima)
    run_jobs()

    asked.refresh_from_db()
    assert (asked.state, asked.revoked_by) == ("revoked", market.brahim)
    assert not rules.speaks_for(hamid, market.saffron_cooperative)
    assert Message.objects.filter(key__startswith="mandate-revoked").count() == 1
    with pytest.raises(MandateOver):
        grant_mandate(asked, by=market.fatima)


def test_a_refused_agent_waits_a_week_before_asking_again(market, hamid, asked):
    with pytest.raises(MandateAskedAlready):
        ask_for_mandate(hamid, market.saffron_cooperative.slug)
    revoke_mandate(asked, by=market.fatima)
    with pytest.raises(MandateAskedAlready):
        ask_for_mandate(hamid, market.saffron_cooperative.slug)
    Mandate.objects.update(asked_at=clock.now() - timedelta(days=8))
    ask_for_mandate(hamid, market.saffron_cooperative.slug)


def test_a_question_not_answered_within_a_week_is_over(market, hamid, asked):
    Mandate.objects.update(asked_at=clock.now() - timedelta(days=7))
    with pytest.raises(MandateOver):
        grant_mandate(asked, by=market.fatima)
    assert list(selectors.mandates_of(market.saffron_cooperative)) == []
    assert selectors.mandates_waiting_for(market.fatima) == []
    assert ask_for_mandate(hamid, market.saffron_cooperative.slug).state == "asked"


def test_an_agent_asks_so_many_a_day(market, hamid, monkeypatch):
    monkeypatch.setattr(mandates, "MOST_ASKED_A_DAY", 1)
    ask_for_mandate(hamid, market.saffron_cooperative.slug)
    with pytest.raises(TooManyMandatesAsked):
        ask_for_mandate(hamid, market.argan_cooperative.slug)


def test_who_works_for_the_operator_no_more_acts_for_nobody_in_its_name(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    end_membership(market.operator, hamid, None)
    assert not rules.speaks_for(hamid, market.saffron_cooperative)


def test_an_agent_gives_it_back_and_nobody_is_written_to_for_it(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    run_jobs()
    before = Message.objects.count()
    revoke_mandate(asked, by=hamid)
    run_jobs()
    assert not rules.speaks_for(hamid, market.saffron_cooperative)
    assert Message.objects.count() == before


def test_an_agent_is_no_member_of_a_cooperative(market, hamid):
    for role in ("field_agent", "operator_agent"):
        with pytest.raises(MandateNeeded):
            add_member(market.saffron_cooperative, hamid, role, None)
    Membership.objects.create(organisation=market.saffron_cooperative, user=hamid, role="field_agent")
    assert not rules.speaks_for(hamid, market.saffron_cooperative)


def test_claims_and_mandates_follow_a_merge_and_come_back(market, hamid, asked):
    grant_mandate(asked, by=market.fatima)
    copy = market.argan_cooperative
    Identifier.objects.filter(organisation=copy).delete()
    claim = Claim.objects.create(organisation=market.saffron_cooperative, person=market.karim, role="member", how="papers")
    entrust_register(market.operator, by=None)

    merge = merge_organisations(copy, market.saffron_cooperative, by=market.youssef)

    assert rules.speaks_for(hamid, copy)
    assert [one.pk for one in selectors.cooperatives_run_by(hamid)] == [copy.pk]
    claim.refresh_from_db()
    assert claim.organisation == copy
    undo_merge(merge, by=market.youssef)
    claim.refresh_from_db()
    assert claim.organisation == market.saffron_cooperative
    assert rules.speaks_for(hamid, market.saffron_cooperative)
    assert not rules.speaks_for(hamid, copy)


def test_a_president_adds_somebody_by_phone_who_is_told(market):
    added = add_member_by_phone(
        market.saffron_cooperative, name="Aïcha", phone="+212683001077", role="treasurer", language="fr", by=market.fatima
    )
    run_jobs()

    assert rules.belongs_to(added.user, market.saffron_cooperative)
    assert "Zafrane" in Message.objects.get(to="+212683001077").text
    with pytest.raises(AlreadyMember):
        add_member_by_phone(
            market.saffron_cooperative, name="X", phone="+212683001077", role="member", language="fr", by=market.fatima
        )
    for nobody in (market.brahim, market.karim):
        with pytest.raises(NotFound):
            add_member_by_phone(
                market.saffron_cooperative, name="X", phone="+212683001078", role="member", language="fr", by=nobody
            )
    assert not Membership.objects.filter(user__phone="+212683001078").exists()


def test_members_leave_the_president_ends_and_one_stays(market):
    with pytest.raises(NotFound):
        let_member_go(market.saffron_cooperative, market.fatima.pk, by=market.brahim)
    let_member_go(market.saffron_cooperative, market.fatima.pk, by=market.fatima)
    assert rules.decides_for(market.brahim, market.saffron_cooperative), "without a president the longest-standing member"
    with pytest.raises(LastToDecide):
        let_member_go(market.saffron_cooperative, market.brahim.pk, by=market.brahim)
    assert rules.belongs_to(market.brahim, market.saffron_cooperative)
