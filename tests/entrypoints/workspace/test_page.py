"""Our page: what a cooperative says of itself on its telephone, what others propose, how it read before."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kit import sounds
from twiza.domain.directory.models import ContactPoint, OpeningTimes, Organisation, StoryRecording
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.reaching import add_own_contact
from twiza.domain.directory.services.registering import OrganisationDetails, change_state, revise
from twiza.domain.directory.services.revising import say_of_oneself


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def claimed(market) -> Organisation:
    change_state(market.saffron_cooperative, "claimed", None)
    return market.saffron_cooperative


@pytest.fixture
def fatima(market, signed_in):
    return signed_in(market.fatima)


def at(cooperative, path: str = "", language: str = "fr") -> str:
    return f"/{language}/workspace/{cooperative.slug}/page/{path}"


def shown(cooperative):
    return Organisation.objects.select_related("published_revision").get(pk=cooperative.pk).published_revision


def proposed(cooperative, **changes):
    return revise(cooperative, OrganisationDetails(**{**vars(details_said_by(shown(cooperative))), **changes}), by=None)


def test_the_page_is_one_step_from_the_six_actions_and_each_part_one_step_from_it(claimed, fatima):
    home = fatima.get(f"/fr/workspace/{claimed.slug}/").content.decode()
    page = fatima.get(at(claimed)).content.decode()

    assert home.count('class="tile ') + home.count('class="tile"') == 6
    assert f'href="{at(claimed)}"' in home
    for part in ("story/", "photos/", "voice/", "members/", "opening/", "contacts/", "changes/"):
        assert f'href="{at(claimed, part)}"' in page
    assert f'href="/fr/cooperatives/{claimed.slug}/"' in page


def test_a_story_is_told_and_buyers_read_it(claimed, fatima, client):
    answer = fatima.post(at(claimed, "story/"), {"seen": "1", "story_fr": "Nous cueillons.", "story_ar": ""})

    assert (answer.status_code, answer.url) == (302, at(claimed))
    assert "Nous cueillons." in client.get(f"/fr/cooperatives/{claimed.slug}/").content.decode()
    assert "Les acheteurs le voient maintenant." in fatima.get(at(claimed)).content.decode()


def test_the_story_of_a_page_nobody_confirmed_is_kept_and_waits(market, fatima, client):
    cooperative = market.saffron_cooperative
    fatima.post(at(cooperative, "story/"), {"seen": "1", "story_fr": "Nous cueillons.", "story_ar": ""})

    assert "Nous cueillons." not in client.get(f"/fr/cooperatives/{cooperative.slug}/").content.decode()
    form = fatima.get(at(cooperative, "story/")).content.decode()
    assert "Nous cueillons.</textarea>" in form
    assert 'name="seen" value="2"' in form
    assert "Qui tient le registre" in fatima.get(at(cooperative, "changes/")).content.decode()


def test_what_two_people_wrote_at_once_is_shown_to_the_second_who_loses_nothing(claimed, market, fatima, signed_in):
    fatima.post(at(claimed, "story/"), {"seen": "1", "story_fr": "De Fatima.", "story_ar": ""})
    brahim = signed_in(market.brahim)

    answer = brahim.post(at(claimed, "story/"), {"seen": "1", "story_fr": "De Brahim.", "story_ar": ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "De Fatima." in page
    assert "De Brahim.</textarea>" in page
    assert 'name="seen" value="2"' in page
    assert shown(claimed).story_fr == "De Fatima."
    brahim.post(at(claimed, "story/"), {"seen": "2", "story_fr": "De Brahim.", "story_ar": ""})
    assert shown(claimed).story_fr == "De Brahim."


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"members_total": "10", "members_women": "11"}, {"members_women"}),
        ({"members_total": "dix"}, {"members_total"}),
        ({"members_total": "-1"}, {"members_total"}),
    ],
)
def test_members_that_do_not_add_up_are_asked_again(claimed, fatima, typed, wrong):
    answer = fatima.post(at(claimed, "members/"), {"seen": "1", **typed})

    assert answer.context["form"].errors.keys() == wrong
    assert f'value="{typed["members_total"]}"' in answer.content.decode()
    assert shown(claimed).number == 1


def test_members_are_counted(claimed, fatima):
    fatima.post(
        at(claimed, "members/"),
        {"seen": "1", "members_total": "24", "members_women": "20", "members_men": "", "members_youth": "0"},
    )

    now = shown(claimed)
    assert (now.members_total, now.members_women, now.members_men, now.members_youth) == (24, 20, None, 0)


def test_a_story_is_told_aloud_described_and_taken_back(claimed, fatima):
    recording = SimpleUploadedFile("Voix 001.3gp", sounds.mp4(42), "video/3gpp")
    fatima.post(at(claimed, "voice/"), {"recording": recording, "language": "shi", "transcript": ""})
    fatima.post(at(claimed, "voice/"), {"language": "ary", "transcript": "Salam"})

    told = StoryRecording.objects.get()
    assert (told.seconds, told.media_type, told.language, told.transcript) == (42, "audio/mp4", "ary", "Salam")
    assert re.fullmatch(r"recordings/[0-9a-f]{16}\.m4a", told.file.name)
    assert "0:42" in fatima.get(at(claimed, "voice/")).content.decode()
    fatima.post(at(claimed, "voice/remove/"))
    assert not StoryRecording.objects.exists()


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (b"words", "pas un enregistrement que nous connaissons"),
        (sounds.amr(200), "plus de 3 min"),
        (sounds.mp4(9, (b"vide",)), "C&#x27;est un film"),
        (None, "Choisissez d&#x27;abord un enregistrement"),
    ],
)
def test_a_recording_that_is_refused_keeps_what_was_typed(claimed, fatima, upload, said):
    file = {} if upload is None else {"recording": SimpleUploadedFile("a.m4a", upload, "audio/mp4")}

    answer = fatima.post(at(claimed, "voice/"), {**file, "language": "shi", "transcript": "Azul"})

    page = answer.content.decode()
    assert answer.context["form"].errors.keys() == {"recording"}
    assert said in page
    assert "Azul</textarea>" in page
    assert not StoryRecording.objects.exists()


def test_opening_times_are_said_and_taken_back(claimed, fatima):
    typed = {"weekdays": ["0", "1", "2"], "opens_at": "09:00", "closes_at": "17:00", "souk_weekday": "3", "souk_name": "Souk"}
    assert fatima.post(at(claimed, "opening/"), typed).status_code == 302

    page = fatima.get(at(claimed)).content.decode()
    assert "Ouvert\xa0: lundi à mercredi, de 09:00 à 17:00" in page
    assert "Au souk\xa0: jeudi (Souk)" in page
    form = fatima.get(at(claimed, "opening/")).content.decode()
    assert 'value="09:00"' in form
    assert len(re.findall(r'name="weekdays"[^>]* checked', form)) == 3
    fatima.post(at(claimed, "opening/"), {})
    assert not OpeningTimes.objects.exists()


@pytest.mark.parametrize("typed", [{"opens_at": "09:00"}, {"closed_from": "2030-01-02", "closed_until": "2030-01-01"}])
def test_half_a_time_is_asked_again(claimed, fatima, typed):
    answer = fatima.post(at(claimed, "opening/"), {"weekdays": ["4"], **typed})

    assert answer.status_code == 200
    assert "de quand à quand" in answer.content.decode()
    assert not OpeningTimes.objects.exists()


def test_contacts_are_added_unseen_shown_by_choice_and_removed(claimed, fatima, client):
    form = fatima.get(at(claimed, "contacts/")).content.decode()
    assert re.search(r'value="private"[^>]* checked', form)
    fatima.post(at(claimed, "contacts/"), {"kind": "phone", "value": "06 83 00 00 01", "visibility": "private"})
    contact = ContactPoint.objects.get(organisation=claimed)
    public = f"/fr/cooperatives/{claimed.slug}/"

    assert "06 83 00 00 01" not in client.get(public).content.decode()
    fatima.post(at(claimed, f"contacts/{contact.pk}/"), {"visibility": "public"})
    assert "06 83 00 00 01" in client.get(public).content.decode()
    fatima.post(at(claimed, f"contacts/{contact.pk}/"), {"visibility": "everybody"})
    assert ContactPoint.objects.get(pk=contact.pk).visibility == "public"
    fatima.post(at(claimed, f"contacts/{contact.pk}/"), {"visibility": "public", "remove": "1"})
    assert not ContactPoint.objects.filter(organisation=claimed).exists()


def test_a_number_that_cannot_be_is_asked_again(claimed, fatima):
    answer = fatima.post(at(claimed, "contacts/"), {"kind": "phone", "value": "12", "visibility": "public"})

    assert answer.context["form"].errors.keys() == {"value"}
    assert not ContactPoint.objects.filter(organisation=claimed).exists()


def test_a_proposed_change_is_shown_side_by_side_with_its_words_marked(claimed, fatima):
    say_of_oneself(claimed, {"story_fr": "Nous cueillons le soir."}, seen=1, by=claimed.memberships.first().user)
    revision = proposed(claimed, story_fr="Nous cueillons le matin.", members_total=30)

    page = fatima.get(at(claimed, f"changes/{revision.number}/")).content.decode()

    assert "Nous cueillons le <del>soir</del>." in page
    assert "Nous cueillons le <ins>matin</ins>." in page
    assert re.findall(r'name="thing" value="(\w+)" checked', page) == ["story_fr", "members"]
    assert 'dir="auto"' in page


def test_a_part_of_a_proposed_change_is_taken(claimed, fatima):
    revision = proposed(claimed, story_fr="Du registre.", members_total=30)

    answer = fatima.post(at(claimed, f"changes/{revision.number}/"), {"thing": ["members"], "seen": "1"})

    assert (answer.status_code, answer.url) == (302, at(claimed, "changes/"))
    assert (shown(claimed).members_total, shown(claimed).story_fr) == (30, "")
    again = fatima.post(at(claimed, f"changes/{revision.number}/"), {"thing": ["story_fr"], "seen": "3"}, follow=True)
    assert "Ce changement est déjà décidé." in again.content.decode()
    assert shown(claimed).story_fr == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"seen": "1"}, "Choisissez ce que vous reprenez"),
        ({"seen": "9", "thing": ["members"]}, "La page a changé entre-temps."),
        ({"seen": "x", "thing": ["members"]}, "La page a changé entre-temps."),
        ({"seen": "1", "refuse": "1", "reason": " "}, "Ce champ est obligatoire."),
    ],
)
def test_what_cannot_be_decided_so_is_said_and_nothing_happens(claimed, fatima, typed, said):
    revision = proposed(claimed, members_total=30)

    answer = fatima.post(at(claimed, f"changes/{revision.number}/"), typed)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    revision.refresh_from_db()
    assert (revision.state, shown(claimed).number) == ("pending", 1)


def test_a_proposed_change_is_refused_with_a_reason(claimed, fatima):
    revision = proposed(claimed, members_total=30)

    fatima.post(at(claimed, f"changes/{revision.number}/"), {"refuse": "1", "reason": "Ce n'est pas nous."})

    revision.refresh_from_db()
    assert (revision.state, shown(claimed).number) == ("rejected", 1)


def test_an_earlier_version_is_compared_and_comes_back(claimed, fatima, market):
    say_of_oneself(claimed, {"story_fr": "Une."}, seen=1, by=market.fatima)
    say_of_oneself(claimed, {"story_fr": "Deux."}, seen=2, by=market.brahim)

    history = fatima.get(at(claimed, "changes/")).content.decode()
    assert ("Fatima" in history, "Brahim" in history) == (True, True)
    page = fatima.get(at(claimed, "versions/2/")).content.decode()
    assert ("<del>Deux</del>" in page, "<ins>Une</ins>" in page) == (True, True)
    fatima.post(at(claimed, "versions/2/"), {"seen": "3"})
    assert (shown(claimed).number, shown(claimed).story_fr) == (4, "Une.")
    fatima.post(at(claimed, "versions/3/"), {"seen": "3"})
    assert shown(claimed).number == 4


def test_a_member_does_not_decide_about_her_own_words_before_the_page_is_claimed(market, fatima):
    cooperative = market.saffron_cooperative
    waiting = say_of_oneself(cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)

    assert fatima.get(at(cooperative, f"changes/{waiting.number}/")).status_code == 404
    assert fatima.post(at(cooperative, f"changes/{waiting.number}/"), {"all": "1", "seen": "1"}).status_code == 404
    assert fatima.post(at(cooperative, "versions/1/"), {"seen": "1"}).status_code == 404
    assert shown(cooperative).number == 1


def test_a_keeper_of_the_register_sees_every_proposal_and_decides(market, signed_in):
    Organisation.objects.filter(pk=market.operator.pk).update(keeps_register=True)
    cooperative = market.saffron_cooperative
    waiting = say_of_oneself(cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)
    youssef = signed_in(market.youssef)
    address = f"/fr/workspace/register/changes/revisions/{cooperative.slug}/{waiting.number}/"

    listed = youssef.get("/fr/workspace/register/changes/revisions/").content.decode()
    assert address in listed
    assert "<ins>Une.</ins>" in youssef.get(address).content.decode()
    youssef.post(address, {"thing": ["story_fr"], "seen": "1"})
    assert shown(cooperative).story_fr == "Une."
    assert youssef.post(address, {"thing": ["story_fr"], "seen": "1"}).status_code == 302


@pytest.mark.parametrize("who", ["karim", "fatima", "hajja"])
def test_nobody_else_sees_the_proposals_of_all(market, signed_in, who):
    waiting = say_of_oneself(market.saffron_cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)
    stranger = signed_in(getattr(market, who))

    for path in ("", f"{market.saffron_cooperative.slug}/{waiting.number}/"):
        address = f"/fr/workspace/register/changes/revisions/{path}"
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"all": "1", "seen": "1"}).status_code in {404, 405}
    assert shown(market.saffron_cooperative).number == 1


def test_a_contact_with_markup_in_it_is_only_words(claimed, fatima, market):
    say_of_oneself(claimed, {"story_fr": "<script>alert(1)</script>"}, seen=1, by=market.fatima)
    revision = proposed(claimed, story_fr="<b>gras</b>")
    add_own_contact(claimed, kind="email", typed="a@example.org", visibility="public", by=market.fatima)

    for path in ("", "story/", "contacts/", "changes/", f"changes/{revision.number}/"):
        page = fatima.get(at(claimed, path)).content.decode()
        assert "<script>alert" not in page, path
        assert "<b>gras" not in page, path
