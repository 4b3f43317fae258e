"""The photos of a product."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction

from twiza.domain.catalogue.errors import TooManyProductPhotos
from twiza.domain.catalogue.locking import lock_product
from twiza.domain.catalogue.models import Photo, Product
from twiza.domain.catalogue.rules import may_edit
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.pictures import services as pictures
from twiza.kit.errors import NotFound

MOST_PHOTOS = 8


def add_photo(
    product: Product, upload: BinaryIO, *, by: User | None, alt_fr: str = "", alt_ar: str = "", is_first: bool = False
) -> Photo:
    """The picture is kept after those the product has, or before them, and shown once a job made it ready.

    Raises NotFound, TooManyProductPhotos, and PhotoRefused for what is no picture or too large.
    """
    _refuse_strangers(by, product)
    with pictures.kept(upload) as columns, transaction.atomic():
        lock_product(product.pk)
        count = product.photos.count()
        if count >= MOST_PHOTOS:
            raise TooManyProductPhotos(most=MOST_PHOTOS)
        words = {"alt_fr": alt_fr.strip(), "alt_ar": alt_ar.strip()}
        photo = Photo.objects.create(product=product, position=count, **words, **columns)
        if is_first:
            pictures.put_in_place(list(Photo.objects.filter(product=product)), photo, 0)
        pictures.have_made(photo)
        _remember("catalogue.add_photo", photo, by)
    return photo


@transaction.atomic
def describe_photo(photo: Photo, *, alt_fr: str, alt_ar: str, by: User) -> None:
    """Whoever cannot see the picture is told this. Raises NotFound."""
    _check(photo, by)
    Photo.objects.filter(pk=photo.pk).update(alt_fr=alt_fr.strip(), alt_ar=alt_ar.strip())
    _remember("catalogue.describe_photo", photo, by)


@transaction.atomic
def aim_photo(photo: Photo, focus: tuple[int, int], *, by: User) -> None:
    """Whatever is cut from the picture keeps this point of it, in hundredths from its top left. Raises NotFound."""
    _check(photo, by)
    pictures.aim(photo, focus)
    _remember("catalogue.aim_photo", photo, by)


@transaction.atomic
def move_photo(photo: Photo, *, to: int, by: User) -> None:
    """The picture stands at this place, 0 being the card's; the others move up. Raises NotFound."""
    _check(photo, by)
    lock_product(photo.product_id)
    pictures.put_in_place(list(Photo.objects.filter(product=photo.product_id)), photo, to)
    _remember("catalogue.move_photo", photo, by)


@transaction.atomic
def remove_photo(photo: Photo, *, by: User | None) -> None:
    """The product is shown by it no more, and its files are gone. Raises NotFound."""
    _check(photo, by)
    lock_product(photo.product_id)
    _remember("catalogue.remove_photo", photo, by)
    pictures.take_away(list(Photo.objects.filter(product=photo.product_id)), photo)


def forget_photos_of(product: Product) -> None:
    """Before a product goes that nobody ever saw: its photos go with it, and their files once that is certain."""
    for photo in Photo.objects.filter(product=product):
        pictures.take_away([], photo)


def try_photo_again(photo: Photo, *, by: User) -> None:
    """One that could not be made ready is begun anew. Raises NotFound."""
    _check(photo, by)
    pictures.try_again(photo)


def _check(photo: Photo, by: User | None) -> None:
    _refuse_strangers(by, photo.product)


def _refuse_strangers(by: User | None, product: Product) -> None:
    """Nobody (None) is whoever keeps the server, by a command, or an import that is undone."""
    if by is not None and not may_edit(by, product):
        raise NotFound


def _remember(action: str, photo: Photo, by: User | None) -> None:
    product = photo.product
    of = f"organisation:{product.cooperative_id}"
    record(action, subject=f"product:{product.pk}", by=by, on_behalf_of=of, details={"photo": photo.pk})
