"""The page of a cooperative that took care of it: photos, voice, opening times, labels."""

from __future__ import annotations

import io
import json
import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from PIL import Image

from tests.jobs import run_jobs
from tests.kit import sounds
from tests.pictures import picture
from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.services.opening import say_opening_times
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.picturing import add_page_photo
from twiza.domain.directory.services.reaching import add_own_contact
from twiza.domain.directory.services.registering import OrganisationDetails, change_state, revise
from twiza.domain.directory.services.revising import say_of_oneself
from twiza.domain.directory.services.voicing import tell_story_aloud
from twiza.entrypoints.web.member_figures import member_figures
from twiza.kit.clock import today


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def cared_for(market):
    cooperative, fatima = market.saffron_cooperative, market.fatima
    change_state(cooperative, "verified", None)
    words = {"story_fr": "Nous cueillons à l'aube.", "story_ar": "نجني فجرا.", "members_total": 24, "members_women": 20}
    say_of_oneself(cooperative, words, seen=1, by=fatima)
    for number in range(3):
        add_page_photo(cooperative, picture(size=(1600, 1200)), by=fatima, alt_fr=f"Photo {number}", alt_ar=f"صورة {number}")
    run_jobs()
    tell_story_aloud(cooperative, io.BytesIO(sounds.mp4(80)), language="shi", by=fatima, transcript="Azul.")
    hours = OpeningDetails(weekdays=(0, 1, 2), opens_at=time(9), closes_at=time(17), souk_weekday=3)
    say_opening_times(cooperative, hours, by=fatima)
    add_own_contact(cooperative, kind="phone", typed="0683000001", visibility="public", by=fatima)
    add_own_contact(cooperative, kind="phone", typed="0683000002", visibility="partners", by=fatima)
    label = {"scheme": "aop", "by": None, "is_verified": True, "issued_by": "MAPM"}
    record_accreditation(cooperative, **label, number="AOP-7", valid_from=date(2020, 1, 2), valid_until=today())
    record_accreditation(cooperative, **label, number="AOP-OLD", valid_until=today() - timedelta(days=1))
    revise(cooperative, OrganisationDetails(name_fr="Not yet approved"), by=None)
    return cooperative


def page_of(cooperative, language: str = "fr") -> str:
    answer = Client().get(f"/{language}/cooperatives/{cooperative.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_its_members_chose_and_nothing_else(cared_for):
    page = page_of(cared_for)

    for said in (
        "Nous cueillons à l&#x27;aube.",
        "Ouvert\xa0: lundi à mercredi, de 09:00 à 17:00",
        "Au souk\xa0: jeudi",
        "06 83 00 00 01",
        "AOP-7",
        "valable du 2 janvier 2020 au",
        "Tachelhit",
        "1:20",
        "Azul.",
        'aria-label="Photo 0"',
        'alt="Photo 2"',
        "Safran pur",
    ):
        assert said in page, said
    for hidden in ("06 83 00 00 02", "AOP-OLD", "Not yet approved"):
        assert hidden not in page, hidden
    assert page.count('class="people-woman"') == 20
    assert re.search(r'<audio controls preload="none" src="/media/recordings/\w{16}\.m4a"></audio>', page)


def test_the_page_reads_in_arabic_too(cared_for):
    page = page_of(cared_for, "ar")

    for said in ("نجني فجرا.", "مفتوح: من الاثنين إلى الأربعاء، من 09:00 إلى 17:00", "في السوق: الخميس", 'aria-label="صورة 0"'):
        assert said in page, said


def test_a_page_that_nobody_took_care_of_has_no_empty_boxes(market):
    page = page_of(market.argan_cooperative)

    for absent in ("<audio", "coop-photos", "Quand venir", 'class="people"', "og:image", "Leur histoire"):
        assert absent not in page, absent
    assert "Huile d&#x27;argan" in page


def test_machines_read_the_same(cared_for, settings):
    page = page_of(cared_for)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert len(data["image"]) == 3
    assert data["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday")],
            "opens": "09:00",
            "closes": "17:00",
        }
    ]
    assert (data["subjectOf"]["encodingFormat"], data["subjectOf"]["duration"]) == ("audio/mp4", "PT80S")
    assert data["hasCertification"][0]["validFrom"] == "2020-01-02"
    assert data["telephone"] == "+212683000001"
    shared = re.search(r'<meta property="og:image" content="([^"]+)">', page)[1]
    answer = Client().get(shared.removeprefix(settings.SITE_URL))
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as card:
        assert (card.format, card.size) == ("JPEG", (1200, 630))


def test_the_page_asks_at_most_eleven_questions_while_nothing_of_it_is_in_memory(cared_for, django_assert_max_num_queries):
    page_of(cared_for)

    with django_assert_max_num_queries(11):
        page_of(cared_for)


def test_a_recording_is_served_whole_and_in_parts(cared_for):
    url = re.search(r'src="(/media/recordings/[^"]+)"', page_of(cared_for))[1]
    whole = Client().get(url)
    data = b"".join(whole.streaming_content)

    assert whole.headers["Content-Type"] == "audio/mp4"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Disposition"] == f'inline; filename="{url.rsplit("/", 1)[1]}"'
    assert "immutable" in whole.headers["Cache-Control"]
    parts = {
        "bytes=0-1": (0, 2),
        "bytes=10-": (10, len(data)),
        "bytes=-5": (len(data) - 5, len(data)),
        "bytes=5-999999": (5, len(data)),
    }
    for asked, (first, end) in parts.items():
        part = Client().get(url, headers={"range": asked})
        assert (part.status_code, part.content) == (206, data[first:end]), asked
        assert part.headers["Content-Range"] == f"bytes {first}-{end - 1}/{len(data)}"
    beyond = Client().get(url, headers={"range": "bytes=999999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(data)}")
    assert Client().get(url, headers={"range": "pages=1-2"}).status_code == 200
    assert Client().head(url).status_code == 200
    assert Client().post(url).status_code == 405


@pytest.mark.parametrize(
    "path", ["../secret_key", "recordings/none.m4a", "recordings", "", "x.html", "%2e%2e/secret_key", "a\x00.webp"]
)
def test_nothing_but_what_we_made_is_served(db, path, tmp_path):
    (tmp_path / "x.html").write_text("<script>")

    assert Client().get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    ("total", "women", "drawn"),
    [
        (24, 20, (20, 4, 1)),
        (1, None, (0, 1, 1)),
        (40, 40, (40, 0, 1)),
        (41, 1, (1, 20, 2)),
        (3000, 2999, (30, 0, 100)),
        (9, 12, (9, 0, 1)),
    ],
)
def test_members_are_drawn_one_by_one_or_so_many_at_a_time(total, women, drawn):
    figures = member_figures(total, women)

    assert (len(figures.women), len(figures.others), figures.each) == drawn


@pytest.mark.parametrize("total", [None, 0])
def test_members_that_nobody_counted_are_not_drawn(total):
    assert member_figures(total, 5) is None
