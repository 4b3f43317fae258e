"""A page of the list holds what the whole list has there, in either language."""

from __future__ import annotations

import pytest
from django.utils import translation

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import listed_cooperatives
from twiza.domain.directory.selectors.ordering import in_order, slice_in_order
from twiza.domain.directory.services.registering import register_organisation

pytestmark = pytest.mark.django_db

NAMES = [("Zitoun", "ب"), ("Amal", ""), ("Nahla", "ا"), ("Souf", "ت"), ("Louz", ""), ("Baraka", "ج"), ("Tifawin", "أ")]
KNOWN = {"Zitoun": "verified", "Nahla": "claimed", "Louz": "verified"}


@pytest.fixture
def seven():
    for name_fr, name_ar in NAMES:
        made = register_organisation(kind="cooperative", details=OrganisationDetails(name_fr=name_fr, name_ar=name_ar), by=None)
        Organisation.objects.filter(pk=made.pk).update(state=KNOWN.get(name_fr, "listed"))


def names(rows):
    return [row.published_revision.name_fr for row in rows]


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_slice_is_of_the_whole(language):
    with translation.override(language):
        whole = names(in_order(listed_cooperatives()))

        for begin in range(9):
            for how_many in range(1, 9):
                assert names(slice_in_order(listed_cooperatives(), begin, how_many)) == whole[begin : begin + how_many]


@pytest.mark.usefixtures("seven")
def test_who_answers_for_itself_comes_first_then_names():
    with translation.override("fr"):
        assert names(in_order(listed_cooperatives())) == ["Louz", "Zitoun", "Nahla", "Amal", "Baraka", "Souf", "Tifawin"]
    with translation.override("ar"):
        assert names(in_order(listed_cooperatives())) == ["Zitoun", "Louz", "Nahla", "Tifawin", "Souf", "Baraka", "Amal"]
