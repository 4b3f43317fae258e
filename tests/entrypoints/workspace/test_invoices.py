"""A cooperative reads what was issued in its name, and says how it is with its tax."""

from __future__ import annotations

from tests.domain.invoicing.test_papers import invoice
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.invoicing.models import TaxRegime
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.kit import clock


def base(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/invoices/"


def test_a_month_lists_what_was_issued_and_what_is_missing(market, signed_in):
    paper = invoice(market)
    fatima = signed_in(market.fatima)

    page = fatima.get(base(market)).content.decode()
    assert f'href="{base(market)}{paper.pk}/"' in page
    assert "Salma" in page
    assert "ICE, Identifiant fiscal (IF)" in page
    assert "Pas encore de facture" in fatima.get(base(market), {"month": "2020-01"}).content.decode()
    assert fatima.get(base(market), {"month": "x\x00"}).status_code == 200
    assert "Facture" in fatima.get(f"{base(market)}{paper.pk}/").content.decode()
    assert base(market) in fatima.get(f"/fr/workspace/{market.saffron_cooperative.slug}/earnings/").content.decode()


def test_the_president_says_that_they_pay_the_tax(market, signed_in):
    fatima = signed_in(market.fatima)
    said = {"regime": "vat", "valid_from": clock.today().isoformat()}

    page = fatima.post(f"{base(market)}tax/", said, follow=True).content.decode()

    assert "C’est noté" in page
    assert TaxRegime.objects.get().regime == "vat"
    assert "elle est dans vos prix" in fatima.get(base(market)).content.decode()


def test_a_member_reads_it_and_does_not_change_it(market, signed_in):
    brahim = signed_in(market.brahim)

    page = brahim.get(f"{base(market)}tax/").content.decode()
    assert '<form method="post" class="stack"' not in page
    brahim.post(f"{base(market)}tax/", {"regime": "vat", "valid_from": clock.today().isoformat()})
    assert not TaxRegime.objects.exists()


def test_a_month_goes_to_the_accountant_as_a_list(market, signed_in):
    paper = invoice(market)

    answer = signed_in(market.fatima).get(f"{base(market)}list.csv", {"month": f"{paper.issued_on:%Y-%m}"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == f'attachment; filename="invoices-{paper.issued_on:%Y-%m}.csv"'
    assert lines[0].startswith("Numéro;Type;Jour;")
    assert lines[1].startswith(f"{paper.label};invoice;{paper.issued_on};")
    assert len(lines) == 2


def test_whoever_keeps_the_register_reads_what_all_issued(market, signed_in):
    paper = invoice(market)
    entrust_register(market.operator, by=None)
    youssef = signed_in(market.youssef)

    page = youssef.get("/fr/workspace/money/invoices/").content.decode()
    assert "Coopérative Zafrane Taliouine" in page
    assert write_dirhams(paper.total_centimes, "fr") in page
    assert "Salma" not in page
    assert 'href="/fr/workspace/money/invoices/"' in youssef.get("/fr/workspace/money/").content.decode()
    assert signed_in(market.fatima).get("/fr/workspace/money/invoices/").status_code == 404
