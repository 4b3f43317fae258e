"""The photos of a page."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction

from twiza.domain.directory.errors import TooManyPhotos
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation, PagePhoto
from twiza.domain.directory.rules import speaks_for
from twiza.domain.directory.services.files import forget_files
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.photographs import shrink_to_share

MOST_PHOTOS = 8


@transaction.atomic
def add_page_photo(organisation: Organisation, upload: BinaryIO, *, by: User, alt_fr: str = "", alt_ar: str = "") -> PagePhoto:
    """The page shows this picture after those it has; the first one is the main one.

    Raises NotFound, TooManyPhotos, and PhotoRefused for what is no picture or too large.
    """
    if not speaks_for(by, organisation):
        raise NotFound
    lock_organisation(organisation.pk)
    count = organisation.photos.count()
    if count >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    sizes = shrink_to_share(upload)
    photo = PagePhoto.objects.create(
        organisation=organisation, alt_fr=alt_fr.strip(), alt_ar=alt_ar.strip(), position=count, added_by=by, **sizes
    )
    _remember("directory.add_page_photo", photo, by)
    return photo


@transaction.atomic
def describe_photo(photo: PagePhoto, *, alt_fr: str, alt_ar: str, by: User) -> None:
    """Whoever cannot see the picture is told this. Raises NotFound."""
    _check(photo, by)
    PagePhoto.objects.filter(pk=photo.pk).update(alt_fr=alt_fr.strip(), alt_ar=alt_ar.strip())
    _remember("directory.describe_photo", photo, by)


@transaction.atomic
def move_photo(photo: PagePhoto, *, to: int, by: User) -> None:
    """The picture stands at this place, 0 being the main one; the others move up. Raises NotFound."""
    _check(photo, by)
    lock_organisation(photo.organisation_id)
    others = [one for one in PagePhoto.objects.filter(organisation=photo.organisation_id) if one.pk != photo.pk]
    at = max(0, min(to, len(others)))
    for position, one in enumerate([*others[:at], photo, *others[at:]]):
        PagePhoto.objects.filter(pk=one.pk).update(position=position)
    _remember("directory.move_photo", photo, by)


@transaction.atomic
def remove_photo(photo: PagePhoto, *, by: User) -> None:
    """The page shows it no more, and its files are gone. Raises NotFound."""
    _check(photo, by)
    lock_organisation(photo.organisation_id)
    files = photo.files
    _remember("directory.remove_photo", photo, by)
    PagePhoto.objects.filter(pk=photo.pk).delete()
    for position, one in enumerate(PagePhoto.objects.filter(organisation=photo.organisation_id)):
        PagePhoto.objects.filter(pk=one.pk).update(position=position)
    forget_files(files)


def _check(photo: PagePhoto, by: User) -> None:
    if not speaks_for(by, photo.organisation):
        raise NotFound


def _remember(action: str, photo: PagePhoto, by: User) -> None:
    record(action, subject=f"organisation:{photo.organisation_id}", by=by, details={"photo": photo.pk})
