"""Becoming somebody, and changing what is known of oneself."""

from __future__ import annotations

from django.db import transaction

from twiza.foundation.accounts.models import User
from twiza.kit.errors import DomainError


class NotReachable(DomainError):
    code = "not_reachable"


@transaction.atomic
def register_person(*, name: str, phone: str | None = None, email: str | None = None, language: str = "fr") -> User:
    """There is a person known by this phone (E.164) or e-mail. The same person when one was there already."""
    if not phone and not email:
        raise NotReachable
    known = User.objects.filter(phone=phone).first() if phone else User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    person = User(name=name, phone=phone or None, email=email.lower() if email else None, language=language)
    person.set_unusable_password()
    person.save()
    return person


def choose_language(person: User, language: str) -> None:
    """From now on the person is written to in `language`."""
    person.language = language
    person.save(update_fields=["language"])
