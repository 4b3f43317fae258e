"""What is sold by weight, from the shelf to the scales and back to the buyer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.entrypoints.web.test_order_story import put_in, seen_total, to_the_summary
from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.models import OrderGroup, OrderLine


@pytest.fixture
def comb(market) -> Variant:
    details = VariantDetails(Decimal(500), "g", 4500, name_fr="en rayon", sale_mode="weighed")
    variant = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(variant.pk, 50, by=market.mina)
    return variant


def order_three(market, client, comb) -> OrderGroup:
    put_in(client, comb, 3)
    page = to_the_summary(client)
    client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": seen_total(page)})
    return OrderGroup.objects.get()


def test_before_ordering_the_buyer_reads_about_how_much_and_what_it_costs_at_most(market, client, comb):
    page = client.get(f"/fr/products/{market.honey.product.slug}/").content.decode()
    assert "en rayon, environ 500 g" in page
    assert "au plus 51,75 DH" in page
    put_in(client, comb, 3)

    assert "au plus 155,25 DH" in client.get("/fr/cart/").content.decode()
    summary = to_the_summary(client)
    assert "Au plus, une fois pesé" in summary
    assert "195,25 DH" in summary


def test_the_cooperative_weighs_and_both_read_the_same_amount(market, client, comb, signed_in):
    group = order_three(market, client, comb)
    order = group.orders.get()
    mina = signed_in(market.mina)
    here = f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/"
    mina.post(f"{here}accept/")
    assert f'href="{here}weigh/"' in mina.get(here).content.decode()
    assert mina.get(f"{here}sheet/").headers["Location"] == f"{here}weigh/"

    line = OrderLine.objects.get()
    refused = mina.post(f"{here}weigh/", {f"line-{line.pk}": "162 kg"})
    assert refused.status_code == 200
    assert 'value="162 kg"' in refused.content.decode()
    answer = mina.post(f"{here}weigh/", {f"line-{line.pk}": "1,62"}, follow=True)

    assert "185,80 DH" in answer.content.decode()
    assert "1,62 kg" in answer.content.decode()
    page = client.get(f"/fr/orders/{group.token}/").content.decode()
    assert "Pesé" in page
    assert "1,62 kg" in page
    assert "185,80 DH" in page
    assert "une fois pesé" not in page


@pytest.mark.parametrize(
    ("typed", "grams"), [("1620", 1620), ("1,62", 1620), ("1.62 kg", 1620), ("١٦٢٠", 1620), ("1620 g", 1620), ("2 kg", 2000)]
)
def test_the_scales_are_read_in_grams_or_kilos(market, client, comb, signed_in, typed, grams):
    order = order_three(market, client, comb).orders.get()
    mina, line = signed_in(market.mina), OrderLine.objects.get()
    here = f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/"
    mina.post(f"{here}accept/")

    mina.post(f"{here}weigh/", {f"line-{line.pk}": typed})

    assert OrderLine.objects.get().weighed_grams == grams


@pytest.mark.parametrize("typed", ["", "beaucoup", "-3", "0", "NaN", "1e9", "1,6,2"])
def test_what_no_scales_say_is_asked_again(market, client, comb, signed_in, typed):
    order = order_three(market, client, comb).orders.get()
    mina, line = signed_in(market.mina), OrderLine.objects.get()
    here = f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/"
    mina.post(f"{here}accept/")

    answer = mina.post(f"{here}weigh/", {f"line-{line.pk}": typed})

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert OrderLine.objects.get().weighed_grams is None


def test_a_cooperative_says_that_it_weighs(market, signed_in):
    mina = signed_in(market.mina)
    at = f"/fr/workspace/{market.honey_cooperative.slug}/products/{market.honey.product.slug}/size/"

    litres = mina.post(at, {"content": "1", "measure": "l", "price": "90", "weighed": "on", "on_hand": "4"})
    assert "measure" in litres.context["variant_form"].errors
    mina.post(at, {"content": "1", "measure": "kg", "price": "90", "weighed": "on", "on_hand": "4"})

    made = Product.objects.get(pk=market.honey.product_id).variants.order_by("pk").last()
    assert made is not None
    assert (made.is_weighed, made.net_content, made.net_unit) == (True, 1000, "g")
