"""The photos of a product, in the order its cooperative chose."""

from __future__ import annotations

import io

import pytest

from tests.pictures import picture
from twiza.domain.catalogue.errors import TooManyProductPhotos
from twiza.domain.catalogue.models import Photo
from twiza.domain.catalogue.services.picturing import (
    MOST_PHOTOS,
    add_photo,
    aim_photo,
    describe_photo,
    move_photo,
    remove_photo,
    try_photo_again,
)
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound
from twiza.kit.photographs import PhotoRefused


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ORIGINALS_FOLDER = str(tmp_path / "originals")
    return tmp_path


def order_of(product) -> list[int]:
    return [photo.pk for photo in Photo.objects.filter(product=product)]


def test_photos_stand_in_the_order_that_was_chosen(market):
    product = market.saffron.product
    first, second, third = (add_photo(product, picture(), by=market.fatima, alt_fr=f" Photo {n} ") for n in range(3))
    assert [photo.alt_fr for photo in (first, second, third)] == ["Photo 0", "Photo 1", "Photo 2"]

    move_photo(third, to=0, by=market.brahim)
    assert order_of(product) == [third.pk, first.pk, second.pk]
    move_photo(third, to=1, by=market.brahim)
    assert order_of(product) == [first.pk, third.pk, second.pk]
    remove_photo(first, by=market.fatima)

    assert list(Photo.objects.filter(product=product).values_list("pk", "position")) == [(third.pk, 0), (second.pk, 1)]
    describe_photo(second, alt_fr="", alt_ar=" الجني ", by=market.fatima)
    second.refresh_from_db()
    assert (second.alt_fr, second.alt_ar) == ("", "الجني")
    assert [entry.details for entry in Entry.objects.filter(action="catalogue.remove_photo")] == [{"photo": first.pk}]


def test_a_product_shows_eight_photos_and_no_ninth(market, media):
    product = market.saffron.product
    Photo.objects.bulk_create(Photo(product=product, position=n, small="s", medium="m", large="l") for n in range(MOST_PHOTOS))

    with pytest.raises(TooManyProductPhotos) as refusal:
        add_photo(product, picture(), by=market.fatima)

    assert str(refusal.value) == "Un produit montre 8 photos au plus. Retirez-en une d'abord."
    assert Photo.objects.count() == MOST_PHOTOS
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("who", ["karim", "hajja", "youssef"])
def test_strangers_touch_no_photo(market, who):
    stranger, product = getattr(market, who), market.saffron.product
    photo = add_photo(product, picture(), by=market.fatima)
    acts = Entry.objects.count()

    for change in (
        lambda: add_photo(product, picture(), by=stranger),
        lambda: describe_photo(photo, alt_fr="x", alt_ar="x", by=stranger),
        lambda: aim_photo(photo, (0, 0), by=stranger),
        lambda: move_photo(photo, to=0, by=stranger),
        lambda: remove_photo(photo, by=stranger),
        lambda: try_photo_again(photo, by=stranger),
    ):
        with pytest.raises(NotFound):
            change()

    assert (Entry.objects.count(), Photo.objects.get().focus) == (acts, (50, 40))


def test_a_file_that_is_no_photo_leaves_nothing(market):
    with pytest.raises(PhotoRefused):
        add_photo(market.saffron.product, io.BytesIO(b"<svg/>"), by=market.fatima)
    assert Photo.objects.count() == 0
