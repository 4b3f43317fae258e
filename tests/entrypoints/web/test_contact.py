from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.html import escape

from tests.entrypoints.web.people import PHONE, code_mailed, code_texted_to, sign_in
from twiza.foundation.accounts.errors import ContactInUse
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person
from twiza.foundation.messaging.models import Message

pytestmark = pytest.mark.django_db

NEW = "+212683000333"


def give(client, contact: str):
    return client.post("/fr/account/contact/", {"contact": contact})


def prove(client, code: str):
    return client.post("/fr/account/contact/code/", {"code": code})


def test_a_new_number_is_ones_own_once_proved_and_not_before(client, fatima):
    sign_in(client, fatima)
    assert give(client, "06 83 00 03 33").headers["Location"] == "/fr/account/contact/code/"
    fatima.refresh_from_db()
    assert fatima.phone == PHONE
    assert client.get("/fr/account/contact/code/").status_code == 200
    assert prove(client, code_texted_to(NEW)).headers["Location"] == "/fr/account/"
    fatima.refresh_from_db()
    assert fatima.phone == NEW


def test_an_email_is_added_once_proved(client, fatima):
    sign_in(client, fatima)
    give(client, "Fatima@Example.ma")
    prove(client, code_mailed())
    fatima.refresh_from_db()
    assert (fatima.phone, fatima.email) == (PHONE, "fatima@example.ma")


def test_a_wrong_code_moves_nothing_and_the_third_ends_it(client, fatima):
    sign_in(client, fatima)
    give(client, NEW)
    code = code_texted_to(NEW)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [prove(client, wrong).status_code for _ in range(3)] == [200, 200, 302]
    prove(client, code)
    fatima.refresh_from_db()
    assert fatima.phone == PHONE


def test_a_number_that_somebody_only_has_is_refused_after_the_proof(client, fatima):
    register_person(name="Other", phone=NEW)
    sign_in(client, fatima)
    assert give(client, NEW).status_code == 302
    assert prove(client, code_texted_to(NEW)).headers["Location"] == "/fr/account/contact/"
    with translation.override("fr"):
        refusal = escape(str(ContactInUse()))
    assert refusal in client.get("/fr/account/contact/").content.decode()
    assert User.objects.get(phone=NEW).name == "Other"


def test_a_code_of_somebody_else_proves_nothing_here(client, fatima, yassine):
    sign_in(client, fatima)
    give(client, NEW)
    client.post("/fr/account/logout/")
    sign_in(client, yassine)
    assert prove(client, code_texted_to(NEW)).headers["Location"] == "/fr/account/contact/"
    assert not User.objects.filter(phone=NEW).exists()


@pytest.mark.parametrize("page", ["contact/", "contact/code/"])
def test_only_who_is_signed_in_changes_anything(client, page):
    assert (
        client.post(f"/fr/account/{page}", {"contact": NEW, "code": "123456"})
        .headers["Location"]
        .startswith("/fr/account/login/")
    )
    assert not Message.objects.exists()


def test_staff_give_their_password_before_they_move_a_number(client, noura):
    noura.phone = PHONE
    noura.save()
    sign_in(client, noura)
    assert give(client, NEW).headers["Location"].startswith("/fr/account/password/")
    assert not Message.objects.filter(to=NEW).exists()


@pytest.mark.parametrize("contact", ["", "abc", "0683\x00000333"])
def test_nonsense_is_refused_and_nothing_is_sent(client, fatima, contact):
    sign_in(client, fatima)
    assert give(client, contact).context["form"].errors["contact"]
    assert Message.objects.count() == 1
