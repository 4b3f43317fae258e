"""The map of cooperatives: the whole country, then each region, for eyes, keyboards and readers of screens."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.entrypoints.web.choices import choices_in
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives, spread_of_cooperatives
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.entrypoints.ui.stylesheet import SOURCES
from twiza.entrypoints.ui.tokens import READABLE
from twiza.entrypoints.web.map_drawing import Place, centre_of, draw_country, draw_region, steps_for
from twiza.foundation.places.selectors import provinces

MOST_BYTES = 25_000
STYLE = SOURCES / "map" / "map.css"
TALIOUINE, KHOURIBGA = "09.541.01.11", "05.311.01.07"


def a_cooperative(name, commune="", kind="cooperative"):
    details = OrganisationDetails(name_fr=name, commune_code=commune)
    return register_organisation(kind=kind, details=details, by=None)


@pytest.fixture
def directory(db):
    """Two in Taroudannt, one in Khouribga, one nobody knows where; three that the public does not see."""
    a_cooperative("Un", TALIOUINE)
    a_cooperative("Deux", TALIOUINE)
    a_cooperative("Trois", KHOURIBGA)
    a_cooperative("Nulle part")
    change_state(a_cooperative("Suspendue", TALIOUINE), "suspended", by=None)
    change_state(a_cooperative("Fermée", TALIOUINE), "closed", by=None)
    a_cooperative("Opérateur", TALIOUINE, kind="operator")


def page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(html):
    """(address, name said aloud, class) of each shape."""
    (picture,) = re.findall(r"<svg class=\"map\".*?</svg>", html, re.DOTALL)
    links = ElementTree.fromstring(picture).findall("a")
    assert all(len(link.findall("path")) == 1 and link.findtext("title") == link.get("aria-label") for link in links)
    return [(link.get("href"), link.get("aria-label"), link.get("class")) for link in links]


def listed(html):
    """(address, name, count) of each line of the list."""
    line = r'<a class="map-name" href="([^"]+)"><span class="[^"]+"></span><span>([^<]+)</span> <b class="map-count">(\d+)</b>'
    return [(address.replace("&amp;", "&"), name, int(count)) for address, name, count in re.findall(line, html)]


def test_each_province_counts_what_its_list_shows(directory):
    spread = spread_of_cooperatives()
    counts = spread.per_province
    assert counts == {"09.541": 2, "05.311": 1, "": 1}
    assert (spread.total, spread.nowhere, spread.has_fictional) == (4, 1, False)
    assert spread.per_region == {"09": 2, "05": 1, "": 1}
    for code in ("09.541", "05.311"):
        assert find_cooperatives(DirectoryFilters(province=code)).total == counts[code]


def test_the_country_is_a_list_first_and_the_same_drawn(directory):
    html = page("/fr/cooperatives/map/")
    lines = listed(html)
    assert html.index('class="map-list"') < html.index('<svg class="map"')
    assert len(lines) == 12
    assert [line for line in lines if line[2]] == [
        ("/fr/cooperatives/?region=05", "Béni Mellal-Khénifra", 1),
        ("/fr/cooperatives/?region=09", "Souss-Massa", 2),
    ]
    shapes = drawn(html)
    assert [address for address, _name, _class in shapes] == [f"/fr/cooperatives/map/{code:02}/" for code in range(1, 13)]
    assert shapes[8][1:] == ("Souss-Massa\xa0: 2 coopératives", "map-5")
    assert shapes[0][2] == "map-0"
    assert "1 coopérative est dans la liste sans province connue." in html


def test_a_region_leads_to_the_list_of_each_province(directory):
    html = page("/fr/cooperatives/map/09/")
    assert ("/fr/cooperatives/?region=09&province=09.541", "Taroudannt", 2) in listed(html)
    assert sorted(address for address, _name, _class in drawn(html)) == sorted(address for address, _n, _c in listed(html))
    for address, name, count in listed(html):
        assert not count or (name, count) in choices_in(page(address))["Province ou préfecture"]


def test_every_place_has_its_shape(db):
    names = {province.code: province for province in provinces()}
    of_region: dict[str, list[Place]] = {}
    for code in names:
        of_region.setdefault(code[:2], []).append(Place(code, code, 1, "/"))
    assert len(draw_country(Place(code, code, 1, "/") for code in of_region).shapes) == 12
    assert sum(len(draw_region(code, places).shapes) for code, places in of_region.items()) == 75
    assert {code for code in names if centre_of(code) is None} == set()


def test_a_centre_lies_in_the_country():
    """Laâyoune and Tanger, known to everybody, and nothing for a code that is no province."""
    longitude, latitude = centre_of("11.321")
    assert (-13.5 < longitude < -11, 26 < latitude < 28) == (True, True)
    longitude, latitude = centre_of("01.511")
    assert (-6.2 < longitude < -5.5, 35.2 < latitude < 36) == (True, True)
    assert centre_of("99.999") is None


@pytest.mark.parametrize("region", ["13", "9", "00", "%00", "..", "<b>"])
def test_there_is_no_map_of_what_is_no_region(db, region):
    assert Client().get(f"/fr/cooperatives/map/{region}/").status_code == 404


@pytest.mark.parametrize("address", ["", *(f"{code:02}/" for code in range(1, 13))])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_map_costs_little(directory, language, address):
    assert len(gzip.compress(page(f"/{language}/cooperatives/map/{address}").encode(), 9)) <= MOST_BYTES


def test_the_map_asks_one_question(directory, django_assert_num_queries):
    page("/fr/cooperatives/map/")
    for address in ("", "09/"):
        with django_assert_num_queries(1):
            page(f"/fr/cooperatives/map/{address}")


def test_arabic_reads_arabic_names(directory):
    html = page("/ar/cooperatives/map/09/")
    assert 'lang="ar" dir="rtl"' in html
    assert "<h1>سوس-ماسة</h1>" in html


def test_a_made_up_cooperative_is_said_to_be_one(directory):
    screens = ("map/", "map/09/", "open-data/")
    assert [screen for screen in screens if "Démonstration" in page(f"/fr/cooperatives/{screen}")] == []
    register_organisation(kind="cooperative", details=OrganisationDetails(name_fr="Inventée"), by=None, is_fictional=True)
    assert [screen for screen in screens if "Démonstration" not in page(f"/fr/cooperatives/{screen}")] == []


def test_each_figure_can_be_read_on_its_colour():
    """In both themes; the first step stands on the colours of the page, which a test of their own measures."""
    fills = re.findall(
        r"\.map-(\d) \{ --fill: light-dark\((#\w{6}), (#\w{6})\); --on-fill: light-dark\((#\w{6}), (#\w{6})\)", STYLE.read_text()
    )
    assert [step for step, *_colours in fills] == ["1", "2", "3", "4", "5"]
    ratios = {
        (step, theme): contrast(word, ground)
        for step, light, dark, on_light, on_dark in fills
        for theme, word, ground in (("light", on_light, light), ("dark", on_dark, dark))
    }
    assert {place: ratio for place, ratio in ratios.items() if ratio < READABLE} == {}


def contrast(word, ground):
    brighter, darker = sorted((luminance(word), luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_list_leads_to_the_map(directory):
    assert 'href="/fr/cooperatives/map/"' in page("/fr/cooperatives/")
    assert 'href="/fr/cooperatives/map/09/"' in page("/fr/cooperatives/?region=09")
    assert 'href="/fr/cooperatives/map/"' in page("/fr/cooperatives/?region=99")


def test_no_cooperative_takes_the_address_of_the_map(db):
    assert [a_cooperative("Map").slug, a_cooperative("Map").slug, a_cooperative("Open data").slug] == [
        "map-1",
        "map-1-2",
        "open-data-1",
    ]


@given(st.lists(st.integers(0, 10_000), max_size=80))
def test_every_count_has_exactly_one_step(counts):
    steps = steps_for(counts)
    assert len(steps) <= 5
    for count in counts:
        assert sum(step.least <= count <= step.most for step in steps) == (1 if count else 0)
    if steps:
        assert [step.number for step in steps] == list(range(6 - len(steps), 6))
        assert (steps[0].least, steps[-1].most) == (min(count for count in counts if count), max(counts))
