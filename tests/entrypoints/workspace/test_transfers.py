"""A keeper brings the statement and decides what did not find its order, by forms alone."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.bank_account import ACCOUNT, by_transfer, reference_of
from tests.domain.orders.test_transfers_that_came import csv, payment_of
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.payments.models import BankStatement, StatementLine, TransferProof, TransferShare
from twiza.domain.payments.selectors import transfer_slip_for
from twiza.domain.payments.services.proofs import forget_proofs

HERE = "/fr/workspace/money/transfers/"


@pytest.fixture(autouse=True)
def keeper(settings, market, client):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
    entrust_register(market.operator, by=None)
    client.force_login(market.youssef)


def words(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def bring(client, *lines: tuple[str, str]):
    return client.post(f"{HERE}import/", {"file": SimpleUploadedFile("releve.csv", csv(*lines))}, follow=True)


def photo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    return SimpleUploadedFile("recu.png", file.getvalue())


def test_the_statement_says_what_it_brought_and_what_waits(market, client):
    sure, unsure = by_transfer(market, market.honey), by_transfer(market, market.argan)
    lines = [(f"VIR {reference_of(sure)}", "155,00"), (f"VIR {reference_of(unsure)}", "1,00"), ("VIR X", "9,00")]
    page = words(bring(client, *lines))

    assert "3 virements lus, dont 3 nouveaux ; 1 ont trouvé leur commande seuls." in page
    assert ("Moins que ce qui est dû" in page, "Aucune référence de chez nous" in page) == (True, True)
    assert (f"Commande {unsure.number}" in page, payment_of(sure).state) == (True, "captured")
    assert "<bdi>2</bdi>" in words(client.get("/fr/workspace/money/"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 x", b"Nom;Ville\nSalma;Rabat\n"])
def test_another_file_is_refused_in_words_and_nothing_is_kept(client, content):
    answer = client.post(f"{HERE}import/", {"file": SimpleUploadedFile("x.csv", content)})

    assert (answer.status_code, "field-error" in words(answer)) == (400, True)
    assert not BankStatement.objects.exists()


def test_one_is_assigned_by_the_orders_number_and_its_rest_goes_back_only_when_that_is_said(market, client):
    group = by_transfer(market, market.honey)
    bring(client, ("VIR DE SALMA", "200,00"))
    here = f"{HERE}{StatementLine.objects.get().pk}/"
    unsaid = client.post(f"{here}settle/", {"order_0": group.number})
    assert (unsaid.status_code, "Il reste quelque chose" in words(unsaid)) == (400, True)
    for wrong in ({"order_0": "999"}, {"order_0": group.number, "amount_0": "abc"}, {"order_0": group.number, "amount_0": "156"}):
        assert client.post(f"{here}settle/", {**wrong, "goes_back": "on"}).status_code == 400
    assert not TransferShare.objects.exists()

    client.post(f"{here}settle/", {"order_0": group.number, "goes_back": "on"})
    shares = list(TransferShare.objects.values_list("amount_centimes", "goes_back", "by"))
    assert shares == [(15_500, False, market.youssef.pk), (4_500, True, market.youssef.pk)]
    assert payment_of(group).state == "captured"
    refunds = words(client.get("/fr/workspace/register/refunds/"))
    assert "renvoyez-le au compte d’où il vient" in refunds


def test_what_is_likely_is_already_written_and_money_for_no_order_is_set_aside(market, client):
    group = by_transfer(market, market.honey)
    reference = transfer_slip_for(group.payment_reference).reference
    bring(client, (f"VIR {reference[3:]}", "155,00"))
    line = StatementLine.objects.get()
    assert f'value="{reference}"' in words(client.get(f"{HERE}{line.pk}/"))

    client.post(f"{HERE}{line.pk}/aside/")
    line.refresh_from_db()
    assert (line.state, line.settled_by, payment_of(group).state) == ("aside", market.youssef, "pending")
    client.post(f"{HERE}{line.pk}/again/")
    client.post(f"{HERE}{line.pk}/settle/", {"order_0": reference})
    assert payment_of(group).state == "captured"


def test_a_photo_of_the_transfer_is_seen_by_keepers_alone_and_pays_nothing(market, client):
    group = by_transfer(market, market.honey)
    client.logout()
    page = f"/fr/orders/{group.token}/"
    for _ in range(4):
        answer = client.post(f"{page}transfer/", {"proof": photo()}, follow=True)
    assert ("3 photos" in words(answer), TransferProof.objects.count()) == (True, 3)
    assert "lire un des fichiers" in words(client.post(f"{page}transfer/", {"proof": io.BytesIO(b"<script>")}, follow=True))
    proof = TransferProof.objects.first()
    address = f"{HERE}proofs/{proof.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(market.fatima)
    assert client.get(address).status_code == 404

    client.force_login(market.youssef)
    shown = client.get(address)
    assert (shown["Content-Type"], "no-store" in shown["Cache-Control"]) == ("image/jpeg", True)
    assert address in words(client.get(HERE))
    assert (payment_of(group).state, forget_proofs()) == ("pending", 0)
    bring(client, (f"VIR {reference_of(group)}", "155,00"))
    assert not TransferProof.objects.exists()
