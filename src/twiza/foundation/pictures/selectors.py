"""Questions about photographs."""

from __future__ import annotations

from twiza.foundation.accounts.models import User
from twiza.foundation.pictures.models import PictureAside


def aside_of(person: User, aside_id: str) -> PictureAside | None:
    """The picture this person sent with a form before, by the id that the form carried; another's is none."""
    if not (aside_id.isascii() and aside_id.isdigit() and len(aside_id) < 19):
        return None
    return PictureAside.objects.filter(by=person, pk=int(aside_id)).first()
