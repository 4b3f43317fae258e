"""The example files go through the importers whole."""

from __future__ import annotations

import csv
from random import Random
from zipfile import ZipFile

import pytest
from PIL import Image

from twiza.demo.examples import PHOTOS, PRODUCTS, REGISTER, write_example
from twiza.domain.catalogue.models import Photo
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.inventory.services.importing.lists import import_products

pytestmark = pytest.mark.django_db
KHOURIBGA = "05.311"


def test_every_cooperative_and_every_product_with_its_photo_is_read(tmp_path):
    write_example(tmp_path, KHOURIBGA, cooperatives=3, products=5, chance=Random(7))

    with (tmp_path / PRODUCTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with ZipFile(tmp_path / PHOTOS) as photos:
        sizes = {name: Image.open(photos.open(name)).size for name in photos.namelist()}
    made = import_cooperatives(tmp_path / REGISTER)

    assert (made.rows, made.created, made.rejected) == (3, 3, 0)
    assert {row["Coopérative"] for row in rows} == {one.name_in("fr") for one in Organisation.objects.all()}
    assert {row["Photo"] for row in rows} == set(sizes)
    assert set(sizes.values()) == {(1200, 1500)}

    sold = import_products(tmp_path / PRODUCTS, photos=tmp_path / PHOTOS)
    assert (sold.rows, sold.created, sold.rejected) == (5, 5, 0)
    assert Photo.objects.count() == 5


def test_the_same_number_writes_the_same_files(tmp_path):
    for name in ("one", "two"):
        write_example(tmp_path / name, KHOURIBGA, cooperatives=3, products=4, chance=Random(5))

    for name in (REGISTER, PRODUCTS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
