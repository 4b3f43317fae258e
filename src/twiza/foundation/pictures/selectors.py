"""Questions about photographs."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Q

from twiza.foundation.accounts.models import User
from twiza.foundation.pictures.models import Picture, PictureAside
from twiza.foundation.pictures.states import PictureState
from twiza.kit.renditions import writes_avif


def aside_of(person: User, aside_id: str) -> PictureAside | None:
    """The picture this person sent with a form before, by the id that the form carried; another's is none."""
    if not (aside_id.isascii() and aside_id.isdigit() and len(aside_id) < 19):
        return None
    return PictureAside.objects.filter(by=person, pk=int(aside_id)).first()


def tables_of_pictures() -> list[type[Picture]]:
    """Every room's own table of photographs."""
    return [table for table in apps.get_models() if issubclass(table, Picture)]


def pictures_lacking_files() -> Iterator[Picture]:
    """Those shown that have not every size and form which is made today, as from before AVIF was; the oldest of a table first."""
    lacking = Q(small="") | Q(medium="") | Q(shared="")
    if writes_avif():
        lacking |= Q(has_avif=False)
    for table in tables_of_pictures():
        yield from table.objects.filter(lacking, state=PictureState.READY).order_by("pk").iterator()
