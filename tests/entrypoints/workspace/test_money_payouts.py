"""What those who look after the market's money see and do to pay cooperatives, and what the cooperative reads of it."""

from __future__ import annotations

import re

import pytest

from tests.domain.payouts.paying import deliver, keepers, use_account
from tests.jobs import run_jobs
from twiza.domain.ledger.selectors import balance_of
from twiza.domain.payouts.models import Payout, PayoutBatch, PayoutHold
from twiza.foundation.messaging.models import Message
from twiza.kit import clock

PAYOUTS = "/fr/workspace/money/payouts/"


@pytest.fixture
def two(market, signed_in):
    first, second = keepers(market)
    return signed_in(first), signed_in(second)


@pytest.fixture
def sold(market, two):
    use_account(market.honey_cooperative, market.mina, market.youssef, 17)
    for variant, by in ((market.honey, market.mina), (market.argan, market.hajja)):
        deliver(market.order(variant).orders.get(), by)
    return balance_of(market.honey_cooperative.pk)


def said(client, url: str, **typed: object) -> str:
    answer = client.post(url, typed, follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def read(client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_two_people_pay_with_the_screens_and_the_cooperative_reads_what_for(market, two, signed_in, sold):
    youssef, nadia = two
    assert "Coopérative Nahlat" in read(youssef, PAYOUTS)
    drafted = said(youssef, PAYOUTS, until=clock.today().isoformat(), least="10")
    batch = PayoutBatch.objects.get()
    here = f"{PAYOUTS}{batch.pk}/"
    assert "une autre personne le regarde" in drafted
    assert "Une autre personne que celle qui" in said(youssef, f"{here}approve/")
    assert "J’approuve" in read(nadia, here)
    assert "Faites maintenant les fichiers" in said(nadia, f"{here}approve/")
    said(nadia, f"{here}files/", layout="bank:semicolons")
    file = nadia.post(f"{here}files/1/")
    assert file["Content-Disposition"] == f'attachment; filename="twiza-{batch.pk}-1-bank-{clock.today()}.csv"'
    assert f"{sold // 100},{sold % 100:02d};MAD" in file.content.decode("cp1252")
    assert nadia.post(f"{here}files/", {"layout": "bank:none"}).status_code == 404

    said(nadia, f"{here}files/1/paid/", on=clock.today().isoformat())
    assert not Payout.objects.filter(state="paid").exists()
    said(nadia, f"{here}files/1/paid/", reference="BQ-778", on=clock.today().isoformat())
    run_jobs()
    payout = Payout.objects.get(cooperative=market.honey_cooperative)
    assert (payout.state, balance_of(market.honey_cooperative.pk)) == ("paid", 0)
    mina = signed_in(market.mina)
    hers = f"/fr/workspace/{market.honey_cooperative.slug}/"
    assert "BQ-778" in read(mina, f"{hers}paid/{payout.pk}/")
    assert "Miel de thym" in read(mina, f"{hers}paid/{payout.pk}/")
    assert "payé" in read(mina, f"{hers}paid/")
    assert "Envoyé à vous" in read(mina, f"{hers}earnings/")
    told = Message.objects.filter(person=market.mina, key__startswith="payout").get()
    assert told.text == f"Twiza: sifetna likom {sold / 100:g} DH l compte ...1785 3la 1 commande. Ttafasil f lespace dyalkom."

    one = f"{PAYOUTS}one/{payout.pk}/"
    assert "Noté" in said(youssef, f"{one}returned/", reason="compte fermé", on=clock.today().isoformat())
    assert "Demandé" in said(youssef, f"{one}again/")
    assert "Approuvé" in said(nadia, f"{one}again/approve/")
    run_jobs()
    assert "est revenu" in read(mina, f"{hers}earnings/")
    assert "BQ-778" in read(nadia, one)
    assert "compte fermé" in read(nadia, one)


def test_money_is_held_with_a_reason_that_the_cooperative_reads_and_answers(market, two, signed_in, sold):
    youssef, _nadia = two
    slug = market.honey_cooperative.slug
    assert said(youssef, f"{PAYOUTS}hold/{slug}/", code="complaint", reason="trois plaintes", days="31")
    assert not PayoutHold.objects.exists()
    said(youssef, f"{PAYOUTS}hold/{slug}/", code="complaint", reason="trois plaintes", days="7")
    assert "trois plaintes" in read(youssef, PAYOUTS)
    mina = signed_in(market.mina)
    assert "trois plaintes" in read(mina, f"/fr/workspace/{slug}/paid/")
    assert "quelqu’un vous répond" in said(mina, f"/fr/workspace/{slug}/paid/object/", words="Elles sont réglées.")
    hold = PayoutHold.objects.get()
    assert "Elles sont réglées." in read(youssef, f"{PAYOUTS}held/")
    said(youssef, f"{PAYOUTS}held/{hold.pk}/answer/", words="Vous avez raison.", is_lifted="on")
    assert "Rien n’est retenu" in read(youssef, f"{PAYOUTS}held/")
    assert "trois plaintes" not in read(mina, f"/fr/workspace/{slug}/paid/")
