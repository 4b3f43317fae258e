"""Questions about people."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.foundation.accounts.models import Language, User


def person_writing_from(phone: str) -> User | None:
    """Whose number this is, when it is somebody's who may act."""
    return User.objects.filter(phone=phone, is_active=True).first()


def person_reached_at(*, phone: str | None = None, email: str | None = None) -> User | None:
    """Whose phone (E.164) or e-mail (any case) this is, closed accounts included: signing in refuses them by itself."""
    if phone:
        return User.objects.filter(phone=phone).first()
    return User.objects.filter(email__iexact=email).first() if email else None


def screen_language(person: User) -> str:
    """The language of the pages this person reads: whoever is written to in Darija reads screens in Arabic."""
    return Language.ARABIC.value if person.language == Language.DARIJA else str(person.language)


def people_with_phones(phones: Iterable[str]) -> dict[str, User]:
    """Whose numbers (E.164) these are; a number that is nobody's is left out."""
    return {str(person.phone): person for person in User.objects.filter(phone__in=list(phones))}


def first_phones(prefix: str, *, most: int) -> list[str]:
    """The numbers that begin so of the people who joined first."""
    people = User.objects.filter(phone__startswith=prefix, is_active=True).order_by("pk")
    return [str(phone) for phone in people.values_list("phone", flat=True)[:most]]
