"""Youssef opens a storefront step by step, looks at it before anybody else, and opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from twiza.domain.inventory.models import ProductImport
from twiza.domain.orders.models import CartLine
from twiza.domain.storefronts.models import ProductReview, Storefront
from twiza.domain.storefronts.services import choose_dates, close_storefront, look_first
from twiza.entrypoints.workspace.urls_stores import of_the_storefronts
from twiza.kit import clock

NAMES = {"name_fr": "Foire du safran", "name_ar": "معرض الزعفران", "phone": "06 83 00 60 00"}


def test_he_opens_one_in_steps_and_nothing_is_lost_between_them(market, signed_in):
    youssef = signed_in(market.youssef)

    begun = youssef.post("/fr/workspace/stores/new/", NAMES)
    assert begun.url == "/fr/workspace/stores/foire-du-safran/assortment/"
    offered = youssef.get(begun.url).content.decode()
    assert "Coopérative Zafrane Taliouine" in offered
    youssef.post(begun.url, {"add": str(market.saffron_cooperative.pk)})
    youssef.post("/fr/workspace/stores/foire-du-safran/pages/keep/")
    last = (clock.now() + timedelta(days=9)).date().isoformat()
    youssef.post("/fr/workspace/stores/foire-du-safran/dates/", {"first_day": "", "last_day": last})

    fair = Storefront.objects.get(slug="foire-du-safran")
    assert (fair.state, fair.phone, fair.operator) == ("draft", "+212683006000", market.operator)
    assert fair.pages.count() == 14
    assert "1 produit" in youssef.get("/fr/workspace/stores/foire-du-safran/setup/").content.decode()
    assert youssef.get("/fr/workspace/stores/foire-du-safran/dates/").context["form"].initial["last_day"].isoformat() == last

    youssef.post("/fr/workspace/stores/foire-du-safran/open/")
    assert "Safran pur" in Client().get("/fr/stores/foire-du-safran/").content.decode()


def test_only_its_people_see_the_preview_and_nothing_is_ordered_in_it(market, signed_in):
    youssef, visitor = signed_in(market.youssef), Client()
    close_storefront(market.souk, by=market.youssef)
    Storefront.objects.filter(pk=market.souk.pk).update(state="draft")
    pages = ["", "conditions/", "pages/legal/", "products/", f"products/{market.honey.product.slug}/"]

    for page in pages:
        seen = youssef.get(f"/fr/stores/souk-khouribga/{page}")
        assert seen.status_code == 200
        assert "Aperçu" in seen.content.decode()
        assert seen["Cache-Control"] == "private, no-store"
        for stranger in (visitor, signed_in(market.karim)):
            assert stranger.get(f"/fr/stores/souk-khouribga/{page}").status_code == 404
    product = youssef.get(f"/fr/stores/souk-khouribga/{pages[-1]}").content.decode()
    assert 'name="quantity"' not in product
    youssef.post("/fr/cart/add/", {"variant": market.honey.pk, "store": "souk-khouribga", "quantity": "1"})
    assert CartLine.objects.count() == 0


def test_a_closed_one_says_when_it_opens(market):
    day = clock.now() + timedelta(days=40)
    choose_dates(market.souk, day, None, by=market.youssef)

    with override("fr"):
        page = Client().get("/fr/stores/souk-khouribga/")
    assert page.status_code == 200
    assert f"Elle ouvre le {day.day}" in page.content.decode()
    assert "Miel de thym" not in page.content.decode()


def test_a_taken_address_and_an_unreadable_number_are_said_and_what_was_typed_is_kept(market, signed_in):
    youssef = signed_in(market.youssef)

    taken = youssef.post("/fr/workspace/stores/new/", {**NAMES, "slug": "Souk Khouribga"}).content.decode()
    unread = youssef.post("/fr/workspace/stores/new/", {**NAMES, "phone": "12"}).content.decode()

    assert "Une autre vitrine a déjà l" in taken
    assert 'value="Foire du safran"' in taken
    assert 'value="Foire du safran"' in unread
    assert Storefront.objects.count() == 2


def test_what_is_missing_is_said_when_he_opens_too_early(market, signed_in):
    youssef = signed_in(market.youssef)
    youssef.post("/fr/workspace/stores/new/", NAMES)

    answer = youssef.post("/fr/workspace/stores/foire-du-safran/open/", follow=True)

    assert "Lisez d" in answer.content.decode()
    assert Storefront.objects.get(slug="foire-du-safran").state == "draft"


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_every_step_is_shown_in_every_language(market, signed_in, language):
    youssef = signed_in(market.youssef)
    only_pressed = {
        "store_open",
        "store_close",
        "store_pages_keep",
        "store_tariffs_withdraw",
        "store_free_delivery_withdraw",
        "store_coupon_stop",
        "store_carrier_switch",
        "store_carrier_again",
        "store_carrier_read",
        "store_mandates_ask",
        "store_import_open",
        "store_import_start",
        "store_import_undo",
        "store_reviews_setting",
        "store_reviews_all",
        "store_buyer_review_keep",
        "store_enquiry",
        "store_gift_basket_price",
        "store_gift_basket_stop",
        "store_gift_basket_nothing_instead",
    }
    sent = ProductImport.objects.create(by=market.youssef, file_name="produits.csv")
    given = {"slug": "souk-khouribga", "page": "returns", "import_id": sent.pk, "product_id": market.honey.product_id}
    given |= {"code": "sendit", "errand_id": 0, "word_id": 0}
    given["order_id"] = 0  # of none that waits
    given["complaint_id"] = given["review_id"] = given["component_id"] = given["enquiry_id"] = 0
    given["gift"] = "none"
    look_first(market.souk, by=market.youssef)
    ProductReview.objects.all().delete()  # all of it waits

    for one in of_the_storefronts:
        with override(language):
            url = reverse(f"workspace:{one.name}", kwargs={name: given[name] for name in one.pattern.converters})
        # Its columns were not guessed yet: there is nothing to choose, and one is led back.
        led = {
            "store_import_columns": 302,
            "store_late_cancel": 404,
            "store_late_call": 404,
            "store_complaint": 404,
            "store_complaint_photo": 404,
        }
        led["store_buyer_review"] = 404  # of none that was written
        expected = led.get(one.name, 405 if one.name in only_pressed else 200)
        assert youssef.get(url).status_code == expected, url


def test_a_rule_says_how_many_products_it_gives_and_an_empty_one_is_refused(market, signed_in):
    youssef, here = signed_in(market.youssef), "/fr/workspace/stores/souk-khouribga/assortment/"

    refused = youssef.post(here, {"rule": "1"}).content.decode()
    youssef.post(here, {"rule": "1", "place": "09", "sector": "AGRI"})
    page = youssef.get(here)

    assert "Choisissez au moins une chose" in refused
    ((rule, number),) = page.context["rules"]
    assert (rule.region_id, rule.province_id, rule.sector, number) == ("09", None, "AGRI", 2)
    youssef.post(here, {"drop": str(rule.pk)})
    assert youssef.get(here).context["rules"] == []
