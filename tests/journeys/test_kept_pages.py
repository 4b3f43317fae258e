"""Pages kept for everybody: never old, never somebody else's. Two processes serve the site here, as two machines would."""

from __future__ import annotations

import gzip

import httpx
import psycopg
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

OFTEN = 12  # enough to reach both processes


@pytest.fixture
def address(site) -> str:
    return f"{site.url}/fr/products/{site.people['products'][0]}/"


def keep(address: str) -> httpx.Response:
    """Asked until every process has kept it: the answer of a kept page carries its own mark."""
    answers = [httpx.get(address) for _time in range(OFTEN)]
    assert {answer.status_code for answer in answers} == {200}
    assert "etag" in answers[-1].headers
    return answers[-1]


def change(site, statement: str) -> None:
    with psycopg.connect(site.database, autocommit=True) as connection:
        connection.execute(statement)


def price_of(site) -> int:
    slug = site.people["products"][0]
    return int(
        site.ask(
            "select price_centimes from catalogue_variant v join catalogue_product p on p.id = v.product_id where slug = %s", slug
        )[0][0]
    )


@pytest.mark.parametrize("place", ["products/{slug}/", "products/", "", "cooperatives/{cooperative}/"])
def test_a_new_price_shows_on_the_very_next_request_of_every_process(site, place):
    slug = site.people["products"][0]
    address = f"{site.url}/fr/{place.format(slug=slug, cooperative=site.people['cooperative'])}"
    if place.startswith("cooperatives"):
        owner = "select c.slug from directory_organisation c join catalogue_product p on p.cooperative_id = c.id and p.slug = %s"
        address = f"{site.url}/fr/cooperatives/{site.ask(owner, slug)[0][0]}/"
    before = price_of(site)
    its = "from catalogue_product p where p.id = v.product_id and p.slug"
    statement = "update catalogue_variant v set price_centimes = {} " + its + " = '{}'"
    keep(address)
    try:
        for price in (7_777_700, 8_888_800):
            change(site, statement.format(price, slug))
            shown = [httpx.get(address).text for _time in range(OFTEN)]
            assert all(f"{price // 100:,}".replace(",", " ") in page.replace(" ", " ").replace(" ", " ") for page in shown)
    finally:
        change(site, statement.format(before, slug))


def test_sold_out_shows_on_the_very_next_request(site, address):
    slug = site.people["products"][0]
    of_it = "from catalogue_variant v join catalogue_product p on p.id = v.product_id"
    of_it += f" where p.slug = '{slug}' and variant_id = v.id"
    on_hand = site.ask(f"select on_hand from inventory_stocklevel s where exists (select {of_it})")[0][0]
    assert "Épuisé" not in keep(address).text
    try:
        change(site, f"update inventory_stocklevel s set on_hand = allocated + held where exists (select {of_it})")
        assert all("Épuisé" in httpx.get(address).text for _time in range(OFTEN))
    finally:
        change(site, f"update inventory_stocklevel s set on_hand = {on_hand} where exists (select {of_it})")


def test_whoever_has_a_basket_or_signed_in_sees_a_page_of_their_own(site, address):
    keep(address)
    with site.buyer() as buyer:
        page = buyer.get(address)
        assert "etag" in page.headers
        variant = page.text.split('name="variant" value="')[1].split('"')[0]
        buyer.post(f"{site.url}/fr/cart/add/", data={"variant": variant, "quantity": "1", "here": "/fr/"})
        own = buyer.get(address)

    assert "etag" not in own.headers
    assert own.text != page.text
    assert httpx.get(address).text == page.text


def test_a_kept_page_is_not_sent_again_to_whoever_has_it(site, address):
    mark = keep(address).headers["etag"]

    again = httpx.get(address, headers={"If-None-Match": mark})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == mark


def test_a_kept_page_comes_zipped_and_with_the_same_protection(site, address):
    first, kept = httpx.get(f"{address}?fresh=1", headers={"Accept-Encoding": "identity"}), keep(address)

    with httpx.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw).decode() == kept.text
    guarded = {"content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy", "cache-control"}
    assert {name: kept.headers[name] for name in guarded} == {name: first.headers[name] for name in guarded}
    assert len(raw) < 20_000


def test_languages_and_questions_are_pages_of_their_own(site):
    pages = {keep(f"{site.url}/{path}").text for path in ("fr/products/", "ar/products/", "fr/products/?kind=honey")}

    assert len(pages) == 3


@pytest.mark.parametrize(
    "path",
    ["fr/cart/", "fr/account/login/", "fr/search/?q=miel", "fr/products/?q=miel", "fr/cooperatives/?q=miel", "fr/nowhere/"],
)
def test_what_is_somebodys_own_or_missing_is_never_kept(site, path):
    assert all("etag" not in httpx.get(f"{site.url}/{path}").headers for _time in range(4))


def test_another_sites_form_puts_nothing_in_a_basket(site, address):
    variant = httpx.get(address).text.split('name="variant" value="')[1].split('"')[0]
    baskets = site.ask("select count(*) from orders_cart")
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = httpx.post(f"{site.url}/fr/cart/add/", data={"variant": variant}, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers

    assert site.ask("select count(*) from orders_cart") == baskets
