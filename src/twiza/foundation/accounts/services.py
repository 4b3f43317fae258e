"""Becoming somebody, and changing what is known of oneself."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from twiza.foundation.accounts.errors import ContactInUse, NotReachable
from twiza.foundation.accounts.locking import lock_people_reached_at
from twiza.foundation.accounts.models import Language, User
from twiza.foundation.accounts.selectors import person_reached_at
from twiza.kit.clock import now


@transaction.atomic
def register_person(*, name: str, phone: str | None = None, email: str | None = None, language: str = "fr") -> User:
    """There is a person known by this phone (E.164) or e-mail. The same person when one was there already."""
    if not phone and not email:
        raise NotReachable
    known = person_reached_at(phone=phone, email=email)
    if known is not None:
        return known
    person = User(name=name, phone=phone or None, email=email.lower() if email else None, language=language)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        known = person_reached_at(phone=phone, email=email)
        if known is None:
            raise
        return known
    return person


@transaction.atomic
def join(*, name: str, phone: str | None = None, email: str | None = None, language: str = "fr") -> User:
    """Somebody who proved this phone (E.164) or e-mail has an account. The one already there when there is one."""
    person = register_person(name=name, phone=phone, email=email, language=language)
    if phone:
        remember_proven_phone(person, phone)
    return person


def remember_proven_phone(person: User, phone: str) -> None:
    """The person answered from `phone` (E.164), their own number, just now. Another number is moved by `move_phone`."""
    User.objects.filter(pk=person.pk, phone=phone).update(phone_verified_at=now())


@transaction.atomic
def move_phone(person: User, phone: str) -> None:
    """`phone` (E.164), which the person has just proved, is theirs; whoever had it before is no longer reached by it.

    Operators give a number again to somebody else, so the last to prove it holds it.
    Refuses with ContactInUse when its holder could not sign in any other way.
    """
    for holder in lock_people_reached_at(person, phone=phone):
        if holder.pk == person.pk:
            continue
        if not holder.email:
            raise ContactInUse
        User.objects.filter(pk=holder.pk).update(phone=None, phone_verified_at=None)
    person.phone, person.phone_verified_at = phone, now()
    person.save(update_fields=["phone", "phone_verified_at"])


@transaction.atomic
def move_email(person: User, email: str) -> None:
    """`email`, which the person has just proved, is theirs. Refuses with ContactInUse when it is somebody else's."""
    others = [holder for holder in lock_people_reached_at(person, email=email) if holder.pk != person.pk]
    if others:
        raise ContactInUse
    person.email = email.lower()
    person.save(update_fields=["email"])


def choose_language(person: User, language: str) -> None:
    """From now on the person is written to in `language`. Arabic screens leave Darija texts as they are."""
    if person.language == Language.DARIJA and language == Language.ARABIC:
        return
    person.language = language
    person.save(update_fields=["language"])


def write_in(person: User, language: str) -> None:
    """The person asked by text for texts in this language: from the next one on they are in it, Darija included."""
    person.language = Language(language).value
    person.save(update_fields=["language"])
