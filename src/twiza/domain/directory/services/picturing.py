"""The photos of a page."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction

from twiza.domain.directory.errors import TooManyPhotos
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation, PagePhoto
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.pictures import services as pictures
from twiza.kit.errors import NotFound

MOST_PHOTOS = 8


def add_page_photo(organisation: Organisation, upload: BinaryIO, *, by: User, alt_fr: str = "", alt_ar: str = "") -> PagePhoto:
    """The picture is kept after those the page has, and shown once a job made it ready; the first one is the main one.

    Raises NotFound, TooManyPhotos, and PhotoRefused for what is no picture or too large.
    """
    if not speaks_for(by, organisation):
        raise NotFound
    with pictures.kept(upload) as columns, transaction.atomic():
        lock_organisation(organisation.pk)
        count = organisation.photos.count()
        if count >= MOST_PHOTOS:
            raise TooManyPhotos(most=MOST_PHOTOS)
        words = {"alt_fr": alt_fr.strip(), "alt_ar": alt_ar.strip()}
        photo = PagePhoto.objects.create(organisation=organisation, position=count, added_by=by, **words, **columns)
        pictures.have_made(photo)
        _remember("directory.add_page_photo", photo, by)
    return photo


@transaction.atomic
def describe_photo(photo: PagePhoto, *, alt_fr: str, alt_ar: str, by: User) -> None:
    """Whoever cannot see the picture is told this. Raises NotFound."""
    _check(photo, by)
    PagePhoto.objects.filter(pk=photo.pk).update(alt_fr=alt_fr.strip(), alt_ar=alt_ar.strip())
    _remember("directory.describe_photo", photo, by)


@transaction.atomic
def aim_photo(photo: PagePhoto, focus: tuple[int, int], *, by: User) -> None:
    """Whatever is cut from the picture keeps this point of it, in hundredths from its top left. Raises NotFound."""
    _check(photo, by)
    pictures.aim(photo, focus)
    _remember("directory.aim_photo", photo, by)


@transaction.atomic
def move_photo(photo: PagePhoto, *, to: int, by: User) -> None:
    """The picture stands at this place, 0 being the main one; the others move up. Raises NotFound."""
    _check(photo, by)
    lock_organisation(photo.organisation_id)
    pictures.put_in_place(list(PagePhoto.objects.filter(organisation=photo.organisation_id)), photo, to)
    _remember("directory.move_photo", photo, by)


@transaction.atomic
def remove_photo(photo: PagePhoto, *, by: User) -> None:
    """The page shows it no more, and its files are gone. Raises NotFound."""
    _check(photo, by)
    lock_organisation(photo.organisation_id)
    _remember("directory.remove_photo", photo, by)
    pictures.take_away(list(PagePhoto.objects.filter(organisation=photo.organisation_id)), photo)


def try_photo_again(photo: PagePhoto, *, by: User) -> None:
    """One that could not be made ready is begun anew. Raises NotFound."""
    _check(photo, by)
    pictures.try_again(photo)


def _check(photo: PagePhoto, by: User) -> None:
    if not speaks_for(by, photo.organisation):
        raise NotFound


def _remember(action: str, photo: PagePhoto, by: User) -> None:
    record(action, subject=f"organisation:{photo.organisation_id}", by=by, details={"photo": photo.pk})
