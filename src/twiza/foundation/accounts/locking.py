"""Rows of people, locked in the order of their keys."""

from __future__ import annotations

from django.db.models import Q

from twiza.foundation.accounts.models import User


def lock_people_reached_at(person: User, *, phone: str | None = None, email: str | None = None) -> list[User]:
    """The person, and whoever else this phone or e-mail leads to, held until the transaction ends."""
    held = Q(pk=person.pk)
    if phone:
        held |= Q(phone=phone)
    if email:
        held |= Q(email__iexact=email)
    return list(User.objects.select_for_update().filter(held).order_by("pk"))
