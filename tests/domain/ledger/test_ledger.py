"""Sales as they happen, and what stands in the journal of each: once, never edited, and the same when it is worked out again."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from tests.domain.payments.test_remittances import came, delivered
from tests.jobs import run_jobs
from twiza.domain.aftersales.models import Return
from twiza.domain.aftersales.services import ask_return, receive_return, record_refund_of
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.ledger.errors import EntryUnbalanced, ReversedAlready
from twiza.domain.ledger.models import Account, CommissionLine, CommissionRate, JournalEntry, Posting
from twiza.domain.ledger.rules import Line, Owner
from twiza.domain.ledger.selectors import balance_of, balance_of_kind, ledger_faults, rates_at
from twiza.domain.ledger.services import RateTerms, catch_up, keep_delivery, keep_remittance, post, reverse, set_rate
from twiza.domain.orders.services import accept_order, decline_order, hand_over_order, mark_order_ready, record_delivery
from twiza.domain.payments.models import Refund
from twiza.domain.payments.services import record_card_refund
from twiza.kit import clock


@pytest.fixture(autouse=True)
def five_percent(market):
    return set_rate("all", RateTerms(500), reason="ouverture", by=None)


def deliver(order, by):
    accept_order(order, by=by)
    mark_order_ready(order, by=by)
    hand_over_order(order, by=by)
    record_delivery(order, by=by)
    run_jobs()
    order.refresh_from_db()
    return order


def said(key: str) -> dict[str, int]:
    rows = Posting.objects.filter(entry__key=key).order_by("pk").select_related("account")
    return {f"{one.account.kind} {one.account.holder}".strip(): one.amount_centimes for one in rows}


def look_at_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_order_paid_by_card_and_delivered_is_owed_to_its_cooperative_less_the_commission(market, client):
    group = paid(market, client, market.honey)
    order = deliver(group.orders.get(), market.mina)

    assert said(f"captured:group:{group.pk}") == {"psp_clearing cmi": 15500, "buyer_clearing": -15500}
    assert said(f"delivered:{order.pk}") == {
        "buyer_clearing": 15500,
        "coop_payable": -14780,
        "platform_commission": -600,
        "vat_on_commission": -120,
    }
    assert balance_of(market.honey_cooperative.pk) == 14780
    assert ledger_faults() == (2, [])
    look_at_constraints()


def test_cash_that_a_carrier_has_is_owed_all_the_same(market):
    order = deliver(market.order(market.honey).orders.get(), market.mina)

    held = Account.objects.get(kind="carrier_cash")
    assert sum(held.postings.values_list("amount_centimes", flat=True)) == order.total_centimes
    assert balance_of(market.honey_cooperative.pk) == order.total_centimes - 720
    assert ledger_faults() == (2, [])


def test_what_was_declined_goes_back_and_nobody_earned_it(market, client):
    entrust_register(market.operator, by=None)
    group = paid(market, client, market.honey, market.argan)
    decline_order(group.orders.get(cooperative=market.honey_cooperative), reason="sold_out", by=market.mina)
    refund = Refund.objects.get()
    record_card_refund(refund.pk, by=market.youssef)
    run_jobs()

    assert said(f"refunded:{refund.reference}") == {"buyer_clearing": 15500, "psp_clearing cmi": -15500}
    assert balance_of(market.honey_cooperative.pk) == 0
    assert ledger_faults() == (2, [])


@pytest.mark.parametrize("by_card", [True, False])
def test_one_piece_of_two_sent_back_takes_its_part_of_the_commission_with_it(market, client, by_card):
    entrust_register(market.operator, by=None)
    group = paid(market, client, market.saffron, market.saffron) if by_card else market.order(market.saffron, quantity=2)
    order = group.orders.get()
    order = deliver(order, market.fatima)
    before = balance_of(market.saffron_cooperative.pk)
    line = order.lines.get()
    assert line.quantity == 2
    returned = ask_return(order, {line.pk: 1})
    receive_return(returned, {}, by=market.fatima)
    assert ledger_faults()[1] == []
    if by_card:
        record_card_refund(Refund.objects.get().pk, by=market.youssef)
    else:
        record_refund_of(returned, how="cash", by=market.fatima)
    run_jobs()

    kept = {"platform_commission": 190, "vat_on_commission": 38}
    expected = {"coop_payable": 3572, **kept, "psp_clearing cmi": -3800} if by_card else {"coop_payable": -228, **kept}
    assert said(f"refunded:return:{returned.pk}") == expected
    assert balance_of(market.saffron_cooperative.pk) == before - expected["coop_payable"]
    assert Return.objects.get().state == "refunded"
    assert ledger_faults()[1] == []


def test_the_rate_of_the_day_it_was_placed_holds_whatever_comes_later(market):
    order = market.order(market.honey).orders.get()
    set_rate("all", RateTerms(900), reason="hausse", by=None)
    later = market.order(market.honey).orders.get()
    deliver(order, market.mina)
    deliver(later, market.mina)

    lines = CommissionLine.objects.in_bulk(field_name="order_id")
    assert [(lines[one.pk].percent_basis_points, lines[one.pk].amount_centimes) for one in (order, later)] == [
        (500, 600),
        (900, 1080),
    ]
    assert [rate.percent_basis_points for rate in rates_at(clock.now())] == [900]
    assert ledger_faults()[1] == []


def test_told_twice_it_is_written_once_and_lost_jobs_are_caught_up(market, client):
    group = paid(market, client, market.honey)
    order = deliver(group.orders.get(), market.mina)
    keep_delivery(order.pk)
    assert (JournalEntry.objects.count(), catch_up()) == (2, 0)

    late = market.order(market.argan).orders.get()
    accept_order(late, by=market.hajja)
    mark_order_ready(late, by=market.hajja)
    hand_over_order(late, by=market.hajja)
    record_delivery(late, by=market.hajja)
    assert {fault["fault"] for fault in ledger_faults()[1]} == {"missing", "no commission"}
    assert catch_up() == 2
    assert ledger_faults() == (4, [])


def test_nothing_that_was_written_is_changed_or_removed(market):
    deliver(market.order(market.honey).orders.get(), market.mina)
    for model in (JournalEntry, Posting, CommissionLine, CommissionRate):
        for act in (lambda rows: rows.update(id=F("id")), lambda rows: rows._raw_delete(rows.db)):
            with pytest.raises(DatabaseError, match="is written once"), transaction.atomic():
                act(model.objects.all())
    assert ledger_faults() == (2, [])


def write(entry: JournalEntry, *amounts: int) -> None:
    """Past the service, and as when the transaction ends."""
    with transaction.atomic():
        entry.save()
        add_to(entry, *amounts)


def add_to(entry: JournalEntry, *amounts: int) -> None:
    bank = Account.objects.get_or_create(kind="bank")[0]
    with transaction.atomic():
        Posting.objects.bulk_create(Posting(entry=entry, account=bank, amount_centimes=one) for one in amounts)
        look_at_constraints()


def test_an_entry_that_does_not_make_zero_is_not_written(market):
    owed, bank = Owner("coop_payable", market.honey_cooperative.pk), Owner("bank")
    with pytest.raises(EntryUnbalanced):
        post("x", "captured", (Line(owed, 5), Line(bank, -4)))
    for amounts, fault in (([], "fewer than two"), ([5], "fewer than two"), ([5, 1], "not make zero")):
        with pytest.raises(IntegrityError, match=fault):
            write(JournalEntry(key="y", what="captured", posted_at=clock.now()), *amounts)
    write(JournalEntry(key="z", what="captured", posted_at=clock.now()), 5, -5)
    written = JournalEntry.objects.get()
    with pytest.raises(IntegrityError, match="not make zero"):
        add_to(written, 1)


def test_what_was_written_wrongly_is_taken_back_once_and_both_stand_there(market):
    order = deliver(market.order(market.honey).orders.get(), market.mina)
    entry = JournalEntry.objects.get(key=f"delivered:{order.pk}")
    taken_back = reverse(entry, reason="mauvais compte")

    assert balance_of(market.honey_cooperative.pk) == 0
    assert (taken_back.reverses, taken_back.reason, taken_back.order) == (entry, "mauvais compte", order)
    with pytest.raises(ReversedAlready):
        reverse(entry, reason="encore")


def test_the_command_says_what_it_looked_at_and_ends_with_1_when_something_is_wrong(market):
    deliver(market.order(market.honey).orders.get(), market.mina)
    out = io.StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"checked": 2, "faults": []}

    post("invented", "captured", (Line(Owner("bank"), 5), Line(Owner("loss"), -5)))
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_ledger", "--json", stdout=out)
    assert end.value.code == 1
    assert json.loads(out.getvalue())["faults"] == [{"fault": "never happened", "key": "invented"}]


def test_what_a_carrier_hands_over_is_at_the_bank_what_it_kept_is_the_cooperatives_and_the_rest_is_to_claim(market, tmp_path):
    entrust_register(market.operator, by=None)
    orders = [delivered(market, tracking) for tracking in ("A1", "A2")]
    run_jobs()
    owed = balance_of(market.saffron_cooperative.pk)
    assert [order.total_centimes for order in orders] == [7800, 7800]
    remittance = came(tmp_path, "colis;montant;frais\nA1;78;25\nA2;60;25\n", market.youssef)
    assert list(remittance.lines.values_list("fee_centimes", "became")) == [(2500, "settled"), (2500, "too_little")]
    run_jobs()

    assert said(f"remitted:{remittance.pk}") == {"bank": 8800, "carrier_cash tariff_table": -8800}
    for row in remittance.lines.all():
        assert said(f"kept:{row.pk}") == {"coop_payable": 2500, "carrier_cash tariff_table": -2500}
    assert balance_of(market.saffron_cooperative.pk) == owed - 5000
    assert balance_of_kind("carrier_cash") == 1800
    keep_remittance(remittance.pk)
    assert ledger_faults()[1] == []
