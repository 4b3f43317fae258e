from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.jobs import run_jobs
from tests.pictures import upload
from twiza.domain.catalogue.models import Photo, Product
from twiza.domain.inventory.models import StockLevel

SCREEN = {
    "name_fr": "Safran en filaments",
    "name_ar": "",
    "kind": "saffron",
    "content": "1,5",
    "measure": "g",
    "price": "57",
    "on_hand": "12",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def at(market, path: str) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/{path}"


def test_a_product_is_added_on_one_page_and_its_photo_does_not_say_where_it_was_taken(market, signed_in):
    answer = signed_in(market.fatima).post(at(market, "products/new/"), {**SCREEN, "photo": upload()})

    assert (answer.status_code, answer.url) == (302, at(market, "products/"))
    product = Product.objects.get(name_fr="Safran en filaments")
    variant = product.variants.get()
    assert (product.state, variant.net_content, variant.net_unit, variant.price_centimes) == ("published", 1.5, "g", 5700)
    assert StockLevel.objects.get(variant=variant).on_hand == 12
    photo = product.photos.get()
    assert photo.is_awaited
    run_jobs()
    photo.refresh_from_db()
    for size in (photo.original, photo.small, photo.medium, photo.large, photo.shared):
        with Image.open(size) as stored:
            assert dict(stored.getexif()) == {}
            assert "exif" not in stored.info


def test_a_file_that_is_no_picture_leaves_no_half_made_product(market, signed_in):
    answer = signed_in(market.fatima).post(
        at(market, "products/new/"), {**SCREEN, "photo": SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")}
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"photo"}
    assert 'value="Safran en filaments"' in answer.content.decode()
    assert not Product.objects.filter(name_fr="Safran en filaments").exists()
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("price", "trente"), ("price", ""), ("price", "-4"), ("price", "0"), ("content", "beaucoup"), ("content", "0"),
        ("on_hand", "dix"), ("on_hand", "-1"), ("kind", "rocket"), ("packed_grams", "1"), ("measure", "tons"),
        ("name_fr", "a\x00b"), ("name_fr", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(market, signed_in, field, typed):
    before = Product.objects.count()

    answer = signed_in(market.fatima).post(at(market, "products/new/"), {**SCREEN, field: typed, "story": "Cueilli à la main."})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert Product.objects.count() == before
    assert "alert-danger" in text
    assert "Cueilli à la main." in text
    assert field == "content" or 'value="1,5"' in text
    assert field in {"price", "kind", "measure", "name_fr"} or 'value="57"' in text
    assert field in {"kind", "measure", "name_fr"} or not typed or f'value="{typed}"' in text


def test_a_product_is_kept_for_later_put_on_sale_and_taken_off(market, signed_in):
    fatima = signed_in(market.fatima)
    fatima.post(at(market, "products/new/"), {**SCREEN, "keep": "1"})
    product = Product.objects.get(name_fr="Safran en filaments")
    assert product.state == "draft"

    fatima.post(at(market, f"products/{product.slug}/publish/"))
    product.refresh_from_db()
    assert product.state == "published"
    fatima.post(at(market, f"products/{product.slug}/retire/"))
    product.refresh_from_db()
    assert product.state == "retired"
    assert product.name_fr in fatima.get(at(market, "products/")).content.decode()


def test_changing_a_product_keeps_what_the_page_does_not_ask(market, signed_in):
    product = market.saffron.product
    Product.objects.filter(pk=product.pk).update(name_en="Pure saffron", story_ar="حكاية")

    signed_in(market.fatima).post(
        at(market, f"products/{product.slug}/"),
        {"name_fr": "Safran", "name_ar": "زعفران", "kind": "saffron", "story": "Une histoire."},
    )

    product.refresh_from_db()
    assert (product.name_fr, product.name_en, product.story_fr, product.story_ar) == (
        "Safran",
        "Pure saffron",
        "Une histoire.",
        "حكاية",
    )


SIZE = {"content": "5", "measure": "g", "price": "180", "on_hand": "7"}


def test_another_size_of_a_product_is_sold_beside_the_first(market, signed_in):
    path = f"products/{market.saffron.product.slug}/"

    answer = signed_in(market.fatima).post(at(market, f"{path}size/"), SIZE)

    assert answer.headers["Location"] == at(market, path)
    new = market.saffron.product.variants.exclude(pk=market.saffron.pk).get()
    assert (new.net_content, new.net_unit, new.price_centimes, new.stock.on_hand) == (5, "g", 18000, 7)


def test_a_size_sold_already_is_refused_and_what_was_typed_stays(market, signed_in):
    answer = signed_in(market.fatima).post(
        at(market, f"products/{market.saffron.product.slug}/size/"), {**SIZE, "content": "1", "price": "41"}
    )

    page = answer.content.decode()
    assert "1 g" in page
    assert 'value="41"' in page
    assert market.saffron.product.variants.count() == 1
