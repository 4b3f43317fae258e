"""Questions about people."""

from __future__ import annotations

from twiza.foundation.accounts.models import User


def person_writing_from(phone: str) -> User | None:
    """Whose number this is, when it is somebody's who may act."""
    return User.objects.filter(phone=phone, is_active=True).first()
