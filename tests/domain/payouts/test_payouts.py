"""What cooperatives earned goes to them: by two people, to an account that is old enough, once, and the ledger says so."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from tests.domain.payouts.paying import approved, deliver, keepers, use_account
from tests.jobs import run_jobs
from twiza.domain.aftersales.services import ask_return, receive_return
from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.selectors import balance_of, ledger_faults
from twiza.domain.ledger.services import RateTerms, set_rate
from twiza.domain.payments.models import Refund
from twiza.domain.payments.services import record_card_refund
from twiza.domain.payouts.errors import (
    AnotherPersonApproves,
    DraftChanged,
    FileChanged,
    HeldTooLong,
    HoldOver,
    NobodyToPay,
    NothingToSend,
    NotNow,
    ReferenceMissing,
    SumsDiffer,
)
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch, PayoutItem
from twiza.domain.payouts.selectors import hold_on, orders_paid_by, payouts_to
from twiza.domain.payouts.services import (
    OnStatement,
    answer_objection,
    approve_batch,
    approve_retry,
    ask_to_retry,
    confirm_paid,
    download,
    draft_batch,
    drop_batch,
    export_batch,
    hold_payouts,
    lift_hold,
    object_to_hold,
    reconcile_batch,
    record_return,
)
from twiza.kit import clock
from twiza.kit.errors import NotFound


@pytest.fixture(autouse=True)
def five_percent(market):
    return set_rate("all", RateTerms(500), reason="ouverture", by=None)


@pytest.fixture
def two(market):
    return keepers(market)


@pytest.fixture
def sold(market, client, two):
    """The honey cooperative has an account and 147.80 DH coming; the argan cooperative has no account."""
    account = use_account(market.honey_cooperative, market.mina, two[0], 17)
    group = paid(market, client, market.honey, market.argan)
    deliver(group.orders.get(cooperative=market.honey_cooperative), market.mina)
    deliver(group.orders.get(cooperative=market.argan_cooperative), market.hajja)
    return account


def said(reference="BQ-778"):
    return OnStatement(reference, clock.today())


def cells(contents, encoding, separator=";"):
    return list(csv.reader(io.StringIO(contents.decode(encoding)), delimiter=separator))


def test_two_people_pay_out_what_the_ledger_owes_and_the_file_says_the_same(market, two, sold):
    honey, argan = balance_of(market.honey_cooperative.pk), balance_of(market.argan_cooperative.pk)
    assert honey == 14780
    batch = approved(two)
    bank = export_batch(batch, layout="semicolons", way="bank", by=two[0])
    post = export_batch(batch, layout="mandates", way="post", by=two[0])

    first = download(bank, by=two[0])
    rows = cells(first.contents, "cp1252")
    assert rows[0][3:6] == ["RIB beneficiaire", "Beneficiaire", "Montant"]
    assert [row[3:7] for row in rows[1:]] == [[sold, "COOPERATIVE NAHLAT", "147,80", "MAD"]]
    assert (bank.total_centimes, bank.sha256) == (honey, hashlib.sha256(first.contents).hexdigest())
    assert download(bank, by=two[1]).contents == first.contents
    mandates = cells(download(post, by=two[0]).contents, "utf-8-sig")
    assert mandates[1][2:5] == ["HAJJA COOPERATIVE TAGHART", "TAFRAOUT", f"{argan / 100:.2f}".replace(".", ",")]
    assert balance_of(market.honey_cooperative.pk) == honey

    confirm_paid(bank, said(), by=two[0])
    assert (balance_of(market.honey_cooperative.pk), balance_of(market.argan_cooperative.pk)) == (0, argan)
    confirm_paid(post, said("MANDAT 12"), by=two[0])
    assert confirm_paid(post, said("MANDAT 12"), by=two[0]) == 0
    batch.refresh_from_db()
    assert (batch.state, balance_of(market.argan_cooperative.pk)) == ("executed", 0)
    with pytest.raises(SumsDiffer):
        reconcile_batch(batch, bank_centimes=honey, by=two[0])
    assert reconcile_batch(batch, bank_centimes=honey + argan, by=two[0]).state == "reconciled"
    assert ledger_faults()[1] == []
    with pytest.raises(NobodyToPay):
        draft_batch(clock.today(), by=two[0])


def test_one_file_pays_many(market, two):
    for variant, by in ((market.honey, market.mina), (market.argan, market.hajja), (market.saffron, market.fatima)):
        deliver(market.order(variant).orders.get(), by)
    file = export_batch(approved(two), layout="mandates", way="post", by=two[0])

    assert confirm_paid(file, said(), by=two[1]) == 3
    sellers = (market.honey_cooperative, market.argan_cooperative, market.saffron_cooperative)
    assert [balance_of(one.pk) for one in sellers] == [0, 0, 0]
    assert ledger_faults()[1] == []


def test_who_drafted_does_not_approve_and_strangers_see_nothing(market, two, sold):
    with pytest.raises(NotFound):
        draft_batch(clock.today(), by=market.mina)
    batch = draft_batch(clock.today(), by=two[0])
    with pytest.raises(AnotherPersonApproves):
        approve_batch(batch, by=two[0])
    with pytest.raises(NotNow):
        export_batch(batch, layout="semicolons", way="bank", by=two[0])
    batch.refresh_from_db()
    assert batch.state == "draft"
    assert list(payouts_to(market.honey_cooperative, market.mina)) == []
    with pytest.raises(NotFound):
        payouts_to(market.honey_cooperative, market.hajja)


def saffron_sold(market, client):
    return deliver(paid(market, client, market.saffron, market.saffron).orders.get(), market.fatima)


def send_one_back(market, order):
    returned = ask_return(order, {order.lines.get().pk: 1})
    receive_return(returned, {}, by=market.fatima)
    record_card_refund(Refund.objects.get().pk, by=market.youssef)
    run_jobs()


def test_a_stale_draft_refuses_and_says_what_changed(market, client, two):
    order = saffron_sold(market, client)
    batch = draft_batch(clock.today(), by=two[0], least_centimes=1)
    before = Payout.objects.get().amount_centimes
    send_one_back(market, order)

    with pytest.raises(DraftChanged) as refusal:
        approve_batch(batch, by=two[1])
    now = balance_of(market.saffron_cooperative.pk)
    assert refusal.value.facts["changes"] == f"Coopérative Zafrane Taliouine: {before / 100} DH → {now / 100} DH"
    drop_batch(batch, reason="un retour", by=two[1])
    payout = approved(two, least_centimes=1).payouts.get()
    assert (payout.amount_centimes, payout.items.count()) == (now, 2)
    (part,) = orders_paid_by(payout)
    assert (part.order, part.centimes, [one.quantity for one in part.order.lines.all()]) == (order, now, [2])


def test_what_a_cooperative_owes_is_shown_and_taken_off_its_next_payout(market, client, two):
    order = saffron_sold(market, client)
    batch = approved(two)
    confirm_paid(export_batch(batch, layout="mandates", way="post", by=two[0]), said(), by=two[0])
    send_one_back(market, order)
    assert balance_of(market.saffron_cooperative.pk) == -3572

    deliver(market.order(market.honey).orders.get(), market.mina)
    second = approved(two)
    (left,) = second.left_out.all()
    assert (left.cooperative, left.owed_centimes, left.why) == (market.saffron_cooperative, -3572, "owes_us")
    deliver(market.order(market.saffron, quantity=3).orders.get(), market.fatima)
    payout = approved(two).payouts.get(cooperative=market.saffron_cooperative)
    assert payout.amount_centimes == balance_of(market.saffron_cooperative.pk)
    assert sorted(payout.items.values_list("amount_centimes", flat=True))[0] == -3572
    assert [part.centimes for part in orders_paid_by(payout)] == [-3572, payout.amount_centimes + 3572]


def test_a_posting_is_in_one_live_payout_only(market, two, sold):
    batch = approved(two)
    item = PayoutItem.objects.first()
    other = batch.payouts.exclude(pk=item.payout_id).first()
    with pytest.raises(IntegrityError, match="payout_item_in_one_live_payout"), transaction.atomic():
        PayoutItem.objects.create(payout=other, posting=item.posting, amount_centimes=item.amount_centimes)
    with pytest.raises(NobodyToPay):
        draft_batch(clock.today(), by=two[1])
    drop_batch(batch, reason="mauvais jour", by=two[0])
    assert draft_batch(clock.today(), by=two[1]).payouts.count() == 2


def test_what_came_back_is_owed_again_and_sent_again_under_the_same_number(market, two, sold):
    batch = approved(two)
    bank = export_batch(batch, layout="commas", way="bank", by=two[0])
    with pytest.raises(ReferenceMissing):
        confirm_paid(bank, said(" "), by=two[0])
    confirm_paid(bank, said(), by=two[0])
    payout = bank.attempts.get().payout
    record_return(payout, reason="compte fermé", on=clock.today(), by=two[0])
    assert balance_of(market.honey_cooperative.pk) == 14780
    assert ledger_faults()[1] == []
    with pytest.raises(NobodyToPay):
        draft_batch(clock.today(), by=two[0])

    new = use_account(market.honey_cooperative, market.mina, two[0], 18)
    ask_to_retry(payout, by=two[0])
    with pytest.raises(AnotherPersonApproves):
        approve_retry(payout, by=two[0])
    approve_retry(payout, by=two[1])
    again = export_batch(batch, layout="commas", way="bank", by=two[1])
    (row,) = cells(download(again, by=two[1]).contents, "utf-8", ",")[1:]
    assert row[0] == payout.reference
    assert (row[2], row[4]) == (new, "147.80")
    confirm_paid(again, said("BQ-779"), by=two[1])
    payout.refresh_from_db()
    assert (payout.state, balance_of(market.honey_cooperative.pk)) == ("paid", 0)
    assert [one.state for one in payout.attempts.order_by("number")] == ["returned", "paid"]
    assert JournalEntry.objects.filter(what="paid_out").count() == 2
    assert ledger_faults()[1] == []


def test_an_account_younger_than_its_72_hours_is_not_paid(market, two, sold):
    batch = approved(two)
    use_account(market.honey_cooperative, market.mina, two[0], 18)
    with pytest.raises(NothingToSend):
        export_batch(batch, layout="semicolons", way="bank", by=two[0])
    drop_batch(batch, reason="autre compte", by=two[0])
    batch = draft_batch(clock.today(), by=two[0])
    use_account(market.honey_cooperative, market.mina, two[0], 19)
    with pytest.raises(DraftChanged) as refusal:
        approve_batch(batch, by=two[1])
    assert refusal.value.facts["changes"] == "Coopérative Nahlat: le compte bancaire n’est plus le même"
    drop_batch(batch, reason="autre compte", by=two[0])
    soon = clock.now() + timedelta(hours=1)
    market.honey_cooperative.bank_changes.update(not_before=soon, ended_at=soon)
    batch = draft_batch(clock.today(), by=two[0])
    assert [(one.cooperative, one.why) for one in batch.left_out.all()] == [(market.honey_cooperative, "cooling")]
    drop_batch(batch, reason="autre compte", by=two[0])

    with pytest.raises(NobodyToPay) as refusal:
        draft_batch(clock.today(), by=two[0], least_centimes=14000)  # only the honey is worth as much
    words = "Personne ne peut être payé maintenant\u00a0: 1 × "
    assert str(refusal.value).startswith(words)
    assert "72 heures" in str(refusal.value)
    assert not PayoutBatch.objects.filter(state="draft").exists()


def test_a_hold_says_why_ends_and_is_answered(market, two, sold):
    honey = market.honey_cooperative
    with pytest.raises(HeldTooLong):
        hold_payouts(honey, code="complaint", reason="trois plaintes", days=31, by=two[0])
    hold = hold_payouts(honey, code="complaint", reason="trois plaintes", days=30, by=two[0])
    with pytest.raises(HeldTooLong):
        hold_payouts(honey, code="complaint", reason="encore", days=5, by=two[0])
    batch = draft_batch(clock.today(), by=two[0])
    assert [(one.owed_centimes, one.reason) for one in batch.left_out.all()] == [(14780, "trois plaintes")]
    assert hold_on(honey, market.mina) == hold
    with pytest.raises(NotFound):
        object_to_hold(hold, words="pas à moi", by=market.hajja)
    object_to_hold(hold, words="Les plaintes sont réglées.", by=market.mina)
    answer_objection(hold, words="Vous avez raison.", is_lifted=True, by=two[1])
    assert hold_on(honey, market.mina) is None
    with pytest.raises(HoldOver):
        lift_hold(hold, by=two[1])
    drop_batch(batch, reason="elle est payée aussi", by=two[0])
    assert approved(two).payouts.count() == 2


def test_what_is_held_after_it_was_approved_does_not_leave(market, two, sold):
    batch = approved(two)
    hold_payouts(market.honey_cooperative, code="account", reason="doute", days=3, by=two[0])
    with pytest.raises(NothingToSend):
        export_batch(batch, layout="semicolons", way="bank", by=two[0])
    batch.refresh_from_db()
    assert (batch.state, PayoutAttempt.objects.filter(state="approved").count()) == ("approved", 2)


def test_a_file_that_would_differ_is_not_given_out(market, two, sold, settings):
    file = export_batch(approved(two), layout="centimes", way="bank", by=two[0])
    settings.TRANSFER_RIB = "0" * 24
    assert cells(download(file, by=two[0]).contents, "ascii") == [["1", sold, "COOPERATIVE NAHLAT", "14780", mine(file)]]
    PayoutAttempt.objects.filter(file=file).update(payee="Une autre")
    with pytest.raises(FileChanged):
        download(file, by=two[0])


def mine(file):
    return file.attempts.get().payout.reference


def test_the_day_counts_and_nobody_is_paid_more_than_is_owed_now(market, client, two):
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        order = saffron_sold(market, client)
    assert PayoutBatch.objects.count() == 0
    with pytest.raises(NobodyToPay):
        draft_batch(clock.today(), by=two[0])
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        send_one_back(market, order)
        batch = draft_batch(clock.today() - timedelta(days=1), by=two[0], least_centimes=1)
        assert batch.payouts.get().amount_centimes == balance_of(market.saffron_cooperative.pk)
