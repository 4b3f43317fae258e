"""A buyer reads and prints the invoice; whoever holds one may check it."""

from __future__ import annotations

from django.test import Client

from tests.domain.aftersales.test_returns import delivered
from tests.domain.invoicing.test_papers import asks_tax, invoice, sent_back_whole
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
