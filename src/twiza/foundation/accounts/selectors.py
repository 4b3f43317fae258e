"""Questions about people."""

from __future__ import annotations

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
