"""The picture at the head of each of many pages."""

from __future__ import annotations

from collections.abc import Collection

from twiza.domain.directory.models import PagePhoto
from twiza.domain.directory.selectors.public import PublicPhoto, public_photo


def main_photos_of(organisation_ids: Collection[int]) -> dict[int, PublicPhoto]:
    """By organisation id, in one question; whoever has none that is ready to be seen is left out."""
    if not organisation_ids:
        return {}
    rows = PagePhoto.objects.filter(organisation__in=organisation_ids).exclude(large="").order_by("-position", "-pk")
    return {photo.organisation_id: public_photo(photo) for photo in rows}
