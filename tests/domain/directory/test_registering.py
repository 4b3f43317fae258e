"""Entering the directory, revising, and what the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.jobs import run_jobs
from twiza.domain.directory.errors import IdentifierTaken, NameMissing, PlaceUnknown, RevisionNotWaiting, StateNotAllowed
from twiza.domain.directory.models import Identifier, Organisation, Revision
from twiza.domain.directory.services.particulars import add_identifier, retire_identifier
from twiza.domain.directory.services.registering import (
    ContactDetails,
    IdentifierDetails,
    OrganisationDetails,
    change_state,
    publish_revision,
    register_organisation,
    reject_revision,
    revise,
)
from twiza.foundation.accounts.services import register_person

pytestmark = pytest.mark.django_db

SAFFRON = OrganisationDetails(
    name_fr="Coopérative  Souktana du Safran ",
    name_ar="تعاونية سكتانة للزعفران",
    sectors=("PAM", "AGRI", "PAM"),
    members_total=40,
    members_women=25,
    contacts=(ContactDetails("phone", "+212683000001", "public"),),
    identifiers=(
        IdentifierDetails("ice", "001 561 191 000 066"),
        IdentifierDetails("registration", "56 / 268 / 2018", "Taliouine"),
    ),
)


def a_cooperative(**changes):
    return register_organisation(kind="cooperative", details=OrganisationDetails(**{"name_fr": "Tizi", **changes}), by=None)


def test_registering_publishes_a_first_revision_with_numbers_and_contacts():
    organisation = register_organisation(kind="cooperative", details=SAFFRON, by=None)

    assert organisation.slug == "cooperative-souktana-du-safran"
    assert (organisation.state, organisation.is_fictional) == ("listed", False)
    revision = organisation.published_revision
    assert (revision.number, revision.state, revision.name_fr) == (1, "published", "Coopérative Souktana du Safran")
    assert revision.sectors == ["AGRI", "PAM"]
    assert revision.folded_names == "cooperative souktana du safran تعاونيه سكتانه للزعفران"
    assert {(i.scheme, i.value, i.court, i.is_key_valid, i.is_public) for i in organisation.identifiers.all()} == {
        ("ice", "001561191000066", "", True, True),
        ("registration", "56/268/2018", "Taliouine", True, True),
    }
    assert [contact.value for contact in organisation.contacts.all()] == ["+212683000001"]


def test_the_name_follows_the_language_and_falls_back():
    organisation = register_organisation(kind="cooperative", details=SAFFRON, by=None)
    assert organisation.name_in("ar") == "تعاونية سكتانة للزعفران"
    assert organisation.name_in("zgh") == organisation.name_in("en") == "Coopérative Souktana du Safran"
    assert a_cooperative(name_fr="", name_ar="تعاونية تيزي").name_in("fr") == "تعاونية تيزي"


def test_two_cooperatives_of_one_name_have_two_addresses():
    assert [a_cooperative().slug, a_cooperative().slug, a_cooperative().slug] == ["tizi", "tizi-2", "tizi-3"]


def test_a_name_in_arabic_alone_makes_a_readable_address():
    assert a_cooperative(name_fr="", name_ar="تعاونية الأمل").slug == "taaounia-alaml"


def test_without_a_name_nothing_is_registered():
    with pytest.raises(NameMissing):
        a_cooperative(name_fr="  \x00 ")
    assert not Organisation.objects.exists()


def test_a_number_of_another_is_refused_and_nothing_is_registered():
    register_organisation(kind="cooperative", details=SAFFRON, by=None)
    with pytest.raises(IdentifierTaken):
        a_cooperative(identifiers=(IdentifierDetails("ice", "001561191000066"),))
    assert Organisation.objects.count() == 1


def test_a_retired_number_is_free_again():
    organisation = register_organisation(kind="cooperative", details=SAFFRON, by=None)
    retire_identifier(organisation.identifiers.get(scheme="ice"), by=None)
    other = a_cooperative(identifiers=(IdentifierDetails("ice", "001561191000066"),))
    assert other.identifiers.get().value == "001561191000066"


def test_a_wrong_key_is_kept_and_marked():
    identifier = add_identifier(a_cooperative(), IdentifierDetails("ice", "001561191000067"), by=None)
    assert identifier.is_key_valid is False


def test_an_unknown_commune_is_refused():
    with pytest.raises(PlaceUnknown):
        a_cooperative(commune_code="99.999.99.9")
    assert not Organisation.objects.exists()


def test_a_revision_waits_until_it_is_published():
    organisation = a_cooperative()
    revision = revise(organisation, OrganisationDetails(name_fr="Tizi n'Test"), by=None)
    organisation.refresh_from_db()
    assert (revision.number, revision.state, organisation.name_in("fr")) == (2, "pending", "Tizi")

    publish_revision(revision, by=None)
    organisation = Organisation.objects.get()
    assert organisation.name_in("fr") == "Tizi n'Test"
    with pytest.raises(RevisionNotWaiting):
        publish_revision(revision, by=None)


def test_a_rejected_revision_is_never_published():
    nadia = register_person(name="Nadia", email="nadia@example.org")
    organisation = a_cooperative()
    revision = revise(organisation, OrganisationDetails(name_fr="Gold"), by=nadia)
    reject_revision(revision, by=nadia, reason="not its name")
    with pytest.raises(RevisionNotWaiting):
        publish_revision(revision, by=nadia)
    assert Organisation.objects.get().name_in("fr") == "Tizi"


def test_the_database_refuses_to_change_a_published_revision():
    a_cooperative()
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        Revision.objects.update(name_fr="Another")
    assert Revision.objects.get().name_fr == "Tizi"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"sectors": ("GOLD",)}, "revision_sectors_known"),
        ({"members_total": 5, "members_women": 6}, "revision_women_among_members"),
        ({"members_total": 5, "members_youth": 6}, "revision_youth_among_members"),
    ],
)
def test_the_database_refuses_what_cannot_be(changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        a_cooperative(**changes)
    assert not Organisation.objects.exists()


def test_the_database_never_makes_a_bank_account_public():
    organisation = a_cooperative(identifiers=(IdentifierDetails("rib", "310810101402900442310133"),))
    assert organisation.identifiers.get().is_public is False
    with pytest.raises(IntegrityError, match="identifier_rib_is_private"), transaction.atomic():
        Identifier.objects.update(is_public=True)


def test_a_closed_cooperative_is_not_verified_directly():
    organisation = a_cooperative()
    change_state(organisation, "closed", by=None)
    with pytest.raises(StateNotAllowed):
        change_state(organisation, "verified", by=None)
    assert Organisation.objects.get().state == "closed"


def test_registering_runs_every_handler():
    a_cooperative()
    run_jobs()
