"""A buyer reads and prints the invoice; whoever holds one may check it."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.domain.aftersales.test_returns import delivered
from tests.domain.invoicing.test_papers import asks_tax, invoice, sent_back_whole
from twiza.entrypoints.ui.pdf import draws_pdf
from twiza.kit import clock


def test_the_buyer_finds_the_invoice_on_the_orders_page(market):
    paper = invoice(market)
    client, address = Client(), f"/fr/orders/{paper.order.group.token}/"

    page = client.get(address).content.decode()
    assert f'href="{address}papers/{paper.pk}/"' in page
    read = client.get(f"{address}papers/{paper.pk}/").content.decode()
    assert f"{clock.today().year}-0001" in read
    assert "Coopérative Zafrane Taliouine" in read
    assert "Safran pur" in read
    assert paper.says["words"]["ar"] in read
    assert "coopérative exonérée" in read
    assert f"/papers/{paper.check_code}/" in read
    assert "فاتورة" in client.get(address.replace("/fr/", "/ar/") + f"papers/{paper.pk}/").content.decode()


def test_a_credit_note_names_its_invoice_and_shows_the_tax(market):
    asks_tax(market.saffron_cooperative)
    credit = sent_back_whole(market, delivered(market))

    read = Client().get(f"/fr/orders/{credit.order.group.token}/papers/{credit.pk}/").content.decode()

    assert "Avoir" in read
    assert f"facture <bdi>{credit.corrects.label}</bdi>" in read
    assert "TVA 20\xa0%" in read


def test_another_purchases_link_does_not_open_it(market):
    paper, other = invoice(market), market.order(market.honey)

    assert Client().get(f"/fr/orders/{other.token}/papers/{paper.pk}/").status_code == 404


def test_whoever_holds_a_paper_reads_that_it_is_as_it_was_issued(market):
    paper = invoice(market)

    led = Client().get("/fr/papers/", {"code": f"{paper.check_code[:4]}-{paper.check_code[4:]}"})
    page = Client().get(led["Location"]).content.decode()

    assert "Oui\xa0: ce papier est tel qu’il a été émis." in page
    assert paper.label in page
    assert "Salma" not in page
    # Without the language, as it is printed.
    assert Client().get(f"/papers/{paper.check_code}/")["Location"] == f"/fr/papers/{paper.check_code}/"


def test_an_unknown_code_is_asked_again(market):
    answer = Client().get("/fr/papers/0000000000000000/")

    assert answer.status_code == 404
    assert 'value="0000000000000000"' in answer.content.decode()
    assert Client().get("/fr/papers/").status_code == 200


class Drawing:
    """In the place of WeasyPrint, which need not be installed."""

    def __init__(self, *, string: str, url_fetcher) -> None:
        self.string, self.fetch = string, url_fetcher

    def write_pdf(self, *, stylesheets) -> bytes:
        assert self.fetch == {"allowed_protocols": ()}
        assert ".invoice" in stylesheets[-1].string
        return b"%PDF " + self.string.encode()


@pytest.fixture
def drawing(monkeypatch):
    """Whether it is installed is asked anew."""
    draws_pdf.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint.urls", SimpleNamespace(URLFetcher=dict))
    yield lambda module: monkeypatch.setitem(sys.modules, "weasyprint", module)
    draws_pdf.cache_clear()


def test_where_files_are_drawn_a_paper_is_one(market, drawing):
    drawing(SimpleNamespace(HTML=Drawing, CSS=Drawing, urls=None))
    paper = invoice(market)
    address = f"/ar/orders/{paper.order.group.token}/papers/{paper.pk}/"

    answer = Client().get(f"{address}pdf/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{paper.label}.pdf"'
    assert 'dir="rtl"' in answer.content.decode()
    assert f'href="{address}pdf/"' in Client().get(address).content.decode()


def test_elsewhere_there_is_no_such_file_and_no_way_to_it(market, drawing):
    drawing(None)
    paper = invoice(market)
    address = f"/fr/orders/{paper.order.group.token}/papers/{paper.pk}/"

    assert Client().get(f"{address}pdf/").status_code == 404
    assert "PDF" not in Client().get(address).content.decode()


def test_a_buyer_says_in_whose_name_the_invoice_comes(market):
    client, address = Client(), f"/fr/orders/{market.order(market.saffron).token}/"
    said = {"name": "Association  Tazerzit", "ice": "001 561 191 000 066"}

    assert f'href="{address}invoice-name/"' in client.get(address).content.decode()
    refused = client.post(f"{address}invoice-name/", {**said, "ice": "001561191000067"})
    assert refused.status_code == 400
    assert "Ce n’est pas un ICE" in refused.content.decode()
    page = client.post(f"{address}invoice-name/", said, follow=True).content.decode()
    assert "Factures au nom de <bdi>Association Tazerzit</bdi>." in page
    assert 'value="001561191000066"' in client.get(f"{address}invoice-name/").content.decode()


def test_after_the_delivery_nobody_is_asked_for_a_name(market):
    order = delivered(market)
    address = f"/fr/orders/{order.group.token}/"

    assert "invoice-name" not in Client().get(address).content.decode()
    page = Client().post(f"{address}invoice-name/", {"name": "Autre"}, follow=True).content.decode()
    assert "restent comme elles sont" in page
