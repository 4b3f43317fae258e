"""The search page shows what is found, says what it read and widened, and suggests without a script's help."""

from __future__ import annotations

import pytest

from twiza.domain.catalogue.services import retire_product
from twiza.foundation.search.services import rebuild_index


@pytest.fixture
def index(market, settings, tmp_path):
    settings.SEARCH_FOLDER = str(tmp_path)
    rebuild_index()


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_darija_typed_with_digits_finds_the_product_and_its_cooperative(index, client):
    shown = page(client, "/fr/search/?q=3sel+khouribga")

    assert "Miel de thym" in shown
    assert "Coopérative Nahlat" in shown
    assert "Peu de choses" not in shown


def test_what_was_read_otherwise_and_what_was_widened_are_said(index, client):
    shown = page(client, "/fr/search/?q=miel+safrn")

    assert "Rien ne s’écrit « safrn » : nous avons cherché « safran »." in shown
    assert "Peu de choses réunissent tous les mots." in shown


def test_one_kind_is_shown_alone(index, client):
    shown = page(client, "/fr/search/?q=coop%C3%A9rative&kind=cooperative&from=0")

    assert "<h2>Coopératives</h2>" in shown
    assert "<h2>Produits</h2>" not in shown


def test_a_product_retired_since_is_not_shown(index, client, market):
    retire_product(market.honey.product, by=market.mina)

    assert market.honey.product.slug not in page(client, "/fr/search/?q=miel")


@pytest.mark.parametrize(
    "query", ["q=%00", "q=x&from=-1", "q=x&from=%D9%A3", "q=x&kind=nothing", "q=miel&from=999999", "kind=product"]
)
def test_a_strange_address_is_a_page(index, client, query):
    page(client, f"/fr/search/?{query}")


def test_suggestions_say_what_they_are_and_may_be_kept_a_minute(index, client):
    answer = client.get("/fr/search/suggest/?q=mie")

    assert answer["Cache-Control"] == "private, max-age=60"
    assert 'role="img" aria-label="Produit"' in answer.content.decode()
    assert 'data-suggest="/fr/search/suggest/"' in page(client, "/fr/cooperatives/")


def test_suggestions_are_links(index, client, market):
    shown = page(client, "/ar/search/suggest/?q=tali")

    assert f'<a href="/ar/cooperatives/{market.saffron_cooperative.slug}/">' in shown
    assert "<html" not in shown
    assert page(client, "/ar/search/suggest/?q=").strip() == ""


def test_without_an_index_names_are_found(client, market, settings, tmp_path):
    settings.SEARCH_FOLDER = str(tmp_path)

    assert "Miel de thym" in page(client, "/fr/search/?q=miel")
    assert page(client, "/fr/search/suggest/?q=miel").strip() == ""
