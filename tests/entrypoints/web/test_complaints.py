"""Salma says what is wrong over plain HTTP, Fatima answers, and Youssef decides what they do not agree on."""

from __future__ import annotations

import io

from django.test import Client
from PIL import Image

from tests.entrypoints.web.test_returns import delivered
from twiza.domain.aftersales.models import Complaint
from twiza.domain.orders.models import OrderLine


def complained(market, group, **typed) -> Complaint:
    line = OrderLine.objects.get()
    said = {"line": line.pk, "kind": "damaged", "pieces": "1", "words": "Le bouchon fuit.", **typed}
    Client().post(f"/fr/orders/{group.token}/{market.saffron_cooperative.slug}/complain/", said)
    return Complaint.objects.get()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    file.seek(0)
    file.name = "photo.png"
    return file


def test_a_buyer_says_what_is_wrong_and_a_cooperative_gives_money_back(market):
    group = delivered(market, market.saffron)
    address = f"/fr/orders/{group.token}/"
    page = Client().get(address).content.decode()
    assert f"{market.saffron_cooperative.slug}/complain/" in page
    assert "Combien" in Client().get(f"{address}{market.saffron_cooperative.slug}/complain/").content.decode()

    complaint = complained(market, group)
    fatima, here = signed_in(market.fatima), f"/fr/workspace/{market.saffron_cooperative.slug}/"
    assert "1 réclamation" in fatima.get(here).content.decode()
    assert "1 réclamation" in fatima.get(f"{here}orders/").content.decode()
    assert f"complaints/{complaint.pk}/" in fatima.get(f"{here}complaints/").content.decode()
    refused = fatima.post(f"{here}complaints/{complaint.pk}/", {"kind": "refund", "amount": "39"}).content.decode()
    assert "38 DH au plus" in refused.replace("\xa0", " ")
    fatima.post(f"{here}complaints/{complaint.pk}/", {"kind": "refund", "amount": "20", "words": "Pardon."})

    page = Client().get(address).content.decode()
    assert "Pardon." in page
    Client().post(f"{address}complaints/{complaint.pk}/accept/")
    answer = fatima.post(f"{here}complaints/{complaint.pk}/refunded/", {"how": "cash"})
    assert answer.status_code == 302
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.settled_centimes) == ("refunded", 2000)


def test_what_they_do_not_agree_on_the_operator_decides_seeing_the_photo(market, settings, tmp_path):
    settings.ORIGINALS_FOLDER = str(tmp_path)
    group = delivered(market, market.saffron)
    OrderLine.objects.update(storefront=market.souk)
    complaint = complained(market, group, photo=picture())
    fatima, youssef = signed_in(market.fatima), signed_in(market.youssef)
    own = f"/fr/workspace/{market.saffron_cooperative.slug}/complaints/{complaint.pk}/"
    store = f"/fr/workspace/stores/souk-khouribga/complaints/{complaint.pk}/"
    fatima.post(own, {"kind": "refuse", "words": "Il est parti entier."})
    Client().post(f"/fr/orders/{group.token}/complaints/{complaint.pk}/dispute/")

    assert "Il est parti entier." in youssef.get(store).content.decode()
    photos = [Client().get(f"/fr/orders/{group.token}/complaints/{complaint.pk}/photo/"), fatima.get(f"{own}photo/")]
    for answer in (*photos, youssef.get(f"{store}photo/")):
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"].startswith("private, no-store")
    assert Client().get(f"/fr/orders/{delivered(market, market.honey).token}/complaints/{complaint.pk}/photo/").status_code == 404
    assert signed_in(market.karim).get(f"{store}photo/").status_code == 404

    youssef.post(store, {"kind": "refund", "amount": "10", "words": "La photo le montre."})
    complaint.refresh_from_db()
    assert (complaint.state, complaint.decision_centimes) == ("accepted", 1000)
    for reader, address in ((fatima, own), (Client(), f"/fr/orders/{group.token}/")):
        assert "La photo le montre." in reader.get(address).content.decode()
    shown = fatima.get(own).content.decode() + youssef.get(store).content.decode()
    assert "683005001" not in shown.replace(" ", "")


def test_what_cannot_be_reported_is_said(market):
    group = delivered(market, market.saffron)
    form = f"/fr/orders/{group.token}/{market.saffron_cooperative.slug}/complain/"
    file = io.BytesIO(b"nothing")
    file.name = "photo.png"
    said = {"line": OrderLine.objects.get().pk, "kind": "wrong", "pieces": "1", "photo": file}

    assert "Reprenez la photo" in Client().post(form, said).content.decode()
    assert not Complaint.objects.exists()
    complained(market, group)
    assert Client().get(form).status_code == 302
    assert Client().get("/fr/orders/nobody/x/complain/").status_code == 404


def test_a_cooperative_sends_it_again_and_the_buyer_reads_where_it_is(market):
    group = delivered(market, market.saffron)
    complaint = complained(market, group)
    address, fatima = f"/fr/orders/{group.token}/", signed_in(market.fatima)
    own = f"/fr/workspace/{market.saffron_cooperative.slug}/complaints/{complaint.pk}/"
    assert fatima.get(f"{own}label/").status_code == 404
    fatima.post(own, {"kind": "replace"})
    Client().post(f"{address}complaints/{complaint.pk}/accept/")

    assert "Un nouveau colis part avant le" in Client().get(address).content.decode()
    label = fatima.get(f"{own}label/").content.decode()
    assert "Maârif" in label
    assert "ne rien encaisser" in label
    assert fatima.get(own).status_code == 200
    fatima.post(f"{own}send/", {"tracking": "AM1"})
    assert "AM1" in Client().get(address).content.decode()
    fatima.post(f"{own}arrived/")

    complaint.refresh_from_db()
    assert complaint.outcome == "replaced"
    assert "Votre nouveau colis est arrivé" in Client().get(address).content.decode()
    assert "Le nouveau colis est arrivé" in fatima.get(own).content.decode()


def test_an_operator_reads_in_one_list_whom_to_call_and_what_to_decide(market):
    group = delivered(market, market.saffron)
    OrderLine.objects.update(storefront=market.souk)
    complaint = complained(market, group)
    youssef, here = signed_in(market.youssef), "/fr/workspace/stores/souk-khouribga/"
    page = youssef.get(f"{here}after-sale/").content.decode()
    assert "La coopérative répond à la réclamation avant le" in page
    assert 'class="is-late"' not in page
    signed_in(market.fatima).post(
        f"/fr/workspace/{market.saffron_cooperative.slug}/complaints/{complaint.pk}/", {"kind": "refuse", "words": "Non."}
    )
    Client().post(f"/fr/orders/{group.token}/complaints/{complaint.pk}/dispute/")

    page = youssef.get(f"{here}after-sale/").content.decode()
    assert 'class="is-late"' in page
    assert f"{here}complaints/{complaint.pk}/" in page
    assert "06 83 00 10 01" in page.replace("\xa0", " ")
    assert "06 83 00 50 01" not in page.replace("\xa0", " ")
    assert "1 réclamation attend votre décision" in youssef.get(here).content.decode()
