"""The last look at a parcel, on its screen and by text."""

from __future__ import annotations

import pytest

from tests.entrypoints.sms.test_inbound import write
from tests.jobs import run_jobs
from twiza.domain.orders.models import Chase, Checklist, Order
from twiza.domain.orders.services import accept_order


@pytest.fixture
def order(market) -> Order:
    order = accept_order(market.order(market.honey).orders.get(), by=market.mina)
    run_jobs()
    return order


def here(market, order: Order) -> str:
    return f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/"


def status_of(order: Order) -> str:
    order.fulfilment.refresh_from_db()
    return order.fulfilment.status


def test_one_question_is_asked_and_the_yes_is_shown(market, order, signed_in):
    mina = signed_in(market.mina)
    assert f'href="{here(market, order)}ready/"' in mina.get(here(market, order)).content.decode()
    form = mina.get(f"{here(market, order)}ready/").content.decode()
    assert form.count('type="checkbox"') == 1
    assert "90 derniers jours" not in form
    refused = mina.post(f"{here(market, order)}ready/").content.decode()
    assert "Cochez chaque ligne" in refused
    assert status_of(order) == "pending"

    page = mina.post(f"{here(market, order)}ready/", {"checked": "goods"}, follow=True).content.decode()

    assert status_of(order) == "ready"
    assert "Regardé par Mina" in page
    assert "Les bons produits sont dans le colis." in page


def test_more_is_asked_after_errors_with_the_reason_and_every_line_is_needed(market, order, signed_in):
    Chase.objects.create(order=order, step="late")
    mina = signed_in(market.mina)
    form = mina.get(f"{here(market, order)}ready/").content.decode()
    assert form.count('type="checkbox"') == 2
    assert "Commandes sans réponse à temps\xa0: 1" in form

    mina.post(f"{here(market, order)}ready/", {"checked": "goods"})
    assert status_of(order) == "pending"
    mina.post(f"{here(market, order)}ready/", {"checked": ["goods", "promised"]})

    assert (status_of(order), Checklist.objects.get().questions) == ("ready", ["goods", "promised"])


def test_by_text_one_question_goes_without_saying(market, order):
    answer, inbound = write(market.mina, f"wajda {order.number}")

    assert (status_of(order), inbound.outcome) == ("ready", "done")
    kept = Checklist.objects.get()
    assert (kept.questions, kept.checked_by, kept.channel) == (["goods"], market.mina, "sms")


def test_by_text_more_questions_are_asked_and_answered_by_a_word(market, order):
    Chase.objects.create(order=order, step="late")
    answer, inbound = write(market.mina, f"wajda {order.number}")
    assert (inbound.outcome, status_of(order)) == ("asked", "pending")
    assert answer == f"Talab {order.number}: 9bel ma tsifto choufou: sel3a, nhar. Ila kolchi mzyan ktbou RA9EBT {order.number}"
    assert Checklist.objects.get().checked_at is None

    _, inbound = write(market.mina, f"ra9ebt {order.number}")

    assert (inbound.outcome, status_of(order), Checklist.objects.get().checked_by) == ("done", "ready", market.mina)


def test_a_word_before_the_question_is_answered_by_the_question(market, order):
    Chase.objects.create(order=order, step="late")

    _, inbound = write(market.mina, f"ra9ebt {order.number}")

    assert (inbound.outcome, status_of(order)) == ("asked", "pending")
