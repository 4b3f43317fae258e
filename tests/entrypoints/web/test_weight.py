"""What a page costs somebody who pays for each megabyte: everything it loads, compressed, without pictures."""

from __future__ import annotations

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from tests.people import product

MOST_BYTES = {"fr": 45_000, "ar": 55_000, "zgh": 55_000}
LINKED = re.compile(r"""(?:href|src)="([^"]+\.(?:css|js))\"""")
# Where the page itself stands, in each language: told to search engines, loaded by nobody.
NAMED_ONLY = re.compile(r'<link rel="(?:canonical|alternate)"[^>]*>')
ADDRESS = re.compile(r"""(?:href|src|action|srcset)="(https?:)?//([^"/]+)""")


def fill_the_list(market):
    for number in range(24):
        product(market.honey_cooperative, market.mina, "honey", f"Miel {number}", f"عسل {number}", "500", "g", 9000 + number, 5)


@pytest.fixture(scope="module")
def kept_list(keep, kept_market):
    return keep(lambda: fill_the_list(kept_market.again()))


@pytest.fixture
def full_list(kept_list, db):
    kept_list.again()


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def static_file(name: str) -> bytes:
    path = finders.find(name.removeprefix("/static/"))
    assert isinstance(path, str), name
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


@pytest.mark.parametrize("language", ["fr", "ar", "zgh"])
def test_a_full_list_of_products_stays_light(client, full_list, language):
    page = client.get(f"/{language}/products/").content.decode()
    assert page.count('class="card"') == 24

    files = {name: static_file(name) for name in LINKED.findall(page)}
    total = weight(page.encode()) + sum(weight(data) for data in files.values())
    fonts = {"ar": ["ui/fonts/kufi-arabic-bold.woff2"], "zgh": ["ui/fonts/tifinagh-regular.woff2"]}.get(language, [])
    total += sum(len(static_file(font)) for font in fonts)

    assert total <= MOST_BYTES[language], {name: weight(data) for name, data in files.items()} | {"html": weight(page.encode())}


@pytest.mark.parametrize("path", ["", "products/", "cooperatives/", "cart/", "terms/", "account/login/"])
def test_a_page_asks_no_other_host_for_anything(client, full_list, path):
    page = client.get(f"/fr/{path}").content.decode()

    loaded = [host for _scheme, host in ADDRESS.findall(NAMED_ONLY.sub("", page))]
    assert loaded == []
