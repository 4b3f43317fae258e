from __future__ import annotations

import pytest

from tests.entrypoints.web.people import sign_in
from twiza.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_language_is_remembered_here_and_the_same_page_is_shown(client):
    answer = client.post("/language/", {"language": "ar", "next": "/fr/account/login/"})
    assert answer.headers["Location"] == "/ar/account/login/"
    assert answer.cookies["language"].value == "ar"
    assert client.get("/").headers["Location"] == "/ar/"


def test_somebody_signed_in_is_written_to_in_the_language_chosen(client, fatima):
    sign_in(client, fatima)
    client.post("/language/", {"language": "fr", "next": "/ar/"})
    assert User.objects.get().language == "fr"


def test_arabic_screens_leave_texts_in_darija(client, fatima):
    User.objects.update(language="ary")
    sign_in(client, fatima)
    client.post("/language/", {"language": "ar", "next": "/ar/"})
    assert User.objects.get().language == "ary"


@pytest.mark.parametrize("language", ["xx", "", "ary", "a\x00r"])
def test_a_language_without_screens_changes_nothing(client, fatima, language):
    sign_in(client, fatima)
    answer = client.post("/language/", {"language": language, "next": "/fr/"})
    assert answer.headers["Location"] == "/fr/"
    assert User.objects.get().language == "ar"


def test_the_switch_leads_nobody_out_of_the_house(client):
    assert client.post("/language/", {"language": "ar", "next": "https://evil.example/"}).headers["Location"] == "/"


def test_whoever_leaves_stays_in_the_language(client, fatima):
    sign_in(client, fatima)
    assert client.post("/ar/account/logout/").headers["Location"] == "/ar/"


def test_the_language_changes_only_when_posted(client):
    assert client.get("/language/?language=ar").status_code == 405


def test_every_page_leads_to_itself_in_the_other_languages(client, market):
    """The header is drawn once for all pages; each writes its own address into it, and nothing else."""
    for address in ("products/", "products/?page=2&kind=honey", "terms/", "products/?q=%22%3E%3Cscript%3E&x=%22%3Cb"):
        page = client.get(f"/fr/{address}").content.decode()
        for language in ("ar", "en", "zgh"):
            assert page.count(f'href="/{language}/{address.replace("&", "&amp;")}"') >= 2, (address, language)
        assert "the-rest-of-the-address" not in page


def test_nobody_reads_anothers_name_in_the_header(client, fatima):
    assert fatima.get_full_name() not in client.get("/fr/products/").content.decode()
    client.force_login(fatima)
    assert fatima.get_full_name() in client.get("/fr/products/").content.decode()
    client.logout()
    assert fatima.get_full_name() not in client.get("/fr/products/").content.decode()
