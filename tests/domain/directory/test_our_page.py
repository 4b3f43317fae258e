"""Photos, voice, opening times and contacts of a page."""

from __future__ import annotations

import io
from datetime import date, time
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.jobs import run_jobs
from tests.kit import sounds
from tests.pictures import picture
from twiza.domain.directory.errors import ContactNotReadable, TimesIncomplete, TooManyContacts, TooManyPhotos
from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.models import ContactPoint, OpeningTimes, PagePhoto, StoryRecording
from twiza.domain.directory.selectors import get_public_organisation, opening_words, photos_of
from twiza.domain.directory.services.moving import move_back, move_particulars
from twiza.domain.directory.services.opening import say_opening_times
from twiza.domain.directory.services.picturing import (
    add_page_photo,
    aim_photo,
    describe_photo,
    move_photo,
    remove_photo,
    try_photo_again,
)
from twiza.domain.directory.services.reaching import add_own_contact, choose_who_sees, remove_contact
from twiza.domain.directory.services.voicing import describe_recording, remove_recording, tell_story_aloud
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound
from twiza.kit.photographs import PhotoRefused
from twiza.kit.recordings import RecordingRefused


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_page_shows_its_photos_in_the_order_its_members_chose(market, media):
    cooperative = market.saffron_cooperative
    made = [add_page_photo(cooperative, picture(), by=market.fatima, alt_fr=f" Photo {number} ") for number in range(3)]

    move_photo(made[2], to=0, by=market.brahim)
    describe_photo(made[0], alt_fr="La cueillette", alt_ar="الجني", by=market.fatima)
    assert get_public_organisation(cooperative.slug).photos == ()
    run_jobs()

    assert [photo.pk for photo in photos_of(cooperative)] == [made[2].pk, made[0].pk, made[1].pk]
    assert [photo.alt for photo in get_public_organisation(cooperative.slug).photos] == ["Photo 2", "La cueillette", "Photo 1"]
    assert Entry.objects.filter(action="directory.move_photo").get().details == {"photo": made[2].pk}
    assert files_in(media) == 21


def test_a_ninth_photo_is_refused(market):
    for _ in range(8):
        add_page_photo(market.saffron_cooperative, picture(), by=market.fatima)

    with pytest.raises(TooManyPhotos):
        add_page_photo(market.saffron_cooperative, picture(), by=market.fatima)
    assert PagePhoto.objects.count() == 8


def test_a_photo_that_is_removed_leaves_no_file(market, media, django_capture_on_commit_callbacks):
    first, second = (add_page_photo(market.saffron_cooperative, picture(), by=market.fatima) for _ in range(2))

    run_jobs()

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(first, by=market.fatima)

    assert [(photo.pk, photo.position) for photo in PagePhoto.objects.all()] == [(second.pk, 0)]
    assert files_in(media) == 7


@pytest.mark.parametrize("who", ["karim", "hajja", "youssef"])
def test_strangers_change_nothing_of_a_page(market, media, who):
    stranger, cooperative = getattr(market, who), market.saffron_cooperative
    photo = add_page_photo(cooperative, picture(), by=market.fatima)
    tell_story_aloud(cooperative, io.BytesIO(sounds.amr(3)), language="shi", by=market.fatima)
    contact = add_own_contact(cooperative, kind="phone", typed="0612345678", visibility="private", by=market.fatima)
    acts, kept = Entry.objects.count(), files_in(media)

    for change in (
        lambda: add_page_photo(cooperative, picture(), by=stranger),
        lambda: describe_photo(photo, alt_fr="x", alt_ar="x", by=stranger),
        lambda: move_photo(photo, to=0, by=stranger),
        lambda: remove_photo(photo, by=stranger),
        lambda: aim_photo(photo, (0, 0), by=stranger),
        lambda: try_photo_again(photo, by=stranger),
        lambda: tell_story_aloud(cooperative, io.BytesIO(sounds.amr(3)), language="shi", by=stranger),
        lambda: describe_recording(cooperative, language="fr", transcript="x", by=stranger),
        lambda: remove_recording(cooperative, by=stranger),
        lambda: say_opening_times(cooperative, OpeningDetails(weekdays=(0,)), by=stranger),
        lambda: add_own_contact(cooperative, kind="phone", typed="0612345679", visibility="public", by=stranger),
        lambda: choose_who_sees(contact, "public", by=stranger),
        lambda: remove_contact(contact, by=stranger),
    ):
        with pytest.raises(NotFound):
            change()
    assert (Entry.objects.count(), files_in(media), OpeningTimes.objects.count()) == (acts, kept, 0)
    assert ContactPoint.objects.filter(organisation=cooperative).values_list("value", "visibility").get() == (
        "+212612345678", "private",
    )  # fmt: skip


def test_a_file_that_is_no_photo_leaves_nothing(market, media):
    with pytest.raises(PhotoRefused):
        add_page_photo(market.saffron_cooperative, io.BytesIO(b"<svg/>"), by=market.fatima)
    assert (PagePhoto.objects.count(), files_in(media)) == (0, 0)


def test_a_new_recording_takes_the_place_of_the_old_one(market, media, django_capture_on_commit_callbacks):
    cooperative = market.saffron_cooperative
    with django_capture_on_commit_callbacks(execute=True):
        tell_story_aloud(cooperative, io.BytesIO(sounds.amr(3)), language="shi", by=market.fatima)
    with django_capture_on_commit_callbacks(execute=True):
        tell_story_aloud(cooperative, io.BytesIO(sounds.mp4(80)), language="ary", by=market.brahim, transcript=" Salam ")

    told = StoryRecording.objects.get()
    assert (told.media_type, told.seconds, told.language, told.transcript) == ("audio/mp4", 80, "ary", "Salam")
    assert [path.suffix for path in media.rglob("*") if path.is_file()] == [".m4a"]
    assert told.size_bytes == told.file.size
    describe_recording(cooperative, language="ar", transcript="السلام", by=market.fatima)
    assert StoryRecording.objects.get().transcript == "السلام"
    with django_capture_on_commit_callbacks(execute=True):
        remove_recording(cooperative, by=market.fatima)
    assert (StoryRecording.objects.count(), files_in(media)) == (0, 0)


def test_a_recording_that_is_refused_leaves_the_old_one(market, media, settings):
    cooperative = market.saffron_cooperative
    tell_story_aloud(cooperative, io.BytesIO(sounds.amr(3)), language="shi", by=market.fatima)
    settings.RECORDING_MOST_MINUTES = 1

    for refused in (sounds.amr(80), b"words", sounds.mp4(9, (b"vide",))):
        with pytest.raises(RecordingRefused):
            tell_story_aloud(cooperative, io.BytesIO(refused), language="shi", by=market.fatima)
    assert StoryRecording.objects.get().seconds == 3
    assert files_in(media) == 1


WORDS = [
    (OpeningDetails(weekdays=(0, 1, 2, 3, 5)), "fr", ("Ouvert\xa0: lundi à jeudi, samedi",)),
    (OpeningDetails(weekdays=(0, 1), opens_at=time(9), closes_at=time(17, 30)), "fr",
     ("Ouvert\xa0: lundi, mardi, de 09:00 à 17:30",)),
    (OpeningDetails(weekdays=tuple(range(7))), "fr", ("Ouvert\xa0: tous les jours",)),
    (OpeningDetails(opens_at=time(9), closes_at=time(17)), "fr", ("Ouvert de 09:00 à 17:00",)),
    (OpeningDetails(souk_weekday=3, souk_name="Souk de Taliouine"), "fr", ("Au souk\xa0: jeudi (Souk de Taliouine)",)),
    (OpeningDetails(season_from_month=10, season_until_month=11), "fr", ("Seulement\xa0: octobre à novembre",)),
    (OpeningDetails(season_from_month=5, season_until_month=5), "fr", ("Seulement en mai",)),
    (OpeningDetails(closed_from=date(2030, 8, 1), closed_until=date(2030, 8, 31)), "fr",
     ("Fermé du 1 août 2030 au 31 août 2030",)),
    (OpeningDetails(closed_from=date(2030, 8, 1), closed_until=date(2030, 8, 1)), "fr", ("Fermé le 1 août 2030",)),
    (OpeningDetails(closed_from=date(2020, 8, 1), closed_until=date(2020, 8, 31), weekdays=(6,)), "fr",
     ("Ouvert\xa0: dimanche",)),
    (OpeningDetails(weekdays=(0, 1, 2, 5), season_from_month=9, season_until_month=11), "ar",
     ("مفتوح: من الاثنين إلى الأربعاء، السبت", "من شتنبر إلى نونبر فقط")),
]  # fmt: skip


@pytest.mark.parametrize(("details", "language", "words"), WORDS)
def test_opening_times_are_said_as_somebody_would_say_them(market, details, language, words):
    say_opening_times(market.saffron_cooperative, details, by=market.fatima)

    with override(language):
        assert opening_words(OpeningTimes.objects.get()) == words


def test_times_that_say_nothing_are_none(market):
    say_opening_times(market.saffron_cooperative, OpeningDetails(weekdays=(0,)), by=market.fatima)
    say_opening_times(market.saffron_cooperative, OpeningDetails(souk_name="Souk"), by=market.fatima)

    assert not OpeningTimes.objects.exists()


@pytest.mark.parametrize(
    "details",
    [
        OpeningDetails(opens_at=time(9)),
        OpeningDetails(opens_at=time(9), closes_at=time(9)),
        OpeningDetails(closed_until=date(2030, 1, 1)),
        OpeningDetails(closed_from=date(2030, 1, 2), closed_until=date(2030, 1, 1)),
        OpeningDetails(season_from_month=3),
    ],
)
def test_half_a_time_is_refused(market, details):
    with pytest.raises(TimesIncomplete):
        say_opening_times(market.saffron_cooperative, details, by=market.fatima)
    assert not OpeningTimes.objects.exists()


def test_a_contact_is_seen_by_whom_the_cooperative_chose(market):
    cooperative = market.saffron_cooperative
    contact = add_own_contact(cooperative, kind="whatsapp", typed="06 12 34 56 78", visibility="private", by=market.fatima)
    add_own_contact(cooperative, kind="email", typed=" zafrane@example.org ", visibility="partners", by=market.fatima)

    assert get_public_organisation(cooperative.slug).contacts == ()
    choose_who_sees(contact, "public", by=market.fatima)
    assert [one.value for one in get_public_organisation(cooperative.slug).contacts] == ["+212612345678"]
    add_own_contact(cooperative, kind="whatsapp", typed="+212612345678", visibility="private", by=market.fatima)
    assert get_public_organisation(cooperative.slug).contacts == ()
    remove_contact(ContactPoint.objects.get(pk=contact.pk), by=market.fatima)
    assert [one.kind for one in ContactPoint.objects.filter(organisation=cooperative)] == ["email"]


def test_what_a_merged_page_showed_is_shown_by_the_kept_one_and_goes_back(market):
    kept, merged = market.argan_cooperative, market.saffron_cooperative
    photo = add_page_photo(merged, picture(), by=market.fatima)
    add_page_photo(merged, picture(), by=market.fatima)
    say_opening_times(merged, OpeningDetails(weekdays=(0,)), by=market.fatima)
    say_opening_times(kept, OpeningDetails(weekdays=(1,)), by=market.hajja)

    rows = move_particulars(kept, merged)

    assert PagePhoto.objects.filter(organisation=kept).count() == 2
    assert OpeningTimes.objects.get(organisation=kept).weekdays == [1]
    move_back(kept, merged, rows)
    assert photo in PagePhoto.objects.filter(organisation=merged)
    assert not PagePhoto.objects.filter(organisation=kept).exists()
    assert OpeningTimes.objects.get(organisation=merged).weekdays == [0]


@pytest.mark.parametrize(
    ("kind", "typed"), [("phone", "12"), ("phone", "a@b.org"), ("email", "0612345678"), ("email", ""), ("phone", "")]
)
def test_what_is_no_number_and_no_address_is_refused(market, kind, typed):
    with pytest.raises(ContactNotReadable):
        add_own_contact(market.saffron_cooperative, kind=kind, typed=typed, visibility="public", by=market.fatima)
    assert not ContactPoint.objects.filter(organisation=market.saffron_cooperative).exists()


def test_contacts_have_an_end(market):
    for number in range(12):
        add_own_contact(
            market.saffron_cooperative, kind="email", typed=f"a{number}@example.org", visibility="public", by=market.fatima
        )

    with pytest.raises(TooManyContacts):
        add_own_contact(market.saffron_cooperative, kind="phone", typed="0612345678", visibility="public", by=market.fatima)
    assert ContactPoint.objects.filter(organisation=market.saffron_cooperative).count() == 12
