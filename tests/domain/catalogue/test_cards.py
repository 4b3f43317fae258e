"""What a list says of a product is what its own page says."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from twiza.domain.catalogue.models import Photo, Variant
from twiza.domain.catalogue.selectors import card_rows, card_rows_of, products_on_sale


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_a_row_speaks_the_readers_language_like_the_product_itself(market, language):
    with override(language):
        rows = card_rows(products_on_sale(), language)

        for row, product in zip(rows, products_on_sale(), strict=True):
            commune = product.cooperative.published_revision.commune
            assert (row.id, row.slug, row.name) == (product.pk, product.slug, product.name)
            assert (row.cooperative, row.commune) == (product.cooperative.name, commune.name)
            assert [variant.id for variant in row.variants] == [variant.pk for variant in product.live_variants]


def test_rows_keep_the_order_of_their_ids_and_leave_out_what_is_not_on_sale(market):
    wanted = [market.honey.product_id, market.saffron.product_id, 0]

    assert [row.id for row in card_rows_of(products_on_sale(), wanted, "fr")] == wanted[:2]


def test_a_row_shows_the_first_photo_and_the_least_price(market):
    product = market.honey.product
    for position, name in [(1, "second"), (0, "first")]:
        files = {"small": f"{name}-s", "medium": f"{name}-m", "large": "-"}
        Photo.objects.create(product=product, **files, alt_fr=name, position=position, colour="#2f6b4f", focus_x=10)
    Photo.objects.filter(alt_fr="first").update(has_avif=True)
    Variant.objects.create(product=product, net_content=250, net_unit="g", gross_weight_grams=300, price_centimes=5000)

    row = card_rows_of(products_on_sale(), [product.pk], "fr")[0]

    assert row.photo is not None
    assert tuple(row.photo) == ("first-s", "first-m", "first", True, "#2f6b4f", (10, 40))
    assert row.cheapest.price_centimes == 5000


def test_a_photo_that_is_not_ready_leaves_the_next_one_on_the_card(market):
    product = market.honey.product
    Photo.objects.create(product=product, position=0, state="waiting", alt_fr="waiting")
    Photo.objects.create(product=product, position=1, small="s", medium="m", large="l", alt_fr="ready")

    row = card_rows_of(products_on_sale(), [product.pk], "fr")[0]

    assert row.photo is not None
    assert row.photo.alt == "ready"
    assert [photo.alt for photo in product.shown_photos] == ["ready"]


def test_a_list_asks_two_questions_however_long_it_is(market, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(card_rows(products_on_sale(), "fr")) == 3
