"""The places there are, and every way their names are written."""

from __future__ import annotations

import pytest

from twiza.foundation.places import selectors
from twiza.foundation.places.models import Commune, Province, Region, Spelling
from twiza.foundation.places.services import load_places

pytestmark = pytest.mark.django_db


def test_every_place_of_the_census_is_there():
    assert (Region.objects.count(), Province.objects.count(), Commune.objects.count()) == (12, 75, 1503)
    assert selectors.provinces("05").count() == 5
    assert Province.objects.filter(kind="prefecture").count() == 13
    assert Commune.objects.get(pk="06.141.01.0").population == 3_215_935
    assert Region.objects.filter(name_zgh="").count() == 0


def test_only_the_three_southern_regions_are_remote():
    remote = Commune.objects.filter(is_remote=True).values_list("province__region_id", flat=True).distinct()
    assert set(remote) == {"10", "11", "12"}
    assert not Commune.objects.filter(is_remote=False, province__region__code__gte="10").exists()


def test_loading_again_doubles_nothing():
    before = Spelling.objects.count()
    load_places()
    assert (Commune.objects.count(), Spelling.objects.count()) == (1503, before)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Taroudannt", "09.541"), ("Taroudant", "09.541"), ("TAROUDANT", "09.541"), ("تارودانت", "09.541"),
        ("Province de Taroudannt", "09.541"), ("إقليم تارودانت", "09.541"), ("Tarudante", "09.541"),
        ("Figuig", "02.251"), ("فكيك", "02.251"), ("فجيج", "02.251"),
        ("Fès", "03.231"), ("Fez", "03.231"), ("Tanger", "01.511"), ("Tangier", "01.511"),
        ("Marrakesh", "07.351"), ("Laayoune", "11.321"), ("Mogador", "07.211"),
        ("Casa", "06.141"), ("كازا", "06.141"), ("الدار البيضاء", "06.141"), ("Préfecture de Casablanca", "06.141"),
        ("Khouribga", "05.311"), ("خريبكة", "05.311"), ("M'diq Fnideq", "01.573"), ("MDIQ-FNIDEQ", "01.573"),
        ("El Kelaa des Sraghna", "07.191"), ("chtouka ait baha", "09.163"), ("الناظور", "02.381"),
    ],
)  # fmt: skip
def test_a_province_is_found_however_it_is_written(written, code):
    assert selectors.find_province(written).code == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Souss-Massa", "09"), ("SOUSS MASSA", "09"), ("سوس ماسة", "09"), ("جهة سوس-ماسة", "09"), ("L'Oriental", "02"),
        ("Région de l'Oriental", "02"), ("Grand Casablanca", "06"), ("Tadla-Azilal", "05"), ("Beni Mellal - Khenifra", "05"),
        ("Fès-Boulemane", "03"), ("Draa Tafilalet", "08"), ("ⵙⵓⵙⵙ-ⵎⴰⵙⵙⴰ", "09"),
    ],
)  # fmt: skip
def test_a_region_is_found_however_it_is_written(written, code):
    assert selectors.find_region(written).code == code


@pytest.mark.parametrize("written", ["", "  ", "\x00", "Atlantis", "Meknès-Tafilalet", "Souss-Massa-Drâa", "x" * 5000])
def test_a_region_that_is_none_or_was_divided_is_not_guessed(written):
    assert selectors.find_region(written) is None


@pytest.mark.parametrize(
    ("written", "province", "code"),
    [
        ("Taliouine", None, "09.541.01.11"), ("تالوين", None, "09.541.01.11"), ("Taliwine", "09.541", "09.541.01.11"),
        ("Oulad Aissa", "09.541", "09.541.04.33"), ("Oulad Aissa (Taroudant)", None, "09.541.04.33"),
        ("Oulad Aissa, Khouribga", None, "05.311.07.13"), ("Commune de Boulanouare", None, "05.311.05.05"),
        ("Boujaad", None, "05.311.01.01"), ("Tizi N'Test", None, "09.541.04.67"), ("tizi ntest", None, "09.541.04.67"),
        ("Casa", None, "06.141.01.0"), ("Sidi Bernoussi", None, "06.141.01.0"),
    ],
)  # fmt: skip
def test_a_commune_is_found_however_it_is_written(written, province, code):
    assert selectors.find_commune(written, province).code == code


def test_a_commune_whose_name_is_shared_needs_its_province():
    assert selectors.find_commune("Oulad Aissa") is None
    assert selectors.find_commune("Taliouine", "05.311") is None


def test_a_list_of_communes_puts_the_exact_and_the_large_first():
    assert selectors.communes_matching("casa")[0].code == "06.141.01.0"
    found = selectors.communes_matching("oulad aissa")
    assert {"Taroudannt", "Khouribga"} <= {commune.province_name for commune in found[:4]}
    assert selectors.communes_matching("سلا")[0].name == "Salé"
    assert len(selectors.communes_matching("a")) == 20
    assert len(selectors.communes_matching("sidi", limit=5)) == 5
    assert selectors.communes_matching("~") == selectors.communes_matching("\x00") == selectors.communes_matching("") == []


def test_what_a_list_offered_is_found_again():
    for commune in selectors.communes_matching("oulad"):
        assert selectors.find_commune(commune.label).code == commune.code


def test_the_atlas_answers_as_the_selectors_do():
    atlas = selectors.Atlas()
    assert (atlas.region("Souss Massa"), atlas.province("فكيك"), atlas.province("nowhere")) == ("09", "02.251", None)
    assert atlas.communes("Taliouine") == {"09.541.01.11"}
    assert atlas.communes("Oulad Aissa") == {"05.311.07.13", "06.181.05.03", "09.541.04.33"}
    assert atlas.communes("Oulad Aissa", "05.311") == {"05.311.07.13"}


def test_a_list_of_communes_asks_two_questions(django_assert_num_queries):
    with django_assert_num_queries(2):
        selectors.communes_matching("oulad")
