from __future__ import annotations

import pytest

from twiza.foundation.accounts.errors import ContactInUse, NotReachable
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.selectors import person_reached_at, person_writing_from, screen_language
from twiza.foundation.accounts.services import join, move_email, move_phone, register_person

pytestmark = pytest.mark.django_db

PHONE, OTHER = "+212683000201", "+212683000202"


def test_somebody_registered_twice_is_one_person():
    first = register_person(name="Aicha", phone=PHONE)
    assert register_person(name="Somebody else", phone=PHONE) == first
    assert User.objects.get().name == "Aicha"
    assert first.phone_verified_at is None


def test_nobody_is_registered_without_a_way_to_reach_them():
    with pytest.raises(NotReachable):
        register_person(name="Aicha")
    assert not User.objects.exists()


def test_who_joins_has_proved_the_phone_that_a_cooperative_had_noted():
    noted = register_person(name="Aicha", phone=PHONE)
    assert join(name="A.", phone=PHONE) == noted
    noted.refresh_from_db()
    assert noted.phone_verified_at is not None
    assert noted.name == "Aicha"


def test_an_email_is_one_in_any_case():
    aicha = register_person(name="Aicha", email="Aicha@Example.ma")
    assert person_reached_at(email="AICHA@example.MA") == aicha
    assert person_reached_at() is None


def test_a_number_given_again_by_the_operator_moves_to_who_proves_it():
    before = register_person(name="Before", phone=PHONE, email="before@example.ma")
    after = register_person(name="After", email="after@example.ma")
    move_phone(after, PHONE)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.phone, before.phone_verified_at) == (None, None)
    assert after.phone == PHONE
    assert after.phone_verified_at is not None
    assert person_writing_from(PHONE) == after


def test_a_number_does_not_leave_somebody_who_would_not_be_reached_any_more():
    before = register_person(name="Before", phone=PHONE)
    after = register_person(name="After", email="after@example.ma")
    with pytest.raises(ContactInUse):
        move_phone(after, PHONE)
    before.refresh_from_db()
    after.refresh_from_db()
    assert before.phone == PHONE
    assert after.phone is None


def test_one_may_change_ones_own_number():
    aicha = join(name="Aicha", phone=PHONE)
    move_phone(aicha, OTHER)
    aicha.refresh_from_db()
    assert aicha.phone == OTHER


def test_an_email_of_somebody_else_is_not_taken():
    owner = register_person(name="Owner", email="owner@example.ma")
    taker = register_person(name="Taker", phone=PHONE)
    with pytest.raises(ContactInUse):
        move_email(taker, "Owner@Example.ma")
    taker.refresh_from_db()
    assert taker.email is None
    move_email(owner, "New@Example.ma")
    owner.refresh_from_db()
    assert owner.email == "new@example.ma"


@pytest.mark.parametrize(("written", "seen"), [("fr", "fr"), ("ar", "ar"), ("ary", "ar"), ("zgh", "zgh"), ("en", "en")])
def test_whoever_is_written_to_in_darija_reads_screens_in_arabic(written, seen):
    assert screen_language(User(language=written)) == seen
