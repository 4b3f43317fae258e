"""Two hundred people want the fifty jars there are, twenty at a time, over real HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.django_db  # the site's database is cloned from the tests' own

ADDRESS = {"name": "Acheteuse", "phone": "0683009999", "place": "Casablanca", "landmark": "Maârif"}


def buy(site, variant: int, store: str = "") -> bool:
    """One buyer's whole way, as fast as the site answers. True when she has an order."""
    with site.buyer() as browser:
        browser.post("/fr/cart/add/", data={"variant": variant, "quantity": 1, "store": store})
        began = browser.post("/fr/cart/change/", data={"checkout": "1"})
        if began.headers["Location"] != "/fr/checkout/":
            return False
        browser.post("/fr/checkout/", data=ADDRESS)
        page = browser.get("/fr/checkout/confirm/").text
        total = page.split('name="expected_total" value="')[1].split('"')[0]
        answer = browser.post("/fr/checkout/confirm/", data={"order": "1", "expected_total": total})
        return answer.headers["Location"].startswith("/fr/orders/")


def sold_and_left(site, *variants: int) -> tuple[int, int]:
    """Of both sizes together, by every storefront."""
    sold = site.ask("select coalesce(sum(quantity), 0) from orders_orderline where variant_id in (%s, %s)", *variants)[0][0]
    left = site.ask("select sum(on_hand - allocated) from inventory_stocklevel where variant_id in (%s, %s)", *variants)[0][0]
    return sold, left


def test_two_hundred_buyers_share_exactly_fifty_jars(site):
    variant = site.people["rare_variant"]

    with ThreadPoolExecutor(20) as crowd:
        bought = sum(crowd.map(lambda _: buy(site, variant), range(200)))

    sold = site.ask("select coalesce(sum(quantity), 0) from orders_orderline where variant_id = %s", variant)[0][0]
    level = site.ask("select on_hand, allocated, held from inventory_stocklevel where variant_id = %s", variant)[0]
    assert (bought, sold, level) == (50, 50, (50, 50, 0))


def test_twenty_buyers_of_two_sizes_share_the_seven_pieces_of_a_quota(site):
    large, small = site.people["fair_variants"]
    sold_before, left_before = sold_and_left(site, large, small)

    with ThreadPoolExecutor(20) as crowd:
        bought = sum(crowd.map(lambda turn: buy(site, (large, small)[turn % 2], "foire"), range(20)))

    sold, left = sold_and_left(site, large, small)
    assert (bought, sold - sold_before, left_before - left) == (7, 7, 7)
