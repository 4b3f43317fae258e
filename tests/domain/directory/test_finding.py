"""The public list and page: what is found, counted, and never shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import DirectoryFilters, cooperative_cards, find_cooperatives, get_public_organisation
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import (
    ContactDetails,
    IdentifierDetails,
    OrganisationDetails,
    change_state,
    register_organisation,
    revise,
)
from twiza.kit.clock import today
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db

TALIOUINE, KHOURIBGA = "09.541.01.11", "05.311.01.07"


def a_cooperative(name, kind="cooperative", **details):
    return register_organisation(kind=kind, details=OrganisationDetails(name_fr=name, **details), by=None)


def names(**filters):
    return [card.name for card in find_cooperatives(DirectoryFilters(**filters)).cooperatives]


@pytest.fixture
def three():
    saffron = a_cooperative(
        "Souktana du Safran", name_ar="سكتانة للزعفران", commune_code=TALIOUINE, sectors=("PAM", "AGRI"), members_total=40
    )
    couscous = a_cooperative("Barakat Couscous", commune_code=KHOURIBGA, sectors=("DALI",), is_womens=True)
    rugs = a_cooperative("Zerbia", province_code="05.311", sectors=("ARTI",), is_womens=True)
    return saffron, couscous, rugs


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["Barakat Couscous", "Souktana du Safran", "Zerbia"]),
        ({"region": "05"}, ["Barakat Couscous", "Zerbia"]),
        ({"province": "09.541"}, ["Souktana du Safran"]),
        ({"sector": "AGRI"}, ["Souktana du Safran"]),
        ({"womens": True, "sector": "ARTI"}, ["Zerbia"]),
        ({"text": "SAFRAN"}, ["Souktana du Safran"]),
        ({"text": "زعفران"}, ["Souktana du Safran"]),
        ({"text": "تارودانت"}, ["Souktana du Safran"]),
        ({"text": "taroudant safran"}, ["Souktana du Safran"]),
        ({"text": "khouribga"}, ["Barakat Couscous", "Zerbia"]),
        ({"text": "couscous taroudant"}, []),
        ({"text": "kouskous"}, []),
        ({"text": "soktana"}, ["Souktana du Safran"]),
        ({"region": "99"}, []),
        ({"sector": "GOLD"}, []),
        ({"label": "gold"}, []),
        ({"text": "\x00"}, ["Barakat Couscous", "Souktana du Safran", "Zerbia"]),
        ({"text": "%'\"\\"}, ["Barakat Couscous", "Souktana du Safran", "Zerbia"]),
    ],
)
def test_the_list_is_narrowed(filters, found):
    assert names(**filters) == found


@pytest.mark.usefixtures("three")
def test_facets_count_what_each_choice_would_leave():
    facets = find_cooperatives(DirectoryFilters(region="05")).facets
    assert [(value.code, value.name, value.count) for value in facets.regions] == [
        ("05", "Béni Mellal-Khénifra", 2),
        ("09", "Souss-Massa", 1),
    ]
    assert [(value.name, value.count) for value in facets.provinces] == [("Khouribga", 2)]
    assert [(value.code, value.count) for value in facets.sectors] == [("ARTI", 1), ("DALI", 1)]
    assert facets.womens == 2


def test_pages_hold_what_they_hold_and_the_last_one_is_the_end():
    for number in range(5):
        a_cooperative(f"Coop {number}")
    second = find_cooperatives(DirectoryFilters(), page=2, per_page=2)
    assert ([card.name for card in second.cooperatives], second.total, second.pages) == (["Coop 2", "Coop 3"], 5, 3)
    assert find_cooperatives(DirectoryFilters(), page=99, per_page=2).page == 3
    assert find_cooperatives(DirectoryFilters(), page=-1, per_page=2).page == 1


def test_operators_suspended_closed_and_unpublished_ones_are_not_listed(three):
    a_cooperative("Operator", kind="operator")
    saffron, couscous, rugs = three
    change_state(saffron, "suspended", by=None)
    change_state(couscous, "closed", by=None)
    Organisation.objects.filter(pk=rugs.pk).update(published_revision=None)
    assert names() == []
    assert cooperative_cards([saffron.pk, couscous.pk, rugs.pk]) == []
    with pytest.raises(NotFound):
        get_public_organisation(saffron.slug)
    with pytest.raises(NotFound):
        get_public_organisation(rugs.slug)
    assert get_public_organisation(couscous.slug).state == "closed"


def test_a_merged_page_answers_with_its_target(three):
    saffron, couscous, rugs = three
    Organisation.objects.filter(pk=saffron.pk).update(state="merged", merged_into=couscous)
    Organisation.objects.filter(pk=couscous.pk).update(state="merged", merged_into=rugs)
    assert get_public_organisation(saffron.slug).slug == rugs.slug
    assert names() == ["Zerbia"]


def test_a_label_counts_once_checked_and_while_its_dates_hold(three):
    saffron, couscous, rugs = three
    record_accreditation(saffron, scheme="aop", by=None, number="A1", valid_until=today(), is_verified=True)
    record_accreditation(couscous, scheme="aop", by=None, is_verified=False)
    record_accreditation(rugs, scheme="aop", by=None, valid_until=today() - timedelta(days=1), is_verified=True)
    result = find_cooperatives(DirectoryFilters(label="aop"))
    assert [card.name for card in result.cooperatives] == ["Souktana du Safran"]
    assert [(value.code, value.count) for value in result.facets.labels] == [("aop", 1)]
    assert [label.number for label in get_public_organisation(saffron.slug).labels] == ["A1"]
    assert get_public_organisation(couscous.slug).labels == get_public_organisation(rugs.slug).labels == ()


def test_a_public_page_holds_nothing_private():
    organisation = a_cooperative(
        "Taghart",
        contacts=(
            ContactDetails("phone", "+212683000001", "public"),
            ContactDetails("phone", "+212683000002", "private"),
            ContactDetails("email", "a@example.org", "partners"),
        ),
        identifiers=(
            IdentifierDetails("rib", "310810101402900442310133"),
            IdentifierDetails("ice", "001561191000066"),
            IdentifierDetails("tax_if", "60120121"),
        ),
    )
    revise(organisation, OrganisationDetails(name_fr="Pending name"), by=None)
    public = get_public_organisation(organisation.slug)
    assert [contact.value for contact in public.contacts] == ["+212683000001"]
    assert [identifier.value for identifier in public.identifiers] == ["001561191000066"]
    assert public.name == "Taghart"
    for secret in ("310810101402900442310133", "60120121", "+212683000002", "a@example.org", "Pending"):
        assert secret not in repr(public)


def test_the_page_speaks_the_reader_s_language(three):
    with translation.override("ar"):
        public = get_public_organisation(three[0].slug)
        assert public.names == (("ar", "سكتانة للزعفران"), ("fr", "Souktana du Safran"))
        assert (public.province_name, public.region_name) == ("تارودانت", "سوس-ماسة")
        assert names()[0] == "سكتانة للزعفران"


@pytest.mark.parametrize("text", ["", "safran", "zzzzzz"])
def test_the_list_asks_the_same_questions_for_one_and_for_many(three, text, django_assert_max_num_queries):
    for number in range(20):
        a_cooperative(f"Safran {number}", commune_code=TALIOUINE)
    with django_assert_max_num_queries(9):
        find_cooperatives(DirectoryFilters(text=text))
