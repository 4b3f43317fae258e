"""Whoever reads on misses nothing and sees nothing twice, whatever is put on sale meanwhile; the order is said in words."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.people import product
from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors import Key, counting
from twiza.domain.catalogue.services import retire_product
from twiza.foundation.search.services import rebuild_index
from twiza.kit import clock

CARD = re.compile(r'class="card-name">\s*<a href="[^"]+">([^<]+?)(?: <bdi|</a>)')
LINK = {word: re.compile(rf'<a[^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*{word}', re.S) for word in ("Suivant", "Précédent")}
SORT = re.compile(r'<a\s+class="chip"\s+href="([^"]*)"\s+(aria-current="true")?\s*>([^<]+ d’abord)</a>')


def with_many(market):
    """Thirty products more, two by two of the same moment; the last made first."""
    moment = clock.now() - timedelta(hours=1)
    Product.objects.update(published_at=moment - timedelta(days=1))
    for number in range(30):
        made = product(market.honey_cooperative, market.mina, "honey", f"Miel {number:02}", "", "250", "g", 4000 - number, 4)
        Product.objects.filter(pk=made.product_id).update(published_at=moment + timedelta(minutes=number // 2))
    return market


@pytest.fixture(scope="module")
def kept_many(keep, kept_market):
    return keep(lambda: with_many(kept_market.again()))


@pytest.fixture
def many(kept_many, db):
    return kept_many.again()


@pytest.fixture(params=["with the index", "without it"])
def indexed(request, settings, tmp_path, many):
    settings.SEARCH_FOLDER = str(tmp_path)
    if request.param == "with the index":
        rebuild_index()
    return many


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(html):
    return [unescape(name).strip() for name in CARD.findall(html)]


def link(html, word):
    found = LINK[word].search(html[html.index('class="pagination"') :]) if 'class="pagination"' in html else None
    return unescape(found[1]) if found else None


def names_of(*numbers):
    return [f"Miel {number:02}" for number in numbers]


def test_one_reads_on_and_back_to_the_same_pages(client, many):
    first = page(client, "/fr/products/")
    second = page(client, "/fr/products/" + link(first, "Suivant"))

    assert cards(first) == names_of(*range(29, 5, -1))
    assert cards(second)[:6] == names_of(*range(5, -1, -1))
    assert link(first, "Précédent") is None
    assert link(second, "Suivant") is None
    assert cards(page(client, "/fr/products/" + link(second, "Précédent"))) == cards(first)


def test_what_is_put_on_sale_meanwhile_moves_nothing(client, many):
    first = page(client, "/fr/products/")
    product(many.honey_cooperative, many.mina, "honey", "Miel tout neuf", "", "250", "g", 9000, 4)
    second = page(client, "/fr/products/" + link(first, "Suivant"))

    assert cards(second)[:6] == names_of(*range(5, -1, -1))
    assert link(second, "Précédent") is not None


def test_a_page_begins_after_a_product_that_is_gone(client, many):
    first = page(client, "/fr/products/")
    retire_product(Product.objects.get(name_fr="Miel 06"), by=many.mina)

    assert cards(page(client, "/fr/products/" + link(first, "Suivant")))[:6] == names_of(*range(5, -1, -1))


def test_a_choice_is_kept_while_one_reads_on(client, many):
    first = page(client, "/fr/products/?kind=honey")
    second = page(client, "/fr/products/" + link(first, "Suivant"))

    assert "kind=honey" in link(first, "Suivant")
    assert set(cards(second)) >= set(names_of(*range(6)))


@pytest.mark.parametrize("query", ["after=x", "after=1-", "after=9999999999999999-1", "before=-3-4", "after=²-1"])
def test_what_is_no_place_is_the_beginning(client, many, query):
    assert cards(page(client, f"/fr/products/?{query}")) == names_of(*range(29, 5, -1))


def test_a_key_is_read_as_it_was_written():
    key = Key(clock.now(), 42)

    assert Key.read(str(key)) == key


def test_prices_order_the_list_both_ways(client, indexed):
    cheapest = page(client, "/fr/products/?region=05&sort=cheapest")
    dearest = page(client, "/fr/products/?region=05&sort=dearest")
    sorts = [(name, bool(current)) for _url, current, name in SORT.findall(cheapest)]

    assert [name for name in cards(cheapest) if name in names_of(*range(30))] == names_of(*range(29, 5, -1))[
        : len(cards(cheapest))
    ]
    assert [name for name in cards(dearest) if name in names_of(*range(30))][:5] == names_of(*range(5))
    assert sorts == [
        ("Les plus récents d’abord", False),
        ("Prix le plus bas d’abord", True),
        ("Prix le plus élevé d’abord", False),
    ]
    assert "sort=cheapest" in link(cheapest, "Suivant")


def test_a_page_after_the_last_leads_back_to_the_first(client, indexed):
    past = page(client, "/fr/products/?region=05&sort=cheapest&page=99")

    assert cards(past) == []
    assert "avant cette page" in past
    assert 'href="?region=05&amp;sort=cheapest"' in past
    assert "Rien trouvé" not in past


def test_words_are_answered_nearest_first_unless_prices_are_asked(client, indexed):
    assert cards(page(client, "/fr/products/?q=miel&sort=cheapest"))[:3] == names_of(29, 28, 27)
    assert [name for _url, current, name in SORT.findall(page(client, "/fr/products/?q=miel")) if current]


def test_very_many_without_an_index_are_shown_uncounted(client, many, settings, tmp_path, monkeypatch):
    settings.SEARCH_FOLDER = str(tmp_path)
    monkeypatch.setattr(counting, "FEW", 20)

    html = page(client, "/fr/products/?region=05&sort=cheapest")

    assert cards(html)[:3] == names_of(29, 28, 27)
    assert "plus de 20 produits" in html.replace("\xa0", " ")
    assert SORT.findall(html) == []
