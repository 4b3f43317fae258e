"""Who acts for whom, and what a stranger sees."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from twiza.domain.directory import rules, selectors
from twiza.domain.directory.errors import AlreadyMember
from twiza.domain.directory.models import Membership
from twiza.domain.directory.services.memberships import add_member, choose_who_receives_texts, end_membership
from twiza.domain.directory.services.registering import OrganisationDetails, register_organisation
from twiza.foundation.accounts.services import register_person
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def taliouine():
    return register_organisation(kind="cooperative", details=OrganisationDetails(name_fr="Taliouine"), by=None)


@pytest.fixture
def operator():
    return register_organisation(kind="operator", details=OrganisationDetails(name_fr="Khouribga"), by=None)


@pytest.fixture
def fatima():
    return register_person(name="Fatima", phone="+212683000001", language="ary")


@pytest.fixture
def karim():
    return register_person(name="Karim", phone="+212683000009")


def test_a_member_speaks_for_the_cooperative_and_a_stranger_does_not(taliouine, fatima, karim):
    add_member(taliouine, fatima, "president", by=None)
    assert rules.speaks_for(fatima, taliouine)
    assert not rules.speaks_for(karim, taliouine)
    assert not rules.speaks_for(AnonymousUser(), taliouine)
    assert list(selectors.organisations_of(fatima)) == [taliouine]
    assert list(selectors.cooperatives_run_by(fatima)) == [taliouine]
    assert list(selectors.organisations_of(karim)) == list(selectors.organisations_of(None)) == []


def test_another_s_organisation_does_not_exist_for_a_stranger(taliouine, fatima, karim):
    add_member(taliouine, fatima, "president", by=None)
    assert selectors.get_organisation_for(fatima, taliouine.slug) == taliouine
    with pytest.raises(NotFound):
        selectors.get_organisation_for(karim, taliouine.slug)


def test_only_the_manager_manages_the_operator(operator, fatima, karim):
    add_member(operator, fatima, "operator_manager", by=None)
    add_member(operator, karim, "operator_agent", by=None)
    assert rules.manages(fatima, operator)
    assert not rules.manages(karim, operator)
    assert rules.speaks_for(karim, operator)
    assert list(selectors.cooperatives_run_by(fatima)) == []
    assert list(selectors.organisations_of(karim, ["operator_manager"])) == []


def test_nobody_is_a_member_twice_at_once(taliouine, fatima):
    add_member(taliouine, fatima, "president", by=None)
    with pytest.raises(AlreadyMember):
        add_member(taliouine, fatima, "member", by=None)
    assert [membership.role for membership in Membership.objects.all()] == ["president"]


def test_an_ended_membership_gives_nothing_and_may_begin_again(taliouine, fatima):
    add_member(taliouine, fatima, "president", by=None, receives_texts=True)
    end_membership(taliouine, fatima, by=None)
    assert not rules.speaks_for(fatima, taliouine)
    assert selectors.people_receiving_texts(taliouine) == []
    with pytest.raises(NotFound):
        end_membership(taliouine, fatima, by=None)
    add_member(taliouine, fatima, "member", by=None)
    assert Membership.objects.count() == 2


def test_texts_reach_those_who_chose_them_and_have_a_phone(taliouine, fatima, karim):
    leila = register_person(name="Leïla", email="leila@example.org")
    add_member(taliouine, fatima, "president", by=None, receives_texts=True)
    add_member(taliouine, leila, "treasurer", by=None, receives_texts=True)
    add_member(taliouine, karim, "member", by=None)
    assert selectors.people_receiving_texts(taliouine) == [fatima]
    choose_who_receives_texts(taliouine, karim, True, by=None)
    assert selectors.people_receiving_texts(taliouine) == [fatima, karim]
